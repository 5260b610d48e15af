"""Conversations kept in the database, where every process finds them; while it is gone, each goes on with those it has seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.records import conversations
from bot.records.database import Connection, Database, Unavailable
from bot.settings import Settings
from bot.web.conversations import InMemory, Kept
from bot.web.sharing.part import Part

SECONDS = 2.0  # what a message may wait for the database before it goes on without
_Result = TypeVar("_Result")


class Recorded:
    """See `bot.web.conversations.Conversations`."""

    def __init__(self, database: Database, settings: Settings, part: Part) -> None:
        self._database, self._part = database, part
        self._silence = timedelta(minutes=settings.silence_minutes)
        self._seen = InMemory(settings)
        self._unsaved: set[str] = set()

    async def get(self, key: str, *, now: datetime) -> Kept | None:
        """Return the conversation as the database has it, or as this process last saw it where that could not be saved."""
        found, told = await self._asked(lambda connection: conversations.load(connection, key), write=False)
        if not told or key in self._unsaved:
            return await self._seen.get(key, now=now)
        if found is None or found[0] < now - self._silence:
            return None
        return Kept(*found)

    async def put(self, key: str, kept: Kept) -> None:
        """Keep the conversation here and in the database; a turn is not lost with the process that answered it."""
        await self._seen.put(key, kept)
        _, told = await self._asked(lambda connection: conversations.save(connection, key, kept.memory, now=kept.used), write=True)
        (self._unsaved.discard if told else self._unsaved.add)(key)
        if len(self._unsaved) > len(self._seen):
            self._unsaved = {one for one in self._unsaved if one in self._seen}

    async def forget(self, key: str) -> bool:
        """Forget the conversation; raises `Unavailable` where that cannot be promised now."""
        here = await self._seen.forget(key)
        self._unsaved.discard(key)
        found, told = await self._asked(lambda connection: conversations.forget(connection, key), write=True)
        if not told:
            raise Unavailable("a conversation could not be forgotten")
        return here or bool(found)

    async def _asked(self, work: Callable[[Connection], _Result], *, write: bool) -> tuple[_Result | None, bool]:
        """Return what `work` returns, and whether the database could be asked."""
        if not self._part.usable():
            return None, False

        def run() -> _Result:
            with self._database.begin(hasty=True) if write else self._database.read() as connection:
                return work(connection)

        try:
            async with asyncio.timeout(SECONDS):
                result = await asyncio.to_thread(run)
        except (Unavailable, TimeoutError) as error:
            self._part.lost(error)
            return None, False
        self._part.found()
        return result, True
