"""Phrasings that editors published after the model was trained: understood by likeness until the next model has learnt them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from bot.content.model import Library
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.encoder import Vectors
from bot.nlu.intents import intent_of
from bot.nlu.neighbours import directions
from bot.nlu.normalise import canonical

Array = npt.NDArray[np.float64]
ALIKE = 0.50  # cosine at which a message is as likely as not to ask what a late phrasing asks: docs/decisions/006
MOST = 100  # phrasings; more than that have to wait for the model: each costs the encoder once
LEAST = 0.02  # a likeness under this says nothing; without it every late phrasing would move every message a little
STEEP = 18.0  # how fast that changes with the cosine


def phrasings(library: Library) -> Iterator[tuple[str, str, Locale]]:
    """Yield what the content itself says that entries are asked by, with intent and locale; steps are never guessed, only led to."""
    for entry in library.entries.values():
        if entry.kind != "step":
            for locale in LOCALES:
                yield from ((text, intent_of(entry.id, entry.kind), locale) for text in (entry.question[locale], *entry.phrasings.get(locale, ())))


@dataclass(frozen=True)
class Late:
    """Phrasings with their intents, and their vectors of shape (phrasings, dimension)."""

    texts: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    vectors: Vectors | None = None

    @classmethod
    def of(cls, library: Library, taught: frozenset[str], encode: Callable[[list[str]], Vectors]) -> Late:
        """Return the phrasings of `library` that are not among the texts `taught` to the model."""
        new = {text: intent for phrasing, intent, _ in phrasings(library) if (text := canonical(phrasing)) not in taught}
        texts = list(new)[:MOST]
        return cls(tuple(texts), tuple(new[text] for text in texts), encode(texts)) if texts else cls()

    @cached_property
    def _directions(self) -> Vectors:
        assert self.vectors is not None
        return directions(self.vectors)

    def known(self, intents: Sequence[str]) -> tuple[str, ...]:
        """Return `intents` with those that only late phrasings have behind them."""
        return tuple(dict.fromkeys((*intents, *self.intents)))

    def heard(self, probabilities: Array, vectors: Vectors, intents: Sequence[str]) -> Array:
        """Return probabilities of shape (texts, `known` intents): the model's, as far as no late phrasing is alike."""
        if self.vectors is None:
            return probabilities
        columns = self.known(intents)
        widened = np.zeros((len(probabilities), len(columns)))
        widened[:, : len(intents)] = probabilities
        likeness = directions(vectors) @ self._directions.T
        nearest = likeness.argmax(axis=1)
        for row, place in enumerate(nearest):
            share = float(expit(STEEP * (likeness[row, place] - ALIKE)))
            if share < LEAST:
                continue
            widened[row] *= 1.0 - share
            widened[row, columns.index(self.intents[place])] += share
        return widened
