"""One turn of a conversation: what was read, what is known, and the words at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.content.model import Entry, Library, Notice
from bot.content.siblings import sibling
from bot.i18n.locale import Locale
from bot.nlu.entity import Entity
from bot.nlu.reading import Reading


@dataclass(frozen=True)
class Memory:
    """What the conversation keeps from turn to turn; it goes with the conversation."""

    notice: str | None = None
    entries: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    locale: Locale | None = None


@dataclass(frozen=True)
class Turn:
    """Everything that a reply depends on; equal turns get equal replies."""

    library: Library
    locale: Locale
    now: datetime
    readings: tuple[Reading, ...] = ()
    entities: tuple[Entity, ...] = ()
    page: str | None = None
    memory: Memory = field(default_factory=Memory)
    other_one: bool = False
    of_both: bool = False
    other_too: bool = False

    @property
    def moment(self) -> str:
        """The moment of the reply, in the time of the notices."""
        zone = next((notice.zone for notice in self.library.notices.values()), UTC)
        return self.now.astimezone(zone).isoformat()

    @property
    def named(self) -> tuple[str, ...]:
        """The references of the notices that the message names."""
        return tuple(dict.fromkeys(entity.value for entity in self.entities if entity.kind == "notice"))

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices meant: by the message, else by the page, else by the conversation, else all."""
        return tuple(self.library.notices[reference] for reference in self._meant() if reference in self.library.notices)

    @property
    def meant_one(self) -> str | None:
        """The reference of the one notice that is meant, if it is one."""
        meant = self._meant()
        return meant[0] if len(meant) == 1 else None

    def _meant(self) -> Sequence[str]:
        if self.other_too:
            return tuple(self.library.notices)
        before = self.page or self.memory.notice
        if self.other_one:
            not_meant = set(self.named) or {self.memory.notice or self.page or ""}
            others = [reference for reference in self.library.notices if reference not in not_meant]
            if 0 < len(others) < len(self.library.notices):  # of three, both others
                return others
        if self.named:
            return self.named
        if self.of_both:
            return tuple(self.library.notices)
        return (before,) if before and before in self.library.notices else tuple(self.library.notices)

    def entry(self, identifier: str) -> Entry:
        """Return the entry asked for; one of a single office gives way to its sibling when another office is meant."""
        entry = self.library.entries[identifier]
        meant = self.meant_one
        if entry.notices is None or meant is None or meant in entry.notices:
            return entry
        return sibling(entry, self.library.notices[meant], self.library) or entry
