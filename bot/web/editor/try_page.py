"""Trying a draft before it is published: one question, with everything behind its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict

from aiohttp import web

from bot.content.model import Library
from bot.i18n.locale import LOCALES, Locale
from bot.web.api import ASSISTANT, CLOCK, notice_row
from bot.web.assistant import AssistantDown, Question
from bot.web.editor.api import moment_of
from bot.web.editor.entry_page import here
from bot.web.editor.frame import at_the_desk, part_of, titles
from bot.web.problem import RETRY_SECONDS, Refused
from bot.web.publishing.following import CONTENT
from bot.web.publishing.trying import try_question
from bot.web.questions import locale, read_json
from bot.web.staff.access import requires
from bot.web.staff.shell import locale_of

routes = web.RouteTableDef()
PART = "/editor/try"
MAX_TEXT = 2_000


@routes.get(PART)
@requires("editor")
async def page(request: web.Request) -> web.Response:
    """Show the form to ask, and the button to test all."""
    library = await at_the_desk(request.app[CONTENT].desk.drafted)
    day = here(library, request.app[CLOCK]()).strftime("%Y-%m-%dT%H:%M")
    return await part_of(request, "try.html", PART, notices=titles(library, locale_of(request)), day=day, data={"questions": questions_of(library, locale_of(request))})


@routes.post("/editor/api/try")
@requires("editor")
async def try_one(request: web.Request) -> web.Response:
    """Answer a question from the draft, with the ranking and what speaks for each entry."""
    body = await read_json(request)
    text, language = body.get("text"), body.get("language") or None
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_TEXT or (language is not None and language not in LOCALES):
        raise Refused(422, "error-empty")
    desk = request.app[CONTENT].desk
    library = await at_the_desk(desk.drafted)
    notice = body.get("notice") if body.get("notice") in library.notices else None
    now = moment_of(body.get("day"), library, request.app[CLOCK]())
    question = Question(text, language=locale(language), accepts=locale_of(request), notice=notice, now=now)
    try:
        tried = await asyncio.to_thread(try_question, request.app[ASSISTANT], library, question, desk.known())
    except AssistantDown as error:
        raise Refused(503, "error-not-ready", retry_after=RETRY_SECONDS) from error
    rows = [notice_row(one, locale_of(request), now) for one in library.notices.values()]
    return web.json_response({"reply": dict(tried.reply), "ranking": [asdict(one) for one in tried.ranking], "notices": rows})


def questions_of(library: Library, tongue: Locale) -> Mapping[str, str]:
    """Return the entries' questions in the editor's language."""
    return {entry.id: entry.question[tongue] for entry in library.entries.values()}
