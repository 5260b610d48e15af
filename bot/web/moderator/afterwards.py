"""After a session: its figures, its questions as a table, a text or a page to print, and the gaps handed to the editors."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from babel.numbers import format_percent
from sqlalchemy.engine import Connection

from bot.content.wording import date_words, time_words
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale, babel_locale
from bot.nlu.intents import entry_of
from bot.records import missed, webinars
from bot.records.deeds import Deed, record
from bot.records.missed import Asked
from bot.records.webinars import Webinar
from bot.web.api import ASSISTANT, CLOCK
from bot.web.moderator.answers import answers_json
from bot.web.moderator.host import host_of
from bot.web.moderator.pages import words_of, zone_of
from bot.web.moderator.words import COLUMN_KEYS, STATE_KEYS, TOPIC_KEYS
from bot.web.recording import writing
from bot.web.staff.access import requires, who
from bot.web.staff.shell import locale_of, page
from bot.webinar.board import View
from bot.webinar.exporting import as_csv, plain_markdown, rows
from bot.webinar.figures import figures
from bot.webinar.live import Live
from bot.webinar.session import Question

routes = web.RouteTableDef()
RANKED = 3  # entries that came into question, kept with a gap
_KIND = {"csv": "text/csv", "md": "text/markdown"}


@dataclass(frozen=True)
class Afterwards:
    """A session read for one of these pages."""

    webinar: Webinar
    live: Live
    views: list[View]
    answers: Mapping[str, Mapping[Locale, dict[str, Any]]]
    zone: ZoneInfo


async def _read(request: web.Request) -> Afterwards:
    host = host_of(request)
    webinar = await host.webinar(request.match_info["code"])
    live = await host.live(webinar.code)
    views = await asyncio.to_thread(live.views)
    library, now = request.app[ASSISTANT].library, request.app[CLOCK]()
    wanted = {view["entry"] for view in views if view["entry"] in library.entries}
    answers = {entry: answers_json(library, library.entries[entry], webinar.notice, now=now) for entry in wanted}
    wanted_first = sorted(views, key=lambda view: (-view["asked"] - view["votes"], view["order"]))
    return Afterwards(webinar, live, wanted_first, answers, zone_of(library, webinar.notice))


@routes.get("/moderator/{code:[a-z0-9]+}/figures")
@requires("moderator")
async def show_figures(request: web.Request) -> web.Response:
    """Show what the session came to."""
    read = await _read(request)
    library, locale = request.app[ASSISTANT].library, locale_of(request)
    arrivals = await asyncio.to_thread(read.live.arrivals)
    counted = figures(read.live.session, read.views, arrivals, lambda entry: library.entries[entry].topic if entry in library.entries else None)
    bars = [(date_words(bar.start, locale, zone=read.zone), time_words(bar.start, locale, zone=read.zone), bar) for bar in counted.bars]
    topics = [(phrase(TOPIC_KEYS[topic.id], locale), topic) for topic in counted.topics]
    states = [(phrase(STATE_KEYS[state], locale), count) for state, count in counted.states.items()]
    shown: dict[str, Any] = {"counted": counted, "bars": bars, "topics": topics, "states": states, "share": _share(locale)}
    return page(request, "moderator/templates/figures.html", webinar=read.webinar, words_of=words_of(request), **shown)


@routes.get("/moderator/{code:[a-z0-9]+}/questions.{form:csv|md}")
@requires("moderator")
async def export(request: web.Request) -> web.Response:
    """Send the questions, groups, states and answers as a file."""
    read, locale, form = await _read(request), locale_of(request), request.match_info["form"]
    body = await asyncio.to_thread(_csv if form == "csv" else _markdown, read, locale)
    response = web.Response(body=body, content_type=_KIND[form], charset="utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="guichet-{read.webinar.code}.{form}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@routes.get("/moderator/{code:[a-z0-9]+}/print")
@requires("moderator")
async def printed(request: web.Request) -> web.Response:
    """Show everything on one page, to print."""
    read = await _read(request)
    members = await asyncio.to_thread(lambda: {view["id"]: read.live.members(view["id"]) for view in read.views})
    shown: dict[str, Any] = {"views": read.views, "answers": read.answers, "members": members, "states": STATE_KEYS}
    return page(request, "moderator/templates/print.html", webinar=read.webinar, words_of=words_of(request), **shown)


@routes.post("/moderator/{code:[a-z0-9]+}/hand-over")
@requires("moderator")
async def hand_over(request: web.Request) -> web.Response:
    """Give the gaps to the editors' list of questions without an answer."""
    read, now, by = await _read(request), request.app[CLOCK](), who(request).name
    gaps = [view for view in read.views if view["entry"] is None and view["state"] != "dismissed"]

    def give(connection: Connection) -> None:
        keep_gaps(connection, read.live, gaps, now=now)
        webinars.note_handed(connection, read.webinar.code, now=now)
        record(connection, Deed(now, by, "webinar-gaps", f"{read.webinar.code} {len(gaps)}"))

    if read.webinar.handed is None and not read.webinar.rehearsal:
        await writing(request.app, give)
        host_of(request).forget(read.webinar.code)
    raise web.HTTPSeeOther(f"/moderator/{read.webinar.code}/figures")


def keep_gaps(connection: Connection, live: Live, gaps: list[View], *, now: datetime) -> None:
    """Keep the questions of `gaps` with those that could not be answered, as often as they were asked."""
    session, intents = live.session, live.intents
    for view in gaps:
        for question in (session.questions[name] for name in session.groups[view["id"]].members):
            missed.keep(connection, Asked(question.text, question.locale or "en", "not_in_notice", _ranking(question, intents)), day=now.date())


def _ranking(question: Question, intents: Sequence[str]) -> missed.Ranking:
    if question.traits is None:
        return ()
    best = sorted(zip(question.traits.probabilities.tolist(), intents, strict=True), reverse=True)[:RANKED]
    return tuple((entry_of(intent), round(float(share), 3)) for share, intent in best)


def _share(locale: Locale) -> Callable[[int, int], str]:
    return lambda part, whole: str(format_percent(part / whole if whole else 0, locale=babel_locale(locale)))


def _csv(read: Afterwards, locale: Locale) -> bytes:
    def said(entry: str) -> Mapping[str, str]:
        return {tag: answer["text"] for tag, answer in read.answers.get(entry, {}).items()}

    found = rows(read.live.session, read.views, read.live.arrivals(), said)
    return as_csv(found, [phrase(key, locale) for key in COLUMN_KEYS], lambda state: phrase(STATE_KEYS[state], locale))


def _markdown(read: Afterwards, locale: Locale) -> bytes:
    opened = date_words(read.webinar.opened, locale, zone=read.zone)
    lines = [f"# {plain_markdown(read.webinar.title)}", "", plain_markdown(opened), ""]
    for view in read.views:
        state = phrase(STATE_KEYS[view["state"]], locale)
        asked = phrase("moderator-asked-and-votes", locale, asked=view["asked"], votes=view["votes"])
        lines += [f"## {plain_markdown(view['head'])}", "", f"{plain_markdown(state)} · {plain_markdown(asked)}", ""]
        for tag, answer in read.answers.get(view["entry"] or "", {}).items():
            lines += [f"**{tag.upper()}** {plain_markdown(line)}" if not place else plain_markdown(line) for place, line in enumerate(answer["text"].split("\n"))] + [""]
        for member in read.live.members(view["id"]) or ():
            lines.append(f"* {plain_markdown(member['text'])}")
        lines.append("")
    return "\n".join(lines).encode()
