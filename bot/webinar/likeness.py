"""How likely two questions ask the same: log-odds from what they mean and from the entries that would answer them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.nlu.encoder import Vectors
from bot.nlu.intents import kind_of
from bot.webinar.understanding import Probabilities

Odds = npt.NDArray[np.float32]
SOFTENING = 3.0  # roots of the probabilities let unlikely entries speak too: two gaps are alike in what they are nearly about
SURE = 6.0  # log-odds beyond which one pair shall not outweigh the others of a group


@dataclass(frozen=True)
class Weights:
    """Log-odds for each kind of likeness; learnt on the choosing half of the pool (docs/decisions/007)."""

    answered: float  # the same entry answers both
    open: float  # the same topic, which the notices leave open
    softly: float  # the same entries come into question
    meaning: float  # the sentence vectors are near
    bias: float


WEIGHTS = Weights(answered=8.2, open=5.2, softly=5.6, meaning=6.7, bias=-12.0)


@dataclass(frozen=True)
class Traits:
    """What is compared: a sentence's vector and how likely each intent is. Kept with a question, so that nothing is encoded twice."""

    vector: npt.NDArray[np.float32]
    probabilities: npt.NDArray[np.float32]


def traits_of(vectors: Vectors, probabilities: Probabilities) -> list[Traits]:
    """Return the traits of texts from their `vectors` (n, dimension) and `probabilities` (n, intents).

    They are rounded to the half precision in which they are kept, so that a session read again is the same to the last digit.
    """
    return [Traits(_rounded(vector), _rounded(row)) for vector, row in zip(vectors, probabilities, strict=True)]


def _rounded(values: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    return np.asarray(values, dtype=np.float16).astype(np.float32)


class Shelf:
    """The traits of all questions side by side, so that a new one is compared with every other in one product."""

    def __init__(self, intents: Sequence[str], weights: Weights = WEIGHTS) -> None:
        self._answering = np.array([is_answering(intent) for intent in intents])
        self._weights = weights
        self._count = 0
        self._vectors = np.zeros((0, 0), dtype=np.float32)
        self._likely = np.zeros((0, len(intents)), dtype=np.float32)
        self._softly = np.zeros((0, len(intents)), dtype=np.float32)

    def __len__(self) -> int:
        return self._count

    def odds(self, traits: Traits) -> Odds:
        """Return the log-odds that `traits` ask the same as each question on the shelf, in their order, within ± `SURE`."""
        if not self._count:
            return np.zeros(0, dtype=np.float32)
        likely, softly = _roots(traits.probabilities)
        meaning = self._vectors[: self._count] @ traits.vector
        answered = self._likely[: self._count] @ np.where(self._answering, likely, 0)
        left_open = self._likely[: self._count] @ np.where(self._answering, 0, likely)
        weights = self._weights
        total = weights.bias + weights.answered * answered + weights.open * left_open + weights.meaning * meaning
        total += weights.softly * (self._softly[: self._count] @ softly)
        return np.asarray(np.clip(total, -SURE, SURE), dtype=np.float32)

    def add(self, traits: Traits) -> None:
        """Put `traits` behind the others."""
        if self._count == len(self._vectors):
            self._grow(len(traits.vector))
        self._vectors[self._count] = traits.vector
        self._likely[self._count], self._softly[self._count] = _roots(traits.probabilities)
        self._count += 1

    def _grow(self, dimension: int) -> None:
        size = max(64, 2 * self._count)
        for name, width in (("_vectors", dimension), ("_likely", len(self._answering)), ("_softly", len(self._answering))):
            wider = np.zeros((size, width), dtype=np.float32)
            wider[: self._count] = getattr(self, name)[: self._count] if self._count else 0
            setattr(self, name, wider)


def is_answering(intent: str) -> bool:
    """Tell whether the notices, or the rules of the service, answer `intent`: all else is a gap, however well it is understood."""
    return kind_of(intent) in {"answer", "refusal"}


def _roots(probabilities: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return square roots, whose products are Bhattacharyya coefficients: of the probabilities, and of the softened ones."""
    soft = probabilities ** (1 / SOFTENING)
    return np.sqrt(probabilities), np.sqrt(soft / soft.sum())
