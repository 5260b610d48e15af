"""How near a text comes to the sentences that an intent has been taught with: what a committee smooths over, one close sentence can settle."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.nlu.encoder import Vectors

Scores = npt.NDArray[np.float64]
CANDIDATES = 8  # the likeliest intents whose sentences are looked at: the cost does not grow with their number
_STEPS = 127.0  # of a component: 8 bits keep a cosine to about 0.001


class Neighbours:
    """The taught sentences as directions of a few bits, in the order of their intents."""

    def __init__(self, directions: npt.NDArray[np.int8], largest: float, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> None:
        self.directions, self.largest = directions, largest
        self.starts, self.ends = starts, ends  # rows `starts[k]` to `ends[k]` are those of intent k that count, those to `starts[k + 1]` all of it

    @classmethod
    def fit(cls, vectors: Vectors, labels: npt.NDArray[np.int64], classes: int) -> Neighbours:
        """Keep `vectors` of shape (n, dimension) whose intents are `labels` of shape (n,)."""
        order = np.argsort(labels, kind="stable")
        rows = directions(vectors[order])
        largest = float(np.abs(rows).max())
        starts = np.searchsorted(labels[order], np.arange(classes + 1))
        return cls(np.rint(rows / largest * _STEPS).astype(np.int8), largest, starts, starts[1:])

    def first(self, counts: npt.NDArray[np.int64]) -> Neighbours:
        """Return the same where of each intent only the first sentences count, as many as `counts`, shape (classes,)."""
        return Neighbours(self.directions, self.largest, self.starts, self.starts[:-1] + counts)

    def every(self) -> Neighbours:
        """Return the same where all sentences count."""
        return Neighbours(self.directions, self.largest, self.starts, self.starts[1:])

    def nearness(self, vectors: Vectors, candidates: npt.NDArray[np.intp]) -> Scores:
        """Return the cosine with the nearest sentence of each candidate; `vectors` has shape (n, dimension), `candidates` and the outcome (n, candidates)."""
        rows = directions(vectors)
        found = np.zeros(candidates.shape)
        for intent in np.unique(candidates):  # the parts of a message mostly have the same candidates
            sentences = self.directions[self.starts[intent] : self.ends[intent]].astype(np.float32)
            if len(sentences):
                asked = candidates == intent
                found[asked] = (sentences @ rows[asked.any(axis=1)].T).max(axis=0)
        return found * (self.largest / _STEPS)

    def save(self, folder: Path) -> None:
        """Write arrays, nothing that runs code when read."""
        np.savez(folder / "neighbours.npz", directions=self.directions, largest=np.array(self.largest), starts=self.starts, ends=self.ends)

    @classmethod
    def load(cls, folder: Path) -> Neighbours:
        """Read what `save` wrote."""
        with np.load(folder / "neighbours.npz", allow_pickle=False) as arrays:
            return cls(arrays["directions"], float(arrays["largest"]), arrays["starts"], arrays["ends"])


def directions(vectors: Vectors) -> Vectors:
    """Return the rows of `vectors` at length 1; their products are cosines."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)
