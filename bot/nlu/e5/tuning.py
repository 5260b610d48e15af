"""Learns the corrections: upper layers under a softmax over intents, by TensorFlow. Takes some twenty minutes of two cores; run when many sentences are new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.nlu.e5.corrections import STRENGTH, Corrections
from bot.nlu.e5.weights import Floats, Weights, plain

DEPTH = 6  # layers that stay as they are; their states are computed once
LONGEST = 96  # tokens
_WARMING = 40  # steps until the full rate is reached
_POOL = 25  # batches among which sentences are sorted by length, so that little is padded
Labels = npt.NDArray[np.int64]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How it is learnt; docs/decisions/012 says what was tried."""

    rank: int = 16
    epochs: int = 3
    batch: int = 64
    rate: float = 1e-3
    head_rate: float = 5e-3  # of the softmax layer, which is thrown away afterwards
    dropout: float = 0.1
    smoothing: float = 0.05
    sharpness: float = 20.0  # vectors of length 1 leave a softmax too flat


def tune(weights: Weights, states: Sequence[npt.NDArray[np.float16]], labels: Labels, *, plan: Plan, seed: int, say: Say) -> Corrections:
    """Return corrections learnt from `states` of sentences after `DEPTH` layers, each of shape (tokens, width), and their `labels`."""
    import tensorflow as tf

    tf.keras.utils.set_random_seed(seed)
    layers = [_layer(weights, number) for number in range(DEPTH, weights.shape.layers)]
    learner = _Learner(layers, weights.shape.heads, int(labels.max()) + 1, plan, steps=plan.epochs * (len(states) // plan.batch + 1))
    chance = np.random.default_rng(seed)
    for epoch in range(plan.epochs):
        for number, batch in enumerate(_batches(np.array([len(one) for one in states]), plan.batch, chance)):
            loss, right = learner.step(*_padded([states[index] for index in batch]), labels[batch])
            if number % 50 == 0:
                say(f"epoch {epoch + 1} of {plan.epochs}, batch {number}: loss {float(loss):.3f}, right {float(right):.2f}")
    return Corrections({f"l{DEPTH + number}.{name}": (left.numpy(), right.numpy()) for number, factors in enumerate(learner.factors) for name, (left, right) in factors.items()})


def _layer(weights: Weights, number: int) -> dict[str, Floats]:
    """Return matrices of shape (inputs, outputs) and vectors of a layer, by the names of the graph."""
    prefix, width, inner = f"l{number}.", weights.shape.width, weights.shape.inner

    def matrix(columns: int, *names: str) -> Floats:
        return np.concatenate([plain(weights.blocks(prefix + name, columns)) for name in names]).T

    vectors = {name: weights.floats(prefix + name) for name in ("ao.b", "aln.w", "aln.b", "fi.b", "fo.b", "oln.w", "oln.b")}
    bias = np.concatenate([weights.floats(prefix + name) for name in ("q.b", "k.b", "v.b")])
    products = {"qkv": matrix(width, "q.w", "k.w", "v.w"), "ao": matrix(width, "ao.w"), "fi": matrix(width, "fi.w"), "fo": matrix(inner, "fo.w")}
    return {**products, **vectors, "qkv.b": bias}


def _batches(lengths: Labels, size: int, chance: np.random.Generator) -> Iterator[Labels]:
    order = chance.permutation(len(lengths))
    batches: list[Labels] = []
    for start in range(0, len(order), size * _POOL):
        pool = order[start : start + size * _POOL]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        batches += [pool[first : first + size] for first in range(0, len(pool), size)]
    yield from (batches[index] for index in chance.permutation(len(batches)))


def _padded(states: Sequence[npt.NDArray[np.float16]]) -> tuple[npt.NDArray[np.float16], npt.NDArray[np.int32]]:
    lengths = np.array([len(one) for one in states], dtype=np.int32)
    filled = np.zeros((len(states), -(-int(lengths.max()) // 4) * 4, states[0].shape[1]), dtype=np.float16)
    for row, one in enumerate(states):
        filled[row, : len(one)] = one
    return filled, lengths


class _Learner:
    """The upper layers with their factors, the softmax layer above, and one step of learning."""

    def __init__(self, layers: Sequence[Mapping[str, Floats]], heads: int, classes: int, plan: Plan, steps: int) -> None:
        import tensorflow as tf

        self.tf, self.plan, self.heads = tf, plan, heads
        # products in bfloat16: twice as fast; what is learnt stays in full precision
        self.layers = [{name: tf.cast(tf.constant(array), tf.bfloat16 if array.ndim > 1 else tf.float32) for name, array in layer.items()} for layer in layers]
        self.factors = [{name: self._factors(*layer[name].shape) for name in ("qkv", "ao", "fi", "fo")} for layer in layers]
        self.head = tf.Variable(tf.random.normal((layers[0]["ao"].shape[1], classes), stddev=0.05))
        self.bias = tf.Variable(tf.zeros(classes))
        self.optimisers = [tf.keras.optimizers.Adam(_schedule(rate, steps)) for rate in (plan.rate, plan.head_rate)]
        width = layers[0]["ao"].shape[0]
        signature = [tf.TensorSpec((None, None, width), tf.float16), tf.TensorSpec((None,), tf.int32), tf.TensorSpec((None,), tf.int64)]
        self.step = tf.function(self._step, input_signature=signature, autograph=False)

    def _factors(self, inputs: int, outputs: int) -> tuple[Any, Any]:
        left = self.tf.Variable(self.tf.random.normal((inputs, self.plan.rank), stddev=1.0 / np.sqrt(inputs)))
        return left, self.tf.Variable(self.tf.zeros((self.plan.rank, outputs)))

    def _step(self, states: Any, lengths: Any, labels: Any) -> tuple[Any, Any]:
        tf, plan = self.tf, self.plan
        learnt = [factor for factors in self.factors for both in factors.values() for factor in both]
        with tf.GradientTape() as tape:
            vectors = tf.nn.dropout(self._vectors(tf.cast(states, tf.float32), lengths), plan.dropout)
            scores = plan.sharpness * tf.matmul(vectors, self.head) + self.bias
            classes = self.bias.shape[0]
            wanted = tf.one_hot(labels, classes) * (1.0 - plan.smoothing) + plan.smoothing / classes
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(wanted, scores))
        slopes, _ = tf.clip_by_global_norm(tape.gradient(loss, [*learnt, self.head, self.bias]), 1.0)
        self.optimisers[0].apply_gradients(zip(slopes[: len(learnt)], learnt, strict=True))
        self.optimisers[1].apply_gradients(zip(slopes[len(learnt) :], [self.head, self.bias], strict=True))
        return loss, tf.reduce_mean(tf.cast(tf.argmax(scores, axis=1) == labels, tf.float32))

    def _vectors(self, states: Any, lengths: Any) -> Any:
        tf = self.tf
        there = tf.sequence_mask(lengths, tf.shape(states)[1])
        for layer, factors in zip(self.layers, self.factors, strict=True):
            attended = self._attended(self._product(states, layer, factors, "qkv"), there)
            first = self._norm(states + self._product(attended, layer, factors, "ao"), layer, "aln")
            active = tf.nn.gelu(self._product(first, layer, factors, "fi"))
            states = self._norm(first + self._product(active, layer, factors, "fo"), layer, "oln")
        weight = tf.cast(there, tf.float32)[..., None]
        return tf.nn.l2_normalize(tf.reduce_sum(states * weight, axis=1) / tf.reduce_sum(weight, axis=1), axis=-1)

    def _product(self, states: Any, layer: Mapping[str, Any], factors: Mapping[str, tuple[Any, Any]], name: str) -> Any:
        tf = self.tf
        inputs = tf.cast(states, tf.bfloat16)
        left, right = (tf.cast(factor, tf.bfloat16) for factor in factors[name])
        correction = tf.matmul(tf.matmul(tf.nn.dropout(inputs, self.plan.dropout), left), right)
        return tf.cast(tf.matmul(inputs, layer[name]), tf.float32) + STRENGTH * tf.cast(correction, tf.float32) + layer[f"{name}.b"]

    def _attended(self, mixed: Any, there: Any) -> Any:
        tf = self.tf
        texts, tokens, width = tf.shape(mixed)[0], tf.shape(mixed)[1], mixed.shape[2] // 3
        size = width // self.heads
        queries, keys, values = (tf.transpose(tf.reshape(part, (texts, tokens, self.heads, size)), (0, 2, 1, 3)) for part in tf.split(mixed, 3, axis=-1))
        scores = tf.matmul(queries, keys, transpose_b=True) / float(np.sqrt(size)) + tf.where(there, 0.0, -1e4)[:, None, None, :]
        return tf.reshape(tf.transpose(tf.matmul(tf.nn.softmax(scores), values), (0, 2, 1, 3)), (texts, tokens, width))

    def _norm(self, states: Any, layer: Mapping[str, Any], name: str) -> Any:
        mean, variance = self.tf.nn.moments(states, [-1], keepdims=True)
        return (states - mean) * self.tf.math.rsqrt(variance + 1e-12) * layer[f"{name}.w"] + layer[f"{name}.b"]


def _schedule(rate: float, steps: int) -> Any:
    """Return a rate that rises for a while and then falls along a cosine to nothing."""
    import tensorflow as tf

    class Schedule(tf.keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]  # Keras brings no types
        def __call__(self, step: Any) -> Any:
            step = tf.cast(step, tf.float32)
            return rate * 0.5 * (1.0 + tf.cos(np.pi * tf.minimum(step / steps, 1.0))) * tf.minimum(1.0, (step + 1.0) / _WARMING)

    return Schedule()
