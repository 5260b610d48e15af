"""What messages teach about their parts: a question beside others is shorter than one that stands alone, and one with its story is longer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from bot.i18n.locale import Locale
from bot.nlu.dividing import Message
from bot.nlu.intents import entry_of
from bot.nlu.neighbours import Scores
from bot.nlu.segments import leaves

ALIKE = 0.4  # cosine with the nearest sentence of an intent; a part under it may be a greeting, or lean on another: docs/decisions/006


@dataclass(frozen=True)
class Sentence:
    """A text that asks one thing, in its canonical form, with its intent and its language."""

    text: str
    intent: str
    locale: Locale


def clauses(message: Message, near: Scores, intents: Sequence[str]) -> Iterator[Sentence]:
    """Yield the texts of `message` that ask one thing: itself, where it asks no more, and the part of each thing asked.

    `near`, of shape (parts, intents), is how near each part comes to a sentence that is taught for each of `intents`.
    """
    asks = [columns for entry in message.example.asks if (columns := [column for column, intent in enumerate(intents) if entry_of(intent) == entry])]
    if len(message.example.asks) == len(asks) == 1:
        yield _sentence(message, 0, asks[0], near, intents)
    smallest = leaves(message.parts)
    if smallest == [0] or not asks:
        return
    likeness = np.array([near[np.ix_(smallest, columns)].max(axis=1) for columns in asks])  # of each thing asked with each part
    for thing, part in zip(*linear_sum_assignment(likeness, maximize=True), strict=True):
        if likeness[thing, part] >= ALIKE:
            yield _sentence(message, smallest[part], asks[thing], near, intents)


def _sentence(message: Message, place: int, columns: Sequence[int], near: Scores, intents: Sequence[str]) -> Sentence:
    """Return a part as a sentence of the intent, of several that one entry has, that it is nearest to."""
    return Sentence(message.parts[place].text, intents[max(columns, key=lambda column: float(near[place, column]))], message.example.locale)
