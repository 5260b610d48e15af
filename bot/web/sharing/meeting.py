"""Redis as the place where processes meet: short-lived marks, locks and counts. Nothing is lost that matters when it is emptied."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from bot.web.sharing.part import Part

SECONDS = 0.5  # what a message may wait for Redis before it goes on without
PREFIX = "guichet"
AT_ONCE = 48  # calls under way: hundreds may vote in the same moment, and each call holds a connection


class Meeting:
    """A client of Redis that is asked in turn, and left aside for a moment when it does not answer."""

    def __init__(self, url: str, part: Part) -> None:
        self.url, self.part = url, part
        self.client = Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, retry=Retry(NoBackoff(), 1), max_connections=64)
        self._room = asyncio.Semaphore(AT_ONCE)

    async def ask(self, call: Callable[[Redis], Awaitable[Any]], otherwise: Any) -> Any:
        """Return what `call` does with the client, or `otherwise` while Redis is gone."""
        async with self._room:
            if not self.part.usable():
                return otherwise
            try:
                result = await call(self.client)
            except (RedisError, OSError, TimeoutError) as error:
                self.part.lost(error)
                return otherwise
            self.part.found()
            return result

    async def close(self) -> None:
        """Give back the connections."""
        await self.client.aclose()
