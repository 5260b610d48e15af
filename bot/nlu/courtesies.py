"""Greetings, thanks and goodbyes in parts of their own beside what is asked: returned, and never in the way of an answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

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
    """Return thanks and a goodbye behind what was asked, or behind each other, and a greeting before what is certainly more than one thing: a single answer comes first."""
    understood = [reading for reading in readings if isinstance(reading, Understood)]
    answered = [reading for reading in understood if offered_or_refused(reading.intent)]
    if len(understood) < len(readings) or not (answered or (understood and understood[0].intent in COURTESIES)):
        return tuple(readings)
    said = {one.intent: Understood(one.intent, one.stands, part) for one, part in asked if one.intent in COURTESIES and one.stands >= thresholds.surely}
    surest = sorted((reading.confidence for reading in answered), reverse=True)[:SEVERAL]
    both = len(surest) == SEVERAL and prod(surest) >= thresholds.certain**SEVERAL
    greeting = [said[GREETING]] if GREETING in said and both else []
    returned = {GREETING, *(reading.intent for reading in understood)}
    return (*greeting, *readings, *(said[intent] for intent in COURTESIES if intent in said and intent not in returned))
