"""Peers that go by words and letters alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process, utils
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from bot.evaluation.benchmark.splits import Example
from bot.evaluation.benchmark.systems import Guess

Scores = npt.NDArray[np.float64]
BATCH = 500  # texts scored at once, so that memory stays small


class _Peer:
    """What the peers here share: nothing to prepare, and a text alone is guessed as in a batch."""

    version = "1"

    def prepare(self, texts: Sequence[str]) -> None:
        """See `System`; nothing to do."""

    def guess(self, texts: Sequence[str]) -> list[Guess]:
        """See `System`."""
        return [guess for start in range(0, len(texts), BATCH) for guess in self._guesses(texts[start : start + BATCH])]

    def guess_anew(self, text: str) -> Guess:
        """See `System`."""
        return self._guesses([text])[0]

    def _guesses(self, texts: Sequence[str]) -> list[Guess]:
        raise NotImplementedError


class LogisticPeer(_Peer):
    """TF-IDF of words and of letters under a logistic regression."""

    name = "TF-IDF + logistic regression"

    def fit(self, train: Sequence[Example], *, seed: int) -> None:
        """See `System`."""
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, strip_accents="unicode")
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, strip_accents="unicode", min_df=2 if len(train) > BATCH else 1)
        model = LogisticRegression(C=10.0, solver="liblinear", dual=True, random_state=seed, max_iter=200)
        self._model = make_pipeline(make_union(words, letters), model).fit([example.text for example in train], [example.label for example in train])

    def _guesses(self, texts: Sequence[str]) -> list[Guess]:
        return _best_two(self._model.predict_proba(texts), list(self._model.classes_))


class Nearest(_Peer):
    """The intent of the training sentence that scores highest."""

    def fit(self, train: Sequence[Example], *, seed: int) -> None:
        """See `System`."""
        self._labels = sorted({example.label for example in train})
        place = {label: index for index, label in enumerate(self._labels)}
        self._owners = np.array([place[example.label] for example in train])
        self._index([example.text for example in train])

    def _guesses(self, texts: Sequence[str]) -> list[Guess]:
        scores = self._scores(texts)
        by_intent = np.full((len(texts), len(self._labels)), -np.inf)
        for column, owner in enumerate(self._owners):
            np.maximum(by_intent[:, owner], scores[:, column], out=by_intent[:, owner])
        return _best_two(by_intent, self._labels)

    def _index(self, texts: Sequence[str]) -> None:
        raise NotImplementedError

    def _scores(self, texts: Sequence[str]) -> Scores:
        raise NotImplementedError


class BM25Peer(Nearest):
    """BM25 over the training sentences (k1 = 1.2, b = 0.75)."""

    name = "BM25"
    K1, B = 1.2, 0.75

    def _index(self, texts: Sequence[str]) -> None:
        counted = [Counter(_words(text)) for text in texts]
        self._vocabulary = {word: index for index, word in enumerate(sorted({word for counts in counted for word in counts}))}
        matrix = self._matrix(counted)
        lengths = np.asarray(matrix.sum(axis=1)).ravel()
        holding = np.asarray((matrix > 0).sum(axis=0)).ravel()
        weight = np.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
        entries = matrix.tocoo()
        damped = entries.data + self.K1 * (1 - self.B + self.B * lengths[entries.row] / max(1e-9, lengths.mean()))
        values = weight[entries.col] * entries.data * (self.K1 + 1) / damped
        self._weights = sparse.csr_matrix((values, (entries.row, entries.col)), shape=matrix.shape).T.tocsr()

    def _scores(self, texts: Sequence[str]) -> Scores:
        asked = self._matrix([Counter(set(_words(text))) for text in texts])
        return np.asarray((asked @ self._weights).todense())

    def _matrix(self, counted: Sequence[Counter[str]]) -> sparse.csr_matrix:
        known = [(row, self._vocabulary[word], count) for row, counts in enumerate(counted) for word, count in counts.items() if word in self._vocabulary]
        rows, columns, values = zip(*known, strict=True) if known else ((), (), ())
        return sparse.csr_matrix((np.array(values, dtype=np.float64), (rows, columns)), shape=(len(counted), len(self._vocabulary)))


class FuzzyPeer(Nearest):
    """rapidfuzz's token-set ratio to the training sentences."""

    name = "rapidfuzz"

    def _index(self, texts: Sequence[str]) -> None:
        self._texts = [utils.default_process(text) for text in texts]

    def _scores(self, texts: Sequence[str]) -> Scores:
        asked = [utils.default_process(text) for text in texts]
        return np.asarray(process.cdist(asked, self._texts, scorer=fuzz.token_set_ratio), dtype=np.float64) / 100


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _best_two(scores: Scores, labels: Sequence[str]) -> list[Guess]:
    best = np.argsort(-scores, axis=1, kind="stable")[:, :2]
    return [Guess(labels[order[0]], float(row[order[0]]), float(row[order[1]]) if len(order) > 1 else 0.0) for row, order in zip(scores, best, strict=True)]
