"""The public API, as `docs/` and the contract describe it. Handlers only read, hand over and write."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.content.model import Entry, Library, Notice
from bot.i18n.catalogue import phrase
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.normalise import clean
from bot.settings import Settings
from bot.web.assistant import Assistant, AssistantDown, Clock, Question
from bot.web.language import wanted_locale
from bot.web.limits import Gate, Repeats
from bot.web.noting.notes import of_feedback, of_reply
from bot.web.noting.recorder import RECORDER
from bot.web.problem import RETRY_SECONDS, Refused
from bot.web.publishing.following import CONTENT
from bot.web.questions import read_json, read_question, told_now

log = logging.getLogger(__name__)
ASSISTANT = web.AppKey("assistant", Assistant)
SETTINGS = web.AppKey("settings", Settings)
GATE = web.AppKey("gate", Gate)
REPEATS = web.AppKey("repeats", Repeats)
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
OPENAPI = Path(__file__).parent / "openapi.json"
MAX_KEY = 100
routes = web.RouteTableDef()


@routes.post("/api/v1/messages")
async def messages(request: web.Request) -> web.Response:
    """Answer a message."""
    assistant, gate, repeats = request.app[ASSISTANT], request.app[GATE], request.app[REPEATS]
    body = await read_json(request)
    question = read_question(request, body, assistant.library, request.app[SETTINGS])
    key = request.headers.get("Idempotency-Key", "")[:MAX_KEY]
    if key and (known := repeats.known(key)):
        return _json_bytes(await asyncio.shield(known))
    await gate.check(request.remote or "")
    if key:
        answer = repeats.begin(key)
        try:
            answer.set_result(await _answered(request, question))
        except BaseException as error:
            repeats.fail(key, error)
            raise
        return _json_bytes(answer.result())
    return _json_bytes(await _answered(request, question))


async def _answered(request: web.Request, question: Question) -> bytes:
    async with request.app[GATE].room():
        try:
            async with asyncio.timeout(request.app[SETTINGS].answer_seconds):
                reply = await request.app[ASSISTANT].ask(question)
        except (AssistantDown, TimeoutError) as error:
            log.warning("no answer: %s", type(error).__name__)
            raise Refused(503, "error-not-ready", retry_after=RETRY_SECONDS) from error
    said = reply["reply"]
    if recorder := request.app.get(RECORDER):
        recorder.note(of_reply(question.text, said, request.app[ASSISTANT].library, day=_today(request)))
    log.info("answered kind=%s entries=%s locale=%s", said["kind"], ",".join(block["entry"] for block in said["blocks"]), said["language"])
    return json.dumps(reply, ensure_ascii=False).encode()


@routes.get("/api/v1/entries")
async def entries(request: web.Request) -> web.Response:
    """List what can be asked, for menus."""
    library = request.app[ASSISTANT].library
    locale, notice = _query_locale(request), _query_notice(request, library)
    listed = [entry for entry in library.of_kind("answer") if notice is None or entry.concerns(notice)]
    topics = [{"id": topic, "label": phrase(f"topic-{topic}", locale)} for topic in dict.fromkeys(entry.topic for entry in listed)]
    body = {"entries": [_listed(entry, locale) for entry in listed], "topics": topics, "content_version": library.version}
    return web.json_response(body)


@routes.get("/api/v1/notices")
async def notices(request: web.Request) -> web.Response:
    """List the notices that are answered for."""
    library = request.app[ASSISTANT].library
    locale, now = _query_locale(request), told_now(request, request.app[SETTINGS]) or request.app[CLOCK]()
    return web.json_response({"notices": [_notice(notice, locale, now) for notice in library.notices.values()]})


@routes.delete("/api/v1/conversations/{conversation}")
async def forget(request: web.Request) -> web.Response:
    """Forget a conversation, whether or not there was one."""
    await request.app[ASSISTANT].forget(request.match_info["conversation"])
    return web.Response(status=204)


@routes.post("/api/v1/feedback")
async def feedback(request: web.Request) -> web.Response:
    """Count whether an answer helped; where it did not, the question is kept without personal data and without a conversation."""
    body = await read_json(request)
    entry, helpful, asked = body.get("entry"), body.get("helpful"), body.get("question")
    if not isinstance(entry, str) or not isinstance(helpful, bool) or not isinstance(asked, str | None):
        raise Refused(400, "error-malformed", detail="entry, helpful, question")
    await request.app[GATE].check(request.remote or "")
    if entry not in request.app[ASSISTANT].library.entries:
        raise Refused(422, "error-entry")
    if recorder := request.app.get(RECORDER):
        text = clean(asked) if asked else None
        recorder.note(of_feedback(entry, text, wanted_locale(request), request.app[ASSISTANT].library, helpful=helpful, day=_today(request)))
    log.info("feedback entry=%s helpful=%s", entry, helpful)
    return web.Response(status=204)


@routes.get("/api/v1/health")
async def health(request: web.Request) -> web.Response:
    """Say whether the server lives, is ready, and on what it runs."""
    assistant = request.app[ASSISTANT]
    body = {
        "live": True,
        "ready": assistant.ready,
        "content_version": assistant.library.version,
        "model": assistant.model,
        "problems": [problem.as_json() for problem in content.problems] if (content := request.app.get(CONTENT)) else [],
        "development": request.app[SETTINGS].development,
    }
    return web.json_response(body, status=200 if assistant.ready else 503)


@routes.get("/api/v1/openapi.json")
async def openapi(_: web.Request) -> web.Response:
    """Return the API's own description."""
    return _json_bytes(OPENAPI.read_bytes())


def _today(request: web.Request) -> date:
    """Return the day where the notices are published: only the day is kept, never the moment."""
    notices = request.app[ASSISTANT].library.notices.values()
    return request.app[CLOCK]().astimezone(next((notice.zone for notice in notices), UTC)).date()


def _query_locale(request: web.Request) -> Locale:
    if "language" in request.query and request.query["language"] not in LOCALES:
        raise Refused(422, "error-language")
    return wanted_locale(request)


def _query_notice(request: web.Request, library: Library) -> Notice | None:
    reference = request.query.get("notice")
    if reference is not None and reference not in library.notices:
        raise Refused(422, "error-notice")
    return library.notices[reference] if reference else None


def _listed(entry: Entry, locale: Locale) -> dict[str, str]:
    return {"id": entry.id, "question": entry.question[locale], "topic": entry.topic}


def _notice(notice: Notice, locale: Locale, now: datetime) -> dict[str, Any]:
    deadline = notice.deadline()
    return {
        "reference": notice.reference,
        "title": notice.words("title", locale),
        "office": notice.words("office-name", locale),
        "deadline": deadline.isoformat(timespec="minutes") if deadline else None,
        "open": deadline is not None and now <= deadline,
    }


def _json_bytes(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="application/json", charset="utf-8")
