"""The list that participants see, made once a second for all of them, and its way to their pages."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import ETag, web

from bot.i18n.locale import Locale
from bot.web.api import ASSISTANT
from bot.web.language import wanted_locale
from bot.web.moderator.host import host_of
from bot.webinar import board

FRESH_SECONDS = 1.0  # a list is made once in this time, however many ask for it
MOST_LISTS = 200
routes = web.RouteTableDef()


@dataclass(frozen=True)
class Listed:
    """A list as it was at a moment: its items, and the same as bytes with their tag."""

    made: float
    open: bool
    items: list[board.View]
    body: bytes
    tag: str


class Lists:
    """The lists of this process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Locale], Listed] = {}
        self._making: dict[tuple[str, Locale], asyncio.Lock] = {}

    async def get(self, request: web.Request, locale: Locale) -> Listed:
        """Return the list; raises 404. What was made within the last second does."""
        key = (request.match_info["code"], locale)
        if len(self._making) > MOST_LISTS:  # anybody may ask for the lists of sessions that there are not
            self._making = {one: lock for one, lock in self._making.items() if lock.locked()}
        async with self._making.setdefault(key, asyncio.Lock()):
            known = self._kept.get(key)
            webinar = await host_of(request).webinar(key[0])
            if known is None or time.monotonic() - known.made > FRESH_SECONDS or known.open != webinar.is_open:
                if len(self._kept) > MOST_LISTS:  # sessions come and go
                    self._kept.clear()
                self._kept[key] = known = await _made(request, locale)
            return known

    def stale(self, code: str) -> None:
        """Make the lists of a session anew when they are asked for next: whoever has just voted wants to see it."""
        for key in [key for key in self._kept if key[0] == code]:
            del self._kept[key]


LISTS = web.AppKey("lists", Lists)


@routes.get("/session/{code:[a-z0-9]+}/api/list")
async def listed(request: web.Request) -> web.Response:
    """Return what is asked, the most wanted first; 304 while nothing has changed."""
    found = await request.app[LISTS].get(request, wanted_locale(request))
    known = any(one.value == found.tag for one in request.if_none_match or ())
    response = web.Response(status=304) if known else web.Response(body=found.body, content_type="application/json", charset="utf-8")
    response.etag = ETag(found.tag, is_weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


async def _made(request: web.Request, locale: Locale) -> Listed:
    live = await host_of(request).live(request.match_info["code"])
    tick, library = live.tick, request.app[ASSISTANT].library
    webinar = await host_of(request).webinar(live.webinar.code)

    def label(entry: str) -> str | None:
        return library.entries[entry].question[locale] if entry in library.entries else None

    items = await asyncio.to_thread(lambda: board.public_views(live.views(), label))
    body: dict[str, Any] = {"open": webinar.is_open, "items": items}
    made = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Listed(time.monotonic(), webinar.is_open, items, made, f"{host_of(request).boot}-{tick}-{locale}-{webinar.is_open:d}")
