"""What leans on a fact, and on an entry."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content.model import Library


@dataclass(frozen=True)
class Leaning:
    """What leans on an entry: entries that lead on to it, the notices that it answers for, and its topic where it is the only one of it."""

    related: tuple[str, ...]
    notices: tuple[str, ...]
    topic: str = ""


def uses(library: Library, fact: str) -> list[str]:
    """Return the entries that name `fact` in a text, a condition or a link."""
    braced = (f"{{{fact}}}", f"{{{fact}|")
    return [
        entry.id
        for entry in library.entries.values()
        if fact in entry.links
        or any(condition.fact == fact for answer in entry.answers for condition in answer.conditions)
        or any(mark in text for answer in entry.answers for text in answer.words.values() for mark in braced)
    ]


def leaning_on(library: Library, entry: str) -> Leaning:
    """Return what would miss `entry`; nothing for one that is not there."""
    found = library.entries.get(entry)
    if found is None:
        return Leaning((), ())
    related = tuple(one.id for one in library.entries.values() if entry in one.related)
    alone = not any(one.topic == found.topic and one.id != entry for one in library.entries.values())
    return Leaning(related, tuple(notice.reference for notice in library.notices.values() if found.concerns(notice)), found.topic if alone else "")
