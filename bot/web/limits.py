"""How much one address may ask, and how much may wait at once."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from math import ceil

from limits import RateLimitItemPerMinute
from limits.aio.storage import RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from bot.settings import Settings
from bot.web.pace import MINUTE, Pace
from bot.web.problem import RETRY_SECONDS, Refused
from bot.web.proxies import counted_as
from bot.web.sharing.meeting import PREFIX, Meeting

LONGEST_RETRY = 30  # seconds
SHARE = 0.1  # of the newest answer in what one is expected to take


class Gate:
    """Lets messages through: so many a minute from one address, so many waiting in all.

    Where there is Redis an address is counted once for all processes, by Redis's own clock; while it is gone, each counts for itself.
    """

    def __init__(self, settings: Settings, meeting: Meeting | None = None, *, what: str = "messages", clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = RateLimitItemPerMinute(settings.messages_per_minute)
        self._what, self._meeting = what, meeting
        self._here = Pace(settings.messages_per_minute, clock=clock)
        self._shared = SlidingWindowCounterRateLimiter(_storage(meeting)) if meeting else None
        self._most, self._longest = settings.max_waiting, settings.max_wait_seconds
        self._waiting, self._each, self._clock = 0, 0.0, clock

    async def check(self, address: str) -> None:
        """Count a message of `address`, or refuse it."""
        await self.check_one(counted_as(address))

    async def check_one(self, who: str) -> None:
        """Count a message of `who`, known by something else than an address, or refuse it."""
        seconds = await self._counted(self._shared, who) if self._shared and self._meeting else None
        if seconds is None:
            seconds = self._here.wait(who)
        if seconds:
            raise Refused(429, "error-too-many", retry_after=max(1, ceil(seconds)))

    async def _counted(self, limiter: SlidingWindowCounterRateLimiter, who: str) -> float | None:
        assert self._meeting is not None
        seconds: float | None = await self._meeting.ask(lambda _: self._count(limiter, who), None)
        return seconds

    async def _count(self, limiter: SlidingWindowCounterRateLimiter, who: str) -> float:
        """Count a message and return 0, or the seconds after which another may be sent."""
        if await limiter.hit(self._rate, self._what, who):
            return 0.0
        left = (await limiter.get_window_stats(self._rate, self._what, who)).reset_time - time.time()  # it was told by adding the same clock
        return float(min(MINUTE, max(1.0, left)))

    @asynccontextmanager
    async def room(self) -> AsyncIterator[None]:
        """Hold a place among those that wait for an answer, or refuse: there are too many, or the wait would be too long."""
        expected = self._waiting * self._each
        if self._waiting >= self._most or expected > self._longest:
            raise Refused(503, "error-busy", retry_after=min(LONGEST_RETRY, max(RETRY_SECONDS, ceil(expected))))
        self._waiting += 1
        before, begun = self._waiting, self._clock()
        try:
            yield
        finally:
            self._waiting -= 1
            self._each += SHARE * ((self._clock() - begun) / before - self._each)  # answers are given one after the other


def _storage(meeting: Meeting) -> RedisStorage:
    return RedisStorage(meeting.url, implementation="redispy", key_prefix=f"{PREFIX}:rate", connection_pool=meeting.client.connection_pool)
