"""What the participants' script asks for: the answer to a question, a vote. Nobody logs in."""

from __future__ import annotations

from dataclasses import asdict

from aiohttp import web

from bot.web.api import ASSISTANT, CLOCK
from bot.web.language import wanted_locale
from bot.web.moderator.answers import answer_json
from bot.web.moderator.host import host_of
from bot.web.problem import Refused
from bot.web.questions import read_json
from bot.web.session import asking

routes = web.RouteTableDef()


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
    body = await read_json(request)
    live, questions = await asking.ask(request, body.get("text"))
    return web.json_response(asdict(asking.told(request, live, questions, wanted_locale(request))))


@routes.post("/session/{code:[a-z0-9]+}/api/vote")
async def vote(request: web.Request) -> web.Response:
    """Count a vote, once; ``"wanted": false`` takes it back."""
    body = await read_json(request)
    wanted = body.get("wanted", True)
    if not isinstance(wanted, bool):
        raise Refused(400, "error-malformed", detail="wanted")
    question = await asking.vote(request, body.get("question"), wanted=wanted)
    return web.json_response({"voted": question, "wanted": wanted})
