"""Which entries lean on a fact."""

from __future__ import annotations

from bot.content.model import Library


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
