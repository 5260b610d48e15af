"""Greetings, thanks and goodbyes in parts of their own beside what is asked: returned, and never in the way of an answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.nlu.encoder import Vectors
from bot.nlu.intents import COURTESIES, GREETING
from bot.nlu.neighbours import Neighbours
from bot.nlu.proposals import Array
from bot.nlu.reading import SEVERAL, Asked, Reading, Thresholds, Understood, offered_or_refused
from bot.nlu.segments import Segment, leaves

ALIKE = 0.9  # cosine with the nearest courtesy taught: under it are closing formulas, names and scraps («so on», «peace»); docs/decisions/006


def courtesies(parts: Sequence[Segment], probabilities: Array, vectors: Vectors, taught: Neighbours, intents: Sequence[str]) -> list[Asked]:
    """Return the smallest of `parts` that are a courtesy: likeliest so, and as good as one that was `taught`.

    `probabilities` has shape (parts, intents), `vectors` (parts, dimension).
    """
    found = []
    for place in leaves(parts):
        column = int(probabilities[place].argmax())
        if intents[column] in COURTESIES and taught.nearness(vectors[[place]], np.array([[column]]))[0, 0] >= ALIKE:
            found.append(Asked(intents[column], place, float(probabilities[place, column])))
    return found


def with_courtesies(readings: Sequence[Reading], asked: Sequence[tuple[Asked, str]], thresholds: Thresholds) -> tuple[Reading, ...]:
    """Return thanks and a goodbye behind what was asked, and a greeting before it where that is certainly more than one thing: a single answer comes first."""
    answered = [reading for reading in readings if isinstance(reading, Understood) and offered_or_refused(reading.intent)]
    if not answered or not all(isinstance(reading, Understood) for reading in readings):
        return tuple(readings)
    said = {one.intent: Understood(one.intent, one.stands, part) for one, part in asked if one.intent in COURTESIES and one.stands >= thresholds.surely}
    certain = [reading for reading in answered if reading.confidence >= thresholds.certain]
    greeting = [said[GREETING]] if GREETING in said and len(certain) >= SEVERAL else []
    return (*greeting, *readings, *(said[intent] for intent in COURTESIES if intent in said and intent != GREETING))
