"""What applicants asked in vain: groups to decide about, and the last verdicts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, get_args

from aiohttp import web
from babel.dates import format_date, format_datetime
from babel.numbers import format_percent
from multidict import MultiDictProxy

from bot.content.draft_check import is_document_path
from bot.i18n.locale import LOCALES, Locale, babel_locale
from bot.records import missed
from bot.records.drafts import Conflict
from bot.records.missed import MissedQuestion, Verdict
from bot.web.api import ASSISTANT, CLOCK
from bot.web.figures.figures import ASKED_ABOUT
from bot.web.missed.drafting import Drafted, Wording, add_phrasings, begin_entry, name_for, path_of
from bot.web.missed.grouping import GROUPS
from bot.web.problem import Refused
from bot.web.publishing.desk import Desk
from bot.web.publishing.outcomes import Unfit
from bot.web.recording import DATABASE, reading, writing
from bot.web.staff.access import requires, who
from bot.web.staff.shell import locale_of, page

SHOWN = 50  # groups on a page
MAX_IDS = 5_000
BODY = 256 * 1024  # a group of many wordings names each of its records
KIND_KEYS = {"clarify": "missed-kind-clarify", "not_in_notice": "missed-kind-not-in-notice", "out_of_scope": "missed-kind-out-of-scope", "unhelpful": "missed-kind-unhelpful"}
DONE_KEYS = {"phrasing": "missed-done-phrasing", "entry": "missed-done-entry", "dismissed": "missed-done-dismissed", "reopened": "missed-done-reopened", "late": "missed-done-late"}
VERDICT_KEYS = {"phrasing": "missed-verdict-phrasing", "entry": "missed-verdict-entry", "dismissed": "missed-verdict-dismissed"}
routes = web.RouteTableDef()


@dataclass(frozen=True)
class Decision:
    """What an editor sent: a verdict on some records, with the wordings that were ticked."""

    verdict: Verdict
    ids: tuple[int, ...]
    ticked: frozenset[int]
    entry: str
    topic: str


@routes.get("/editor/missed")
@requires("editor")
async def index(request: web.Request) -> web.Response:
    """Show what waits."""
    return await _page(request)


@routes.post("/editor/missed")
@requires("editor", body=BODY)
async def decide(request: web.Request) -> web.Response:
    """Carry out a verdict: into the draft first, then off the list, so that nothing is lost between the two."""
    decision = _read(await request.post())
    waiting = await reading(request.app, missed.waiting)
    chosen = [question for question in waiting if set(question.ids) & set(decision.ids)]
    if not chosen:
        raise web.HTTPSeeOther("/editor/missed?done=late")
    outcome = await asyncio.to_thread(_draft, request, decision, _wordings(chosen, decision.ticked))
    if isinstance(outcome, Conflict | Unfit):
        return await _page(request, status=409, trouble="missed-conflict" if isinstance(outcome, Conflict) else "missed-entry-taken")
    entry = decision.entry if decision.verdict != "dismissed" else None
    ids = [number for question in chosen for number in question.ids]
    work = partial(missed.decide, ids=ids, verdict=decision.verdict, by=who(request).name, now=request.app[CLOCK](), entry=entry)
    await writing(request.app, work)
    raise web.HTTPSeeOther(f"/editor/missed?done={decision.verdict}" + (f"&entry={entry}" if entry else ""))


@routes.post("/editor/missed/back")
@requires("editor", body=BODY)
async def reopen(request: web.Request) -> web.Response:
    """Take a verdict back; what it put into a draft stays there."""
    ids = _numbers((await request.post()).getall("ids", []))
    await writing(request.app, partial(missed.reopen, ids=ids, by=who(request).name, now=request.app[CLOCK]()))
    raise web.HTTPSeeOther("/editor/missed?done=reopened")


def _draft(request: web.Request, decision: Decision, wordings: Sequence[Wording]) -> Drafted:
    desk, by = Desk(request.app[DATABASE], request.app[CLOCK]), who(request).name
    if decision.verdict == "phrasing":
        return add_phrasings(desk, decision.entry, wordings, by=by)
    return begin_entry(desk, decision.entry, decision.topic, wordings, by=by) if decision.verdict == "entry" else None


async def _page(request: web.Request, *, status: int = 200, trouble: str | None = None) -> web.Response:
    library, locale = request.app[ASSISTANT].library, locale_of(request)
    waiting, decided = await reading(request.app, lambda connection: (missed.waiting(connection), missed.decided(connection)))
    groups, settled = await request.app[GROUPS].of(waiting)
    language = request.query.get("in")
    shown = [group for group in groups if language not in LOCALES or language in group.by_locale]
    by_topic = {topic: [entry for entry in library.entries.values() if entry.topic == topic] for topic in ASKED_ABOUT}
    words = {"kinds": KIND_KEYS, "verdicts": VERDICT_KEYS, "done": DONE_KEYS.get(request.query.get("done", "")), "entry": request.query.get("entry", "")}
    listed = {"groups": shown[:SHOWN], "total": len(shown), "settled": settled, "decided": decided, "language": language}
    content = {"entries": library.entries, "by_topic": {topic: entries for topic, entries in by_topic.items() if entries}, "name_for": name_for}
    return page(request, "missed/page.html", status=status, trouble=trouble, **words, **listed, **content, **_formats(locale))


def _formats(locale: Locale) -> dict[str, Callable[..., str]]:
    """Return how the page writes days, moments and shares."""
    babel = babel_locale(locale)
    return {
        "day": partial(format_date, format="d MMM y", locale=babel),
        "moment": partial(format_datetime, format="d MMM, HH:mm", locale=babel),
        "percent": partial(format_percent, locale=babel),
    }


def _read(sent: MultiDictProxy[Any]) -> Decision:
    verdict = next((known for known in get_args(Verdict) if known == sent.get("verdict")), None)
    entry, topic = str(sent.get("entry", "")), str(sent.get("topic", ""))
    if verdict == "entry":
        entry = str(sent.get("new", "")).strip().lower()
    if verdict is None:
        raise Refused(400, "error-malformed")
    if verdict != "dismissed" and not is_document_path(path_of(entry)):
        raise Refused(422, "missed-entry-name")
    if verdict == "entry" and topic not in ASKED_ABOUT:
        raise Refused(422, "error-malformed")
    return Decision(verdict, _numbers(sent.getall("ids", [])), frozenset(_numbers(sent.getall("wording", []))), entry, topic)


def _numbers(values: Sequence[object]) -> tuple[int, ...]:
    parts = [part for value in values for part in str(value).split(",") if part]
    if not parts or len(parts) > MAX_IDS or not all(part.isascii() and part.isdigit() and len(part) < 12 for part in parts):
        return ()
    return tuple(int(part) for part in parts)


def _wordings(questions: Sequence[MissedQuestion], ticked: frozenset[int]) -> list[Wording]:
    """Return the wordings that were ticked, the most asked first; where none was, the most asked of all."""
    ranked = sorted(questions, key=lambda question: (-question.number, len(question.text)))
    chosen = [question for question in ranked if ticked & set(question.ids)] or ranked[:1]
    return [(question.locale, question.text) for question in chosen]
