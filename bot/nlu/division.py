"""Which of the things that parts of a message seem to ask are asked: learnt from messages with one question and with several. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy.special import expit

from bot.nlu.encoder import Vectors
from bot.nlu.proposals import Array, features
from bot.nlu.reading import Asked
from bot.nlu.segments import Segment


@dataclass(frozen=True)
class Judge:
    """A logistic regression over features and over all products of two of them: what speaks for a proposal depends on what else is there."""

    centre: Array
    spread: Array
    single: Array  # shape (features,)
    pairs: Array  # shape (features, features), of which one half is used
    bias: Array  # one number

    def chances(self, rows: Array) -> Array:
        """Return how likely each of `rows`, shape (n, features), is right, shape (n,)."""
        even = (rows - self.centre) / self.spread
        return np.asarray(expit(even @ self.single + (even @ self.pairs * even).sum(axis=1) + self.bias))


class Divider:
    """Two logistic regressions: whether a part asks anything (by its vector), and whether what it proposes is asked (by all that is known of the message)."""

    def __init__(self, form: Array, judge: Judge) -> None:
        self.form, self.judge = form, judge  # the form has its bias last

    def divide(self, segments: Sequence[Segment], probabilities: Array, vectors: Vectors, intents: Sequence[str]) -> list[Asked]:
        """Return what the message may ask for, in its order; `vectors` has shape (segments, dimension)."""
        proposed, rows = features(segments, probabilities, intents)
        asking = vectors[[one.place for one in proposed]] @ self.form[:-1] + self.form[-1]
        stands = self.judge.chances(np.column_stack([rows, asking]))
        return [Asked(intents[one.column], one.place, float(chance)) for one, chance in zip(proposed, stands, strict=True)]

    def save(self, folder: Path) -> None:
        """Write arrays, nothing that runs code when read."""
        np.savez(folder / "divider.npz", form=self.form, **asdict(self.judge))

    @classmethod
    def load(cls, folder: Path) -> Divider:
        """Read what `save` wrote."""
        with np.load(folder / "divider.npz", allow_pickle=False) as arrays:
            return cls(arrays["form"], Judge(**{name: arrays[name] for name in arrays.files if name != "form"}))
