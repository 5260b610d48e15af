"""Two classifiers of intents: one over sentence vectors, one over words and letters. Learnt here, stored as plain arrays."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import erf, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import normalize

from bot.nlu.encoder import Vectors
from bot.nlu.normalise import fold
from bot.nlu.terms import Terms, beside

Scores = npt.NDArray[np.float64]
ENOUGH = 500_000  # looks at an example: what more of them change is told in docs/decisions/006
_FEW = 6  # rows
_KERAS = Lock()  # Keras has one state for a whole process, and several heads may be learnt at once
_WORTH_PROCESSES = 10_000  # sentences; with fewer a network is learnt sooner than another process has started


class VectorHead:
    """A committee of networks over sentence vectors: a softmax layer with one hidden layer beside the direct way, learnt from different seeds."""

    MEMBERS, HIDDEN, EPOCHS, BATCH, RATE, SCALE = 5, 256, 25, 512, 6e-3, 3.0  # docs/decisions/004 and 013: chosen on held-out voices …
    LOOKS = 700_000  # … of 27,000 sentences: with more of them, as many looks at a sentence in all
    ARRAYS = 4  # of each member: weights and bias of the hidden and of the last layer

    def __init__(self, members: Sequence[Sequence[npt.NDArray[np.float32]]], centre: Vectors) -> None:
        self.members, self.centre = members, centre

    @property
    def weights(self) -> list[npt.NDArray[np.float32]]:
        """The arrays of all members, one after the other."""
        return [array for member in self.members for array in member]

    @classmethod
    def fit(cls, vectors: Vectors, labels: npt.NDArray[np.int64], classes: int, *, seed: int, members: int = MEMBERS) -> VectorHead:
        """Learn from `vectors` of shape (n, dimension) and `labels` of shape (n,)."""
        centre = vectors.mean(axis=0)
        scaled = cls.SCALE * (vectors - centre)
        seeds = range(seed, seed + members)
        if len(scaled) < _WORTH_PROCESSES:
            with _KERAS:
                return cls([cls._member(scaled, labels, classes, one) for one in seeds], centre)
        with ProcessPoolExecutor(min(members, os.cpu_count() or 1), mp_context=get_context("spawn"), initializer=_on_one_core) as pool:  # a forked TensorFlow hangs
            return cls(list(pool.map(partial(cls._member, scaled, labels, classes), seeds)), centre)

    @classmethod
    def _member(cls, scaled: Vectors, labels: npt.NDArray[np.int64], classes: int, seed: int) -> list[npt.NDArray[np.float32]]:
        import tensorflow as tf  # 2 s to import: only where something is learnt

        tf.keras.backend.clear_session()
        tf.keras.utils.set_random_seed(seed)
        tf.config.experimental.enable_op_determinism()  # the same data gives the same model
        entry = tf.keras.Input((scaled.shape[1],))
        dropped = tf.keras.layers.Dropout(0.5)(entry)
        hidden = tf.keras.layers.Dropout(0.3)(tf.keras.layers.Dense(cls.HIDDEN, activation="gelu", name="hidden")(dropped))
        joined = tf.keras.layers.Concatenate()([dropped, hidden])
        network = tf.keras.Model(entry, tf.keras.layers.Dense(classes, name="out")(joined))
        epochs = min(cls.EPOCHS, math.ceil(cls.LOOKS / len(scaled)))
        schedule = tf.keras.optimizers.schedules.CosineDecay(cls.RATE, max(1, epochs * len(scaled) // cls.BATCH))
        loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        network.compile(tf.keras.optimizers.Adam(schedule), loss)
        network.fit(scaled, labels, batch_size=cls.BATCH, epochs=epochs, verbose=0)
        return [array for name in ("hidden", "out") for array in network.get_layer(name).get_weights()]

    def beside(self, other: VectorHead) -> VectorHead:
        """Return one committee of the members of both."""
        moved = self.SCALE * (self.centre - other.centre)  # the members of `other` are to read texts as they lie from this centre
        weights = [(hidden, bias + moved @ hidden, out, last + moved @ out[: len(moved)]) for hidden, bias, out, last in other.members]
        return VectorHead([*self.members, *weights], self.centre)

    def log_probabilities(self, vectors: Vectors) -> Scores:
        """Return log probabilities of shape (n, classes): the mean of the members'."""
        scaled = self.SCALE * (vectors - self.centre)
        return np.asarray(np.mean([_log_probabilities(member, scaled) for member in self.members], axis=0), dtype=np.float64)

    def save(self, folder: Path) -> None:
        """Write arrays, nothing that runs code when read."""
        np.savez(folder / "vector_head.npz", self.centre, *self.weights)

    @classmethod
    def load(cls, folder: Path) -> VectorHead:
        """Read what `save` wrote."""
        with np.load(folder / "vector_head.npz", allow_pickle=False) as arrays:
            centre, *weights = (arrays[name] for name in arrays.files)
        return cls([weights[start : start + cls.ARRAYS] for start in range(0, len(weights), cls.ARRAYS)], centre)


