"""Parts of a message that lean on the part before: «what clearance, and how long does that take?», «what does the NOR do? And the other office?». Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.model import Entry, Library
from bot.content.siblings import sibling
from bot.nlu.context import PLAIN, bare_question, is_contrast, points_only, points_to_the_other
from bot.nlu.entity import Entity
from bot.nlu.intents import entry_of, intent_of
from bot.nlu.normalise import fold
from bot.nlu.reading import Reading, Understood, offered


@dataclass(frozen=True)
class Leant:
    """The readings of a message whose parts were read in the light of those before; `other_too` tells that one asks the same of the other office."""

    readings: tuple[Reading, ...]
    other_too: bool = False


def lean_on_parts(readings: Sequence[Reading], parts: Sequence[str], entities: Sequence[Entity], library: Library) -> Leant:
    """Read each of `parts` (the smallest, in their order) that asks nothing by itself as what it asks after the part before it."""
    understood = [reading for reading in readings if isinstance(reading, Understood)]
    if len(parts) < 2 or not understood or len(understood) < len(readings):
        return Leant(tuple(readings))
    asked = {reading.text: _entry(reading, library) for reading in sorted(understood, key=lambda reading: reading.confidence)}  # the surest speaks for its part
    last = None if any(part in asked for part in parts) else _entry(understood[0], library)  # one reading, of the message as a whole
    contrasted, other_too = is_contrast(" ".join(parts)), False
    for number, part in enumerate(parts):
        other = points_to_the_other(part)
        leant = _leant(part, last, entities, library, other=other) if last and number and not (other and contrasted) else None
        if leant is None:
            last = asked.get(part) or last
            continue
        understood = [reading for reading in understood if reading.text != part]
        behind = 1 + next((place for place, reading in enumerate(understood) if _entry(reading, library) == last), 0)
        understood[behind:behind] = [Understood(intent_of(entry.id, entry.kind), PLAIN, part) for entry in leant]
        other_too, last = other_too or other, leant[0] if leant else last
    first = dict.fromkeys(reading.intent for reading in understood)
    return Leant(tuple(next(reading for reading in understood if reading.intent == intent) for intent in first), other_too)


def _entry(reading: Understood, library: Library) -> Entry | None:
    """Return what a later part may lean on: never talk, an order, or something else than the internship."""
    return library.entries.get(entry_of(reading.intent)) if offered(reading.intent) else None


def _leant(part: str, last: Entry, entities: Sequence[Entity], library: Library, *, other: bool) -> list[Entry] | None:
    """Return what `part` asks after `last` was asked: another entry, the same of another office (none where one entry speaks of all); None where it does not lean."""
    named = [entity for entity in entities if entity.kind == "notice" and fold(entity.text) in fold(part)]
    if points_only(fold(part), named, other_one=other):
        meant = {entity.value for entity in named} or library.notices.keys() - set(last.notices or ())
        siblings = [sibling(last, library.notices[reference], library) for reference in sorted(meant & library.notices.keys())]
        return [entry for entry in siblings if entry is not None]
    target = bare_question(part, [last])
    return [library.entries[target]] if target is not None and target in library.entries else None
