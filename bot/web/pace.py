"""How many requests of any kind one client and all together may send: what only costs a moment must not be asked a million times."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.settings import Settings
from bot.web.problem import Handler, Refused
from bot.web.proxies import counted_as

MINUTE = 60.0
MOST_CLIENTS = 10_000  # remembered at once; the longest silent are forgotten first, and the pace of all still holds
LOOKS = 20  # of a participant at what others ask, for each question or vote; a whole office may share an address
_SESSION = "/session/"
_ALWAYS = {"/api/v1/health", "/metrics"}  # whoever watches over the server must see it when it is under attack


class Pace:
    """Buckets of so many requests that fill again within a minute, by key; `clock` gives seconds that only run forward."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic, most: int = MOST_CLIENTS) -> None:
        self._size, self._clock, self._most = float(per_minute), clock, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many keys are remembered."""
        return len(self._left)

    def wait(self, key: str) -> float:
        """Count a request of `key`; return 0, or the seconds after which there is room again."""
        if not self._size:
            return MINUTE
        now = self._clock()
        left, then = self._left.pop(key, (self._size, now))
        left = min(self._size, left + (now - then) * self._size / MINUTE)
        self._left[key] = (max(0.0, left - 1) if left >= 1 else left, now)
        while len(self._left) > self._most:
            self._left.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) * MINUTE / self._size


class Turnstile:
    """Lets a few at a time go on, and whatever else waits for the loop go between: a crowd of participants keeps no moderator waiting."""

    def __init__(self, at_a_time: int = 4) -> None:
        self._places = asyncio.Semaphore(at_a_time)

    async def passed(self) -> None:
        """Return when it is one's turn."""
        async with self._places:
            await asyncio.sleep(0)


def paced(settings: Settings) -> Middleware:
    """Return the middleware that refuses (429) what comes faster than `settings` allow."""
    one = settings.requests_per_minute + settings.messages_per_minute
    each, together = Pace(one), Pace(max(one, settings.requests_per_minute_overall))
    in_session, turnstile = Pace(settings.webinar_requests * LOOKS), Turnstile()

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(_SESSION):
            seconds = in_session.wait(counted_as(request.remote or ""))
        elif request.path in _ALWAYS:
            seconds = 0.0
        else:
            seconds = each.wait(counted_as(request.remote or "")) or together.wait("all")
        if seconds:
            raise Refused(429, "error-too-many", retry_after=max(1, ceil(seconds)))
        if request.path.startswith(_SESSION):
            await turnstile.passed()
        return await handler(request)

    return check
