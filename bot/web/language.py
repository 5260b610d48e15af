"""The language that a request asks for."""

from __future__ import annotations

import babel
from aiohttp import web

from bot.i18n.locale import LOCALES, Locale, parse_locale

MAX_HEADER = 200
NAMED = web.RequestKey("language", str)  # the language that the body of a request names


def accepted_locale(request: web.Request) -> Locale | None:
    """Return the served language that ``Accept-Language`` prefers; None where it names neither."""
    ranges = []
    for part in request.headers.get("Accept-Language", "")[:MAX_HEADER].split(","):
        tag, _, weight = part.strip().partition(";q=")
        ranges.append((_weight(weight), tag.strip().replace("-", "_")))
    preferred = [tag for weight, tag in sorted(ranges, key=lambda pair: -pair[0]) if tag and weight > 0]
    found = babel.negotiate_locale(preferred, list(LOCALES)) or next((tag[:2] for tag in preferred if tag[:2] in LOCALES), None)
    return parse_locale(found) if found else None


def wanted_locale(request: web.Request) -> Locale:
    """Return the language for words that are no answer: the one the request names, else the accepted one, else English."""
    named = request.get(NAMED) or request.query.get("language")
    return parse_locale(named) if named in LOCALES else accepted_locale(request) or "en"


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
