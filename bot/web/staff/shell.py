"""The frame around each page: header, navigation by role, language, account; Jinja2 with autoescape."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.i18n.catalogue import phrase, plural
from bot.i18n.locale import LOCALES, Locale, other, parse_locale
from bot.web.language import wanted_locale
from bot.web.staff.navigation import current, places_of
from bot.web.staff.sessions import ACCOUNT

WEB = Path(__file__).parents[1]
LANGUAGE_COOKIE = "guichet_language"
NAMES = {"en": "English", "fr": "Français"}
ROLE_KEYS = {"editor": "staff-role-editor", "moderator": "staff-role-moderator"}
_YEAR_SECONDS = 365 * 24 * 3600


def page(request: web.Request, template: str, /, status: int = 200, **values: Any) -> web.Response:
    """Return the page that `template` (a path under ``bot/web``) makes of `values`, inside the frame.

    Every template also knows `locale`, `other`, `account` (or None), `csrf`, `phrase(key, locale)` and `plural(key, number, locale)`.
    """
    locale = locale_of(request)
    html = _templates().get_template(template).render(**frame(request, locale), **values)
    response = web.Response(text=html, status=status, content_type="text/html", charset="utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = locale
    # With «no-referrer», which other pages have, browsers hide where a form was sent from.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers.add("Vary", "Cookie, Accept-Language")
    if request.query.get("language") in LOCALES:
        response.set_cookie(LANGUAGE_COOKIE, locale, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax")
    response.enable_compression()
    return response


def frame(request: web.Request, locale: Locale) -> dict[str, Any]:
    """Return what the frame says: who is here, where, and in which language."""
    account = request.get(ACCOUNT)
    session = request.get("aiohttp_session")
    places = places_of(account)
    return {
        "locale": locale,
        "other": other(locale),
        "account": account,
        "csrf": session.get("csrf", "") if session is not None else "",
        "places": places,
        "here": current(request.path, places),
        "roles": [ROLE_KEYS[role] for role in sorted(account.roles)] if account else [],
        "languages": [(tag, NAMES[tag], str(request.rel_url.update_query(language=tag))) for tag in LOCALES],
    }


def locale_of(request: web.Request) -> Locale:
    """Return the language of a page: the one its address names, else the one chosen before, else the browser's."""
    chosen = request.query.get("language") or request.cookies.get(LANGUAGE_COOKIE)
    return parse_locale(chosen) if chosen in LOCALES else wanted_locale(request)


@cache
def _templates() -> Environment:
    environment = Environment(loader=FileSystemLoader(WEB), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(phrase=phrase, plural=plural)
    return environment