def _on_one_core() -> None:
    """Let TensorFlow, which is imported after this, work on one core: as many processes learn side by side as there are, and threads of each would be in each other's way."""
    os.environ |= {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _log_probabilities(member: Sequence[npt.NDArray[np.float32]], scaled: Vectors) -> Scores:
    hidden_weights, hidden_bias, out_weights, out_bias = member
    hidden = _product(scaled, hidden_weights) + hidden_bias
    activated = 0.5 * hidden * (1.0 + erf(hidden / np.sqrt(2.0)))
    logits = _product(np.hstack([scaled, activated]), out_weights) + out_bias
    return np.asarray(np.log(softmax(logits, axis=1) + 1e-9))


def _product(rows: Vectors, weights: npt.NDArray[np.float32]) -> Vectors:
    """Return the matrix product: for the few parts of a message row by row, which spares the copy of all weights that the product of two matrices begins with."""
    return np.array([row @ weights for row in rows]) if len(rows) <= _FEW else rows @ weights


class WordHead:
    """A linear classifier over TF-IDF of words and of character n-grams."""

    def __init__(self, words: TfidfVectorizer, letters: TfidfVectorizer, weights: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> None:
        self.words, self.letters, self.bias = words, letters, bias
        self.weights = np.ascontiguousarray(weights)  # (terms, intents): a message's terms are whole lines
        self._terms = (Terms(words), Terms(letters))

    @classmethod
    def fit(cls, texts: Sequence[str], labels: npt.NDArray[np.int64], *, seed: int) -> WordHead:
        """Learn from `texts` and `labels` of shape (n,)."""
        if len(texts) < _WORTH_PROCESSES:
            return cls._learnt(texts, labels, seed)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:  # several heads at once would wait for each other in one interpreter
            return pool.submit(cls._learnt, texts, labels, seed).result()

    @classmethod
    def _learnt(cls, texts: Sequence[str], labels: npt.NDArray[np.int64], seed: int) -> WordHead:
        words, letters = _word_vectoriser(), _letter_vectoriser()
        matrix = normalize(sparse.hstack([words.fit_transform(texts), letters.fit_transform(texts)]).tocsr())
        model = SGDClassifier(loss="log_loss", alpha=1e-5, max_iter=min(20, math.ceil(ENOUGH / len(texts))), tol=None, random_state=seed, n_jobs=-1).fit(matrix, labels)
        return cls(words, letters, model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32))

    def log_probabilities(self, texts: Sequence[str]) -> Scores:
        """Return log probabilities of shape (n, classes)."""
        logits = [values @ self.weights[columns] for columns, values in (beside(self._terms, text) for text in texts)]
        return np.asarray(np.log(softmax(np.array(logits).reshape(len(texts), -1) + self.bias, axis=1) + 1e-9), dtype=np.float64)

    def save(self, folder: Path) -> None:
        """Write arrays and vocabularies."""
        np.savez(folder / "word_head.npz", self.weights.astype(np.float16), self.bias, self.words.idf_, self.letters.idf_)
        vocabularies = [{term: int(index) for term, index in part.vocabulary_.items()} for part in (self.words, self.letters)]
        (folder / "word_head.json").write_text(json.dumps(vocabularies, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> WordHead:
        """Read what `save` wrote."""
        word_terms, letter_terms = json.loads((folder / "word_head.json").read_text(encoding="utf-8"))
        words, letters = _word_vectoriser(word_terms), _letter_vectoriser(letter_terms)
        with np.load(folder / "word_head.npz", allow_pickle=False) as arrays:
            weights, bias, words.idf_, letters.idf_ = (arrays[name] for name in arrays.files)
        return cls(words, letters, weights.astype(np.float32), bias)


def _word_vectoriser(vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(preprocessor=fold, token_pattern=r"\w+", ngram_range=(1, 2), sublinear_tf=True, vocabulary=vocabulary)  # noqa: S106 -- a token of words


def _letter_vectoriser(vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(preprocessor=fold, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=1 if vocabulary else 2, vocabulary=vocabulary)
