"""The board's JSON: what it shows, what moderators do, what they bring in."""

from __future__ import annotations

import asyncio
import json
import secrets
from http import HTTPStatus
from typing import Any

from aiohttp import web
from sqlalchemy.engine import Connection

from bot.i18n.catalogue import phrase
from bot.records import accounts
from bot.records.accounts import Account
from bot.web.api import ASSISTANT, CLOCK
from bot.web.language import wanted_locale
from bot.web.moderator.answers import answers_json
from bot.web.moderator.host import host_of
from bot.web.moderator.wishes import Known, read_wish
from bot.web.problem import Refused, problem
from bot.web.questions import read_json
from bot.web.recording import reading
from bot.web.staff.access import requires, who
from bot.webinar import board
from bot.webinar.live import Ended, Live
from bot.webinar.moderation import Refused as Unwanted
from bot.webinar.reading_in.asked import Imported, new_ones
from bot.webinar.reading_in.read import MAX_BYTES, read_in, typed

MAX_TYPED = 2_000
MAX_FAULTS = 50  # told one by one
MAX_WISH = 200_000  # bytes: a wish may name hundreds of questions
FAULT_KEYS = {
    "empty": "moderator-fault-empty",
    "cut": "moderator-fault-cut",
    "quotes": "moderator-fault-quotes",
    "not-read": "moderator-fault-not-read",
    "no-questions": "moderator-fault-no-questions",
    "too-many": "moderator-fault-too-many",
    "too-large": "moderator-fault-too-large",
}
REFUSED_KEYS = {
    "changed-since": "moderator-changed-since",
    "no-such-group": "moderator-changed-since",
    "no-such-question": "moderator-changed-since",
    "no-such-value": "moderator-error-value",
    "nothing-to-do": "moderator-nothing-to-do",
    "nothing-to-undo": "moderator-nothing-to-undo",
}
routes = web.RouteTableDef()


async def live_of(request: web.Request) -> Live:
    """Return the session that the address names."""
    return await host_of(request).live(request.match_info["code"])


@routes.get("/moderator/api/{code}/board")
@requires("moderator")
async def whole(request: web.Request) -> web.Response:
    """Return everything that the board shows at a glance."""
    live = await live_of(request)
    changes = await asyncio.to_thread(live.changes)
    return web.json_response({"groups": changes.groups, "gone": [], "totals": changes.totals, "ready": live.understands is not None})


@routes.get("/moderator/api/{code}/groups/{group}")
@requires("moderator")
async def group(request: web.Request) -> web.Response:
    """Return the questions of one group."""
    live = await live_of(request)
    members = await asyncio.to_thread(live.members, request.match_info["group"])
    if members is None:
        raise web.HTTPNotFound
    return web.json_response({"members": members})


@routes.get("/moderator/api/{code}/aside")
@requires("moderator")
async def aside(request: web.Request) -> web.Response:
    """Return the questions out of the way."""
    live = await live_of(request)
    return web.json_response({"aside": await asyncio.to_thread(lambda: board.aside_views(live.session))})


@routes.get("/moderator/api/{code}/answer")
@requires("moderator")
async def answer(request: web.Request) -> web.Response:
    """Return the curated answer of ``?entry=`` in both languages."""
    webinar, library = await host_of(request).webinar(request.match_info["code"]), request.app[ASSISTANT].library
    entry = library.entries.get(request.query.get("entry", ""))
    if entry is None:
        raise Refused(422, "error-entry")
    return web.json_response(answers_json(library, entry, webinar.notice, now=request.app[CLOCK]()))


@routes.post("/moderator/api/{code}/do")
@requires("moderator", body=MAX_WISH)
async def do(request: web.Request) -> web.Response:
    """Do one thing; 409 with what is so now, where another moderator was faster."""
    live, body = await live_of(request), await read_json(request)
    moderators = await reading(request.app, _moderators)
    wish, seen = read_wish(body, by=who(request).name, known=Known(request.app[ASSISTANT].library.entries, {account.name for account in moderators}))
    try:
        event = await asyncio.to_thread(lambda: live.hand(wish, seen=seen, now=request.app[CLOCK]()))
    except Ended as error:
        raise Refused(409, "session-error-ended") from error
    if isinstance(event, Unwanted):
        status = HTTPStatus.CONFLICT if event.why in {"changed-since", "no-such-group", "no-such-question"} else HTTPStatus.UNPROCESSABLE_ENTITY
        return problem(request, status, REFUSED_KEYS[event.why])
    host_of(request).ring(live.webinar.code)
    return web.json_response({"done": True})


@routes.post("/moderator/api/{code}/questions")
@requires("moderator")
async def type_one(request: web.Request) -> web.Response:
    """Let one question in that a moderator typed, or heard."""
    live, body = await live_of(request), await read_json(request)
    text = body.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_TYPED:
        raise Refused(422, "moderator-error-text")
    imported = typed(text, number=secrets.randbits(63), secret=live.webinar.secret)
    if not imported.asked:
        raise Refused(422, "moderator-error-text")
    [questions] = await host_of(request).intake.ask(live, imported.asked)
    return web.json_response({"questions": [question.id for question in questions]})


@routes.post("/moderator/api/{code}/import")
@requires("moderator", body=MAX_BYTES + 100_000)
async def bring_in(request: web.Request) -> web.Response:
    """Let the questions of a file or of pasted text in; what came in before is left out."""
    live = await live_of(request)
    data = await request.read()  # whole and in memory: a form's file would lie on the disk for a moment, names and all
    mapping = {role: _column(request.query[role]) for role in ("question", "person", "time", "votes") if request.query.get(role, "").strip()}
    imported = await asyncio.to_thread(lambda: read_in(data, secret=live.webinar.secret, mapping=mapping or None))
    new = await asyncio.to_thread(lambda: new_ones(imported, live.known_keys()))
    await host_of(request).intake.ask(live, new)
    return web.json_response(_told(request, imported, len(new)))


def _told(request: web.Request, imported: Imported, new: int) -> dict[str, Any]:
    locale = wanted_locale(request)
    faults = [{"line": fault.line, "why": phrase(FAULT_KEYS[fault.why], locale)} for fault in imported.faults[:MAX_FAULTS]]
    return {"read": len(imported.asked), "new": new, "faults": faults, "more": max(0, len(imported.faults) - MAX_FAULTS)}


def _column(text: str) -> str | int:
    """Return a column's header, or its place from 0 where a number from 1 was given."""
    text = text.strip()[:200]
    return int(text) - 1 if text.isascii() and text.isdigit() and 0 < int(text) < 1_000 else text


def _moderators(connection: Connection) -> list[Account]:
    return [account for account in accounts.accounts(connection) if "moderator" in account.roles]


def dumps(value: object) -> str:
    """Return `value` as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
