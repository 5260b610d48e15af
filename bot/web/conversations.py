"""What a conversation leaves behind between two messages: when it was last used, and what the next turn leans on. Never a message."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.settings import Settings

FORM = "form"  # in the memory: the form that is open, and its slots


@dataclass(frozen=True)
class Kept:
    """A conversation between two messages; `memory` is `bot.dialogue.turn.Memory` as JSON."""

    used: datetime
    memory: Mapping[str, Any] = field(default_factory=dict)


class Conversations(Protocol):
    """Where conversations are kept: in this process, or in a database that several share."""

    async def get(self, key: str, *, now: datetime) -> Kept | None:
        """Return the conversation `key`, if it is known and not silent for too long."""
        ...

    async def put(self, key: str, kept: Kept) -> None:
        """Keep `key` as it is now."""
        ...

    async def forget(self, key: str) -> bool:
        """Forget `key`; tells whether it was known."""
        ...


class InMemory:
    """Conversations of one process; the longest silent go first when there are too many."""

    def __init__(self, settings: Settings) -> None:
        self._silence = timedelta(minutes=settings.silence_minutes)
        self._most = settings.max_conversations
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def __len__(self) -> int:
        """Return how many conversations are kept."""
        return len(self._kept)

    def __contains__(self, key: str) -> bool:
        """Tell whether `key` is kept."""
        return key in self._kept

    async def get(self, key: str, *, now: datetime) -> Kept | None:
        """See `Conversations`."""
        self._expire(now)
        kept = self._kept.get(key)
        return kept if kept and kept.used >= now - self._silence else None

    async def put(self, key: str, kept: Kept) -> None:
        """See `Conversations`."""
        self._kept[key] = kept
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    async def forget(self, key: str) -> bool:
        """See `Conversations`."""
        return self._kept.pop(key, None) is not None

    def _expire(self, now: datetime) -> None:
        while self._kept and next(iter(self._kept.values())).used < now - self._silence:
            self._kept.popitem(last=False)
