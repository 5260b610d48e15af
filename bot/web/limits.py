"""How much one address may ask, and how much may wait at once."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import ceil

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from bot.settings import Settings
from bot.web.problem import RETRY_SECONDS, Refused
from bot.web.proxies import counted_as


class Gate:
    """Lets messages through: so many a minute from one address, so many waiting in all."""

    def __init__(self, settings: Settings) -> None:
        self._rate = RateLimitItemPerMinute(settings.messages_per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._most = settings.max_waiting
        self._waiting = 0

    async def check(self, address: str) -> None:
        """Count a message of `address`, or refuse it."""
        address = counted_as(address)
        if await self._limiter.hit(self._rate, address):
            return
        window = await self._limiter.get_window_stats(self._rate, address)
        raise Refused(429, "error-too-many", retry_after=max(1, ceil(window.reset_time - time.time())))

    @asynccontextmanager
    async def room(self) -> AsyncIterator[None]:
        """Hold a place among those that wait for an answer, or refuse."""
        if self._waiting >= self._most:
            raise Refused(503, "error-busy", retry_after=RETRY_SECONDS)
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1


class Repeats:
    """Answers given under an idempotency key: a message sent again gets the same answer and is not answered twice."""

    MOST = 1_000

    def __init__(self) -> None:
        self._answers: OrderedDict[str, asyncio.Future[bytes]] = OrderedDict()

    def known(self, key: str) -> asyncio.Future[bytes] | None:
        """Return the answer under `key`, perhaps still under way."""
        return self._answers.get(key)

    def begin(self, key: str) -> asyncio.Future[bytes]:
        """Announce an answer under `key`."""
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        answer.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody may be waiting for it
        self._answers[key] = answer
        while len(self._answers) > self.MOST:
            self._answers.popitem(last=False)
        return answer

    def fail(self, key: str, error: BaseException) -> None:
        """Forget `key`: what failed may be tried again."""
        answer = self._answers.pop(key, None)
        if answer is not None and not answer.done():
            answer.set_exception(error)
