"""The public page of a session: ask, get the curated answer at once, see what others ask, vote. Nobody logs in."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from typing import Any

from aiohttp import ETag, web

from bot.i18n.catalogue import phrase
from bot.i18n.locale import LOCALES, Locale
from bot.records.webinars import Webinar
from bot.web.api import ASSISTANT, CLOCK
from bot.web.language import wanted_locale
from bot.web.moderator.answers import answer_json
from bot.web.moderator.host import Host, host_of
from bot.web.problem import Refused
from bot.web.questions import read_json
from bot.web.session.participants import DOORS, participant, welcome
from bot.web.session.words import SESSION_KEYS
from bot.web.staff.shell import NAMES, locale_of, page
from bot.webinar import board
from bot.webinar.reading_in.read import typed
from bot.webinar.session import InGroup

MAX_TEXT = 500
FRESH_SECONDS = 1.0  # a list is made once in this time, however many ask for it
MOST_LISTS = 200
routes = web.RouteTableDef()
_Kept = tuple[float, bytes, str]


class Lists:
    """The lists that participants see, made once for all of them."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Locale], _Kept] = {}
        self._making: dict[tuple[str, Locale], asyncio.Lock] = {}

    async def get(self, request: web.Request, locale: Locale) -> _Kept:
        """Return the list, its bytes and its tag; raises 404."""
        key = (request.match_info["code"], locale)
        if len(self._making) > MOST_LISTS:  # anybody may ask for the lists of sessions that there are not
            self._making = {one: lock for one, lock in self._making.items() if lock.locked()}
        async with self._making.setdefault(key, asyncio.Lock()):
            known = self._kept.get(key)
            if known is None or time.monotonic() - known[0] > FRESH_SECONDS:
                if len(self._kept) > MOST_LISTS:  # sessions come and go
                    self._kept.clear()
                self._kept[key] = known = await _made(request, locale)
            return known


LISTS = web.AppKey("lists", Lists)


@routes.get("/session/{code:[a-z0-9]+}")
async def show(request: web.Request) -> web.Response:
    """Show the page; whoever opens it gets a cookie to vote with."""
    webinar = await host_of(request).webinar(request.match_info["code"])
    locale = locale_of(request)
    languages = [(tag, NAMES[tag], f"/session/{webinar.code}?language={tag}") for tag in LOCALES]
    data = {"code": webinar.code, "open": webinar.is_open, "words": {key: phrase(key, locale, number="{number}") for key in SESSION_KEYS}}
    response = page(request, "session/templates/session.html", webinar=webinar, data=data, languages_here=languages)
    response.headers["Cache-Control"] = "no-store"
    welcome(request, response)
    return response


@routes.get("/session/{code:[a-z0-9]+}/api/list")
async def listed(request: web.Request) -> web.Response:
    """Return what is asked, the most wanted first; 304 while nothing has changed."""
    _, body, tag = await request.app[LISTS].get(request, wanted_locale(request))
    known = any(one.value == tag for one in request.if_none_match or ())
    response = web.Response(status=304) if known else web.Response(body=body, content_type="application/json", charset="utf-8")
    response.etag = ETag(tag, is_weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


@routes.get("/session/{code:[a-z0-9]+}/api/answer")
async def answer(request: web.Request) -> web.Response:
    """Return the curated answer of ``?entry=``."""
    webinar, library = await host_of(request).webinar(request.match_info["code"]), request.app[ASSISTANT].library
    entry = library.entries.get(request.query.get("entry", ""))
    if entry is None:
        raise Refused(422, "error-entry")
    return web.json_response(answer_json(library, entry, webinar.notice, wanted_locale(request), now=request.app[CLOCK]()))


@routes.post("/session/{code:[a-z0-9]+}/api/ask")
async def ask(request: web.Request) -> web.Response:
    """Let a question in and say what there is to say already."""
    host, body = host_of(request), await read_json(request)
    webinar, text = await _open(host, request), body.get("text")
    who = await participant(request, webinar)
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_TEXT:
        raise Refused(422, "session-error-text")
    imported = typed(text, number=secrets.randbits(63), secret=webinar.secret)
    if not imported.asked:
        raise Refused(422, "session-error-text")
    await request.app[DOORS].asks.check_one(who.hex())
    live = await host.live(webinar.code)
    [questions] = await host.intake.ask(live, imported.asked)
    entries = board.answers_at_once(questions, live.session, live.intents)
    library, locale = request.app[ASSISTANT].library, wanted_locale(request)
    answers = [answer_json(library, library.entries[entry], webinar.notice, locale, now=request.app[CLOCK]()) for entry in entries if entry in library.entries]
    placed = [place.group for question in questions if isinstance(place := live.session.places[question.id], InGroup)]
    others = max((len(live.session.groups[name].members) - 1 for name in placed), default=0)
    return web.json_response({"answers": answers, "others": others, "aside": not placed, "divided": len(questions)})


@routes.post("/session/{code:[a-z0-9]+}/api/vote")
async def vote(request: web.Request) -> web.Response:
    """Count a vote, once."""
    host, body = host_of(request), await read_json(request)
    webinar, question = await _open(host, request), body.get("question")
    who = await participant(request, webinar)
    live = await host.live(webinar.code)
    if not isinstance(question, str) or question not in live.session.questions:
        raise Refused(422, "session-error-vote")
    await host.intake.vote(live, (question, who))
    return web.json_response({"voted": question})


async def _open(host: Host, request: web.Request) -> Webinar:
    webinar = await host.webinar(request.match_info["code"])
    if not webinar.is_open:
        raise Refused(409, "session-error-ended")
    return webinar


async def _made(request: web.Request, locale: Locale) -> _Kept:
    live = await host_of(request).live(request.match_info["code"])
    tick, library = live.tick, request.app[ASSISTANT].library
    webinar = await host_of(request).webinar(live.webinar.code)

    def label(entry: str) -> str | None:
        return library.entries[entry].question[locale] if entry in library.entries else None

    items = await asyncio.to_thread(lambda: board.public_views(live.views(), label))
    body: dict[str, Any] = {"open": webinar.is_open, "items": items}
    made = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return time.monotonic(), made, f"{host_of(request).boot}-{tick}-{locale}-{webinar.is_open:d}"
