"""One message of a conversation after the other, wherever they arrive: the second leans on what the first left."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.web.sharing.meeting import PREFIX, Meeting

_RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"
_STEP = 0.01


class Turns:
    """Locks by conversation: in this process always, among processes where there is Redis. Without it the last of two messages sent at once decides."""

    def __init__(self, meeting: Meeting | None, *, seconds: float) -> None:
        self._meeting, self._seconds = meeting, seconds
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def held(self, conversation: str | None) -> AsyncIterator[None]:
        """Hold the turn of `conversation`; a message that begins one need not wait."""
        if conversation is None:
            yield
            return
        async with self._here(conversation):
            key = f"{PREFIX}:turn:{hashlib.sha256(conversation.encode()).hexdigest()}"
            token = await self._take(key) if self._meeting else None
            try:
                yield
            finally:
                if token and self._meeting:
                    await self._meeting.ask(lambda redis: redis.eval(_RELEASE, 1, key, token), 0)

    @asynccontextmanager
    async def _here(self, conversation: str) -> AsyncIterator[None]:
        lock, waiting = self._locks.get(conversation, (asyncio.Lock(), 0))
        self._locks[conversation] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks.pop(conversation)
            if waiting > 1:
                self._locks[conversation] = (lock, waiting - 1)

    async def _take(self, key: str) -> str | None:
        """Return the token under which `key` is held; None when Redis is gone, or its holder took too long (it may have been killed)."""
        assert self._meeting is not None
        token, until = secrets.token_hex(8), time.monotonic() + self._seconds
        while time.monotonic() < until:
            taken = await self._meeting.ask(lambda redis: redis.set(key, token, nx=True, px=int(1000 * self._seconds)), "gone")
            if taken == "gone":
                return None
            if taken:
                return token
            await asyncio.sleep(_STEP)
        return None
