"""Every intent in the order of how likely a text asks for it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import softmax

from bot.nlu.encoder import Vectors
from bot.nlu.heads import Scores, VectorHead, WordHead
from bot.nlu.neighbours import CANDIDATES, Neighbours
from bot.nlu.reading import Candidate

KEPT = 8  # candidates that are passed on
_PARTS = "parts"  # the folder of the head that ranks parts


@dataclass(frozen=True)
class Mixture:
    """How the evidence is joined: the word head's share, what a near sentence weighs, and the sharpness that makes confidences true."""

    words: float
    near: float
    sharpness: float

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Mixture:
        """Return what the ranker's part of `config.yml` says."""
        return cls(config["words"], config["near"], config["sharpness"])


class Ranker:
    """Ranks intents by a log-linear mixture of what a text means, how it is written, and which sentence it is nearest to."""

    def __init__(self, intents: Sequence[str], vector_head: VectorHead, word_head: WordHead, neighbours: Neighbours, mixture: Mixture) -> None:
        self.intents = tuple(intents)
        self.vector_head, self.word_head, self.neighbours, self.mixture = vector_head, word_head, neighbours, mixture

    @classmethod
    def fit(
        cls, texts: Sequence[str], vectors: Vectors, intents: Sequence[str], mixture: Mixture, *, hasty: Sequence[str] = (), seed: int, members: int = VectorHead.MEMBERS
    ) -> Ranker:
        """Learn from `texts` (canonical), their `vectors` of shape (n, dimension) and their `intents`.

        `hasty` are the texts once more as they are typed in haste, or none; only the word head learns from them: the encoders bear slips better.
        `members` are those of the committee over vectors.
        """
        names = sorted(set(intents))
        labels = np.searchsorted(names, intents).astype(np.int64)
        word_head = WordHead.fit([*texts, *hasty], np.concatenate([labels, labels[: len(hasty)]]), seed=seed)
        return cls(names, VectorHead.fit(vectors, labels, len(names), seed=seed, members=members), word_head, Neighbours.fit(vectors, labels, len(names)), mixture)

    def otherwise(self, vector_head: VectorHead, neighbours: Neighbours) -> Ranker:
        """Return what ranks by the same words and letters, and by other evidence of what a text means."""
        return Ranker(self.intents, vector_head, self.word_head, neighbours, self.mixture)

    def rank(self, texts: Sequence[str], vectors: Vectors, kept: int = KEPT) -> list[list[Candidate]]:
        """Return, for each text, the `kept` likeliest intents with their confidences, best first."""
        return [best(row, self.intents, kept) for row in self.probabilities(texts, vectors)]

    def probabilities(self, texts: Sequence[str], vectors: Vectors) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """Return calibrated probabilities of shape (n, intents)."""
        share = self.mixture.words
        mixed = (1.0 - share) * self.vector_head.log_probabilities(vectors) + share * self.word_head.log_probabilities(texts)
        return np.asarray(softmax(self.mixture.sharpness * (mixed - self.mixture.near * self._farther(mixed, vectors)), axis=1))

    def _farther(self, mixed: Scores, vectors: Vectors) -> Scores:
        """Return by how much each intent's nearest sentence is farther than the nearest of all, as a cosine; intents that are out of the question count as the farthest."""
        candidates = np.argsort(-mixed, axis=1)[:, :CANDIDATES]
        nearness = self.neighbours.nearness(vectors, candidates)
        farther = nearness.max(axis=1, keepdims=True) - nearness
        spread = np.repeat(farther.max(axis=1, keepdims=True), mixed.shape[1], axis=1)
        np.put_along_axis(spread, candidates, farther, axis=1)
        return np.asarray(spread)

    def save(self, folder: Path) -> None:
        """Write the ranker into `folder`."""
        self.vector_head.save(folder)
        self.word_head.save(folder)
        self.neighbours.save(folder)
        (folder / "intents.json").write_text(json.dumps(self.intents), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, mixture: Mixture) -> Ranker:
        """Read what `save` wrote."""
        intents = json.loads((folder / "intents.json").read_text(encoding="utf-8"))
        return cls(intents, VectorHead.load(folder), WordHead.load(folder), Neighbours.load(folder), mixture)


@dataclass(frozen=True)
class Rankers:
    """What ranks a message as a whole, and what ranks it and its parts to tell what they ask: they share words, letters and sentences (docs/decisions/006)."""

    whole: Ranker
    parts: Ranker

    def save(self, folder: Path) -> None:
        """Write both into `folder`."""
        self.whole.save(folder)
        (folder / _PARTS).mkdir(exist_ok=True)
        self.parts.vector_head.save(folder / _PARTS)

    @classmethod
    def load(cls, folder: Path, mixture: Mixture) -> Rankers:
        """Read what `save` wrote."""
        whole = Ranker.load(folder, mixture)
        return cls(whole, whole.otherwise(VectorHead.load(folder / _PARTS), whole.neighbours.every()))


def best(probabilities: np.ndarray[tuple[int], np.dtype[np.float64]], intents: Sequence[str], kept: int = KEPT) -> list[Candidate]:
    """Return the `kept` likeliest of `intents` for one text, best first; `probabilities` has shape (intents,)."""
    return [Candidate(intents[index], float(probabilities[index])) for index in np.argsort(-probabilities)[:kept]]
