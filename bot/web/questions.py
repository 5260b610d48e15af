"""A request's body, read strictly: either a question, or an error that says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.content.model import Library
from bot.dialogue.self_check import choosable
from bot.i18n.locale import LOCALES, Locale, parse_locale
from bot.nlu.normalise import MAX_CHARACTERS, clean
from bot.settings import Settings, moment
from bot.web.assistant import Question
from bot.web.language import NAMED, accepted_locale
from bot.web.problem import Refused

MAX_ID = 200


async def read_json(request: web.Request) -> Mapping[str, Any]:
    """Return the JSON object in the body of `request`."""
    if request.content_type != "application/json":
        raise Refused(415, "error-not-json")
    try:
        body = json.loads((await request.read()).decode("utf-8"))
    except (ValueError, RecursionError) as error:  # no JSON, no UTF-8, a number of thousands of figures, too deep
        raise Refused(400, "error-malformed") from error
    if not isinstance(body, dict):
        raise Refused(400, "error-malformed")
    language = body.get("language")
    if language in LOCALES:
        request[NAMED] = language  # errors are titled in the language that the body names
    return body


def read_question(request: web.Request, body: Mapping[str, Any], library: Library, settings: Settings) -> Question:
    """Return the question that `body` holds."""
    values = {name: _string(body, name) for name in ("text", "entry", "conversation", "language", "notice")}
    if values["text"] is not None and values["entry"] is not None:
        raise Refused(400, "error-malformed", detail="text, entry")
    if values["language"] is not None and values["language"] not in LOCALES:
        raise Refused(422, "error-language")
    if values["notice"] is not None and values["notice"] not in library.notices:
        raise Refused(422, "error-notice")
    if values["entry"] is not None and not choosable(library, values["entry"]):
        raise Refused(422, "error-entry")
    text = None if values["entry"] is not None else _text(values["text"])
    conversation = values["conversation"] if values["conversation"] and _is_id(values["conversation"]) else None
    return Question(text, values["entry"], conversation, locale(values["language"]), accepted_locale(request), values["notice"], told_now(request, settings))


def locale(tag: str | None) -> Locale | None:
    """Return the locale `tag`, already known to be one, or None."""
    return parse_locale(tag) if tag is not None else None


def _string(body: Mapping[str, Any], name: str) -> str | None:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise Refused(400, "error-malformed", detail=name)
    return value


def _is_id(text: str) -> bool:
    """Tell what one of our ids may look like; whatever else is given is unknown anyway."""
    return len(text) <= MAX_ID and text.isascii() and text.isprintable()


def _text(text: str | None) -> str:
    text = (text or "").strip()
    if len(text) > MAX_CHARACTERS:  # first: cleaning takes the square of the white space that a text holds
        raise Refused(422, "error-too-long")
    if not clean(text):
        raise Refused(422, "error-empty")
    return text


def told_now(request: web.Request, settings: Settings) -> datetime | None:
    """Return the moment that a page sets the clock to; only in development."""
    given = request.headers.get("X-Guichet-Now")
    if not given or not settings.development:
        return None
    try:
        return moment(given)
    except ValueError as error:
        raise Refused(400, "error-malformed", detail="X-Guichet-Now") from error
