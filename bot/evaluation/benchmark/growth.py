"""What it costs to rank as the entries grow in number."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.nlu.encoder import Vectors
from bot.nlu.heads import VectorHead, WordHead
from bot.nlu.neighbours import Neighbours
from bot.nlu.ranking import Mixture, Ranker

SIZES = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
TIMED = 100


@dataclass(frozen=True)
class Cost:
    """Ranking one message among `entries`: milliseconds of the processor (median) and the megabytes that the ranker's arrays hold."""

    entries: int
    milliseconds: float
    megabytes: float


def growth(texts: Sequence[str], vectors: Vectors, sizes: Sequence[int] = SIZES, *, seed: int = 1) -> list[Cost]:
    """Return the cost for each size that `texts` suffice for, one sentence an entry.

    The vocabulary and the shapes are those of the sentences; the weights are drawn by chance, for the cost does not depend on them. Encoding comes on top and
    does not depend on the number of entries.
    """
    return [_cost(texts[:size], vectors[:size], np.random.default_rng(seed)) for size in sizes if size <= len(texts)]


def _cost(texts: Sequence[str], vectors: Vectors, random: np.random.Generator) -> Cost:
    entries = len(texts)
    dimension = vectors.shape[1]
    shapes = [(dimension, VectorHead.HIDDEN), (VectorHead.HIDDEN,), (dimension + VectorHead.HIDDEN, entries), (entries,)]
    dense = VectorHead([[random.standard_normal(shape, dtype=np.float32) for shape in shapes]], vectors.mean(axis=0))
    learnt = WordHead.fit(texts, np.arange(entries) % 2, seed=1)  # two classes: for the vocabulary only
    terms = len(learnt.words.vocabulary_) + len(learnt.letters.vocabulary_)
    words = WordHead(learnt.words, learnt.letters, random.standard_normal((terms, entries), dtype=np.float32), np.zeros(entries, dtype=np.float32))
    ranker = Ranker([f"faq/{number}" for number in range(entries)], dense, words, Neighbours.fit(vectors, np.arange(entries), entries), Mixture(0.5, 10.0, 1.0))
    times = []
    for row in range(0, entries, max(1, entries // TIMED)):
        begun = time.process_time()
        ranker.rank([texts[row]], vectors[row : row + 1])
        times.append(1000 * (time.process_time() - begun))
    held = sum(array.nbytes for array in (*dense.weights, words.weights)) + ranker.neighbours.directions.nbytes
    return Cost(entries, statistics.median(times), held / 1e6)
