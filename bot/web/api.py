"""The public API, as `docs/` and the contract describe it. Handlers only read, hand over and write."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.content.model import Entry, Library, Notice
from bot.content.problem import Problem
from bot.i18n.catalogue import phrase
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.normalise import MAX_CHARACTERS, clean
from bot.settings import Settings
from bot.web.assistant import Assistant, AssistantDown, Clock, Question
from bot.web.language import wanted_locale
from bot.web.limits import Gate
from bot.web.noting.notes import of_feedback, of_reply
from bot.web.noting.recorder import RECORDER
from bot.web.observing.routes import BEGUN, METRICS
from bot.web.problem import RETRY_SECONDS, Refused
from bot.web.publishing.following import CONTENT
from bot.web.questions import read_json, read_question, told_now
from bot.web.sharing.part import Part
from bot.web.sharing.repeats import Repeats
from bot.web.sharing.turns import Turns

log = logging.getLogger(__name__)
ASSISTANT = web.AppKey("assistant", Assistant)
SETTINGS = web.AppKey("settings", Settings)
GATE = web.AppKey("gate", Gate)
REPEATS = web.AppKey("repeats", Repeats)
TURNS = web.AppKey("turns", Turns)
PARTS: web.AppKey[Sequence[Part]] = web.AppKey("parts")  # what the installation shares and may miss
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
OPENAPI = Path(__file__).parent / "openapi.json"
MAX_KEY = 100
routes = web.RouteTableDef()


@routes.post("/api/v1/messages")
async def messages(request: web.Request) -> web.Response:
    """Answer a message."""
    body = await read_json(request)
    question = read_question(request, body, request.app[ASSISTANT].library, request.app[SETTINGS])
    key = request.headers.get("Idempotency-Key", "")[:MAX_KEY]
    if not key:
        return _json_bytes(await _let_through(request, question))
    said, again = await request.app[REPEATS].once(key, await request.read(), lambda: _let_through(request, question))
    if again:
        request.app[METRICS].repeated()
    return _json_bytes(said)


async def _let_through(request: web.Request, question: Question) -> bytes:
    await request.app[GATE].check(request.remote or "")
    return await _answered(request, question)


async def _answered(request: web.Request, question: Question) -> bytes:
    metrics, assistant = request.app[METRICS], request.app[ASSISTANT]
    async with request.app[GATE].room():
        inside = time.perf_counter()
        try:
            with metrics.waiting.track_inprogress():
                async with asyncio.timeout(request.app[SETTINGS].answer_seconds), request.app[TURNS].held(question.conversation):
                    reply = await assistant.ask(question)
        except (AssistantDown, TimeoutError) as error:
            log.warning("no answer: %s", type(error).__name__)
            raise Refused(503, "error-not-ready", retry_after=RETRY_SECONDS) from error
        inside = time.perf_counter() - inside
    said = reply["reply"]
    metrics.serving(assistant.model, assistant.library.version)
    metrics.replied(said, time.perf_counter() - request[BEGUN], inside)
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
    return web.json_response({"notices": [notice_row(notice, locale, now) for notice in library.notices.values()]})


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
    request.app[METRICS].helped(helpful=helpful)
    if recorder := request.app.get(RECORDER):
        text = clean(asked.strip()[:MAX_CHARACTERS]) if asked else None
        recorder.note(of_feedback(entry, text, wanted_locale(request), request.app[ASSISTANT].library, helpful=helpful, day=_today(request)))
    log.info("feedback entry=%s helpful=%s", entry, helpful)
    return web.Response(status=204)


@routes.get("/api/v1/health")
async def health(request: web.Request) -> web.Response:
    """Say whether the server lives, is ready, and on what it runs; ``check=live`` is about living alone."""
    assistant, check = request.app[ASSISTANT], request.query.get("check", "ready")
    if check not in {"live", "ready"}:
        raise Refused(422, "error-malformed", detail="check")
    body = {
        "live": True,
        "ready": assistant.ready,
        "content_version": assistant.library.version,
        "model": assistant.model,
        "problems": [problem.as_json() for problem in _problems(request.app)],
        "development": request.app[SETTINGS].development,
    }
    return web.json_response(body, status=200 if assistant.ready or check == "live" else 503)


def _problems(app: web.Application) -> Iterable[Problem]:
    """Return what keeps content from being published or served, and what cannot be reached."""
    content = app.get(CONTENT)
    yield from content.problems if content else ()
    for part in app[PARTS]:
        if part.gone:
            yield Problem("", 1, "unreachable", f"The part «{part.name}» cannot be reached.", "Each process goes on alone until it is back: docs/design/scale.md.")


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


def notice_row(notice: Notice, locale: Locale, now: datetime) -> dict[str, Any]:
    """Return what the widget knows of a notice."""
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
