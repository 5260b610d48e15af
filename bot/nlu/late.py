"""Phrasings that editors published after the model was trained: understood by likeness until the next model has learnt them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from bot.nlu.encoder import Vectors

Array = npt.NDArray[np.float64]
ALIKE = 0.78  # cosine at which a message is as likely as not to ask what a late phrasing asks: docs/decisions/006
STEEP = 25.0  # how fast that changes with the cosine


@dataclass(frozen=True)
class Late:
    """Phrasings with their intents, and their vectors of shape (phrasings, dimension)."""

    texts: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    vectors: Vectors | None = None

    @cached_property
    def _directions(self) -> Vectors:
        assert self.vectors is not None
        return np.asarray(self.vectors / np.linalg.norm(self.vectors, axis=1, keepdims=True), dtype=np.float32)

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
        likeness = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)) @ self._directions.T
        nearest = likeness.argmax(axis=1)
        for row, place in enumerate(nearest):
            share = float(expit(STEEP * (likeness[row, place] - ALIKE)))
            widened[row] *= 1.0 - share
            widened[row, columns.index(self.intents[place])] += share
        return widened
