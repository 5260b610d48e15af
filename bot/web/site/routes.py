"""The static pages, served: rendered when asked for, sent again only when they have changed."""

from __future__ import annotations

import asyncio
from datetime import datetime
from hashlib import blake2b

from aiohttp import ETag, web

from bot.content.model import Library
from bot.i18n.locale import LOCALES, Locale, parse_locale
from bot.web.api import ASSISTANT, CLOCK
from bot.web.language import wanted_locale
from bot.web.pages import STATIC
from bot.web.site.page import Addresses, faq

SERVED = Addresses(("/page/page.css", "/site/site.css"), "/page/emblem.svg", {locale: f"/faq/{locale}" for locale in LOCALES}, "/")
routes = web.RouteTableDef()


class Pages:
    """The last page made in each language; it holds for the minute, because dates in the content go by at whole minutes."""

    def __init__(self) -> None:
        self._made: dict[Locale, tuple[Library, datetime, bytes]] = {}

    async def page(self, library: Library, locale: Locale, *, now: datetime) -> bytes:
        """Return the page of `locale` at `now`."""
        moment = _within_minute(now)
        if known := self._made.get(locale):
            of, at, body = known
            if of is library and at == moment:
                return body
        made = await asyncio.to_thread(faq, library, locale, SERVED, now=moment)
        self._made[locale] = (library, moment, made.encode())
        return self._made[locale][2]


_pages = Pages()


@routes.get("/faq")
async def choose(request: web.Request) -> web.Response:
    """Lead to the page in the language that is preferred."""
    return web.Response(status=302, headers={"Location": SERVED.pages[wanted_locale(request)], "Vary": "Accept-Language"})


@routes.get("/faq/{language:en|fr}")
async def questions(request: web.Request) -> web.Response:
    """Serve all questions and answers in one language."""
    locale = parse_locale(request.match_info["language"])
    body = await _pages.page(request.app[ASSISTANT].library, locale, now=request.app[CLOCK]())
    response = _tagged(request, body, "text/html")
    response.headers["Content-Language"] = locale
    return response


@routes.get("/site/site.css")
async def style(request: web.Request) -> web.Response:
    """Serve the pages' style sheet."""
    return _tagged(request, (STATIC / "site" / "site.css").read_bytes(), "text/css")


def _tagged(request: web.Request, body: bytes, kind: str) -> web.Response:
    tag = ETag(blake2b(body, digest_size=12).hexdigest(), is_weak=True)  # weak: the same words, compressed or not
    wanted = request.if_none_match or ()
    if any(one.value in {tag.value, "*"} for one in wanted):
        response = web.Response(status=304)
    else:
        response = web.Response(body=body, content_type=kind, charset="utf-8")
        response.enable_compression()
    response.etag = tag
    response.headers["Cache-Control"] = "no-cache"
    return response


def _within_minute(now: datetime) -> datetime:
    """Return one moment for all of a minute but its first instant, at which a deadline is still met."""
    start = now.replace(second=0, microsecond=0)
    return start if now == start else start.replace(second=1)
