"""Learns to divide messages, from examples of one question and of several: `data/nlu/several/<locale>.yml`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from bot.i18n.locale import LOCALES, Locale
from bot.nlu.division import Divider, Judge
from bot.nlu.encoder import Vectors
from bot.nlu.intents import entry_of
from bot.nlu.normalise import canonical
from bot.nlu.proposals import Array, features
from bot.nlu.segments import Segment, segments
from bot.nlu.utterances import DATA

FOLDS = 5
BLOCKS = 20
_FORM, _WHOLE = 3e-4, 0.01  # inverse strengths of regularisation, chosen by cross-validation: docs/decisions/006


@dataclass(frozen=True)
class Example:
    """A message and the entries that it asks for, in order; `block` numbers its place in the file in twentieths: neighbours are by one writer."""

    text: str
    asks: tuple[str, ...]
    locale: Locale
    block: int


@dataclass(frozen=True)
class Message:
    """An example in its parts, with their vectors of shape (parts, dimension)."""

    example: Example
    parts: list[Segment]
    vectors: Vectors


def read_several(root: Path = DATA) -> list[Example]:
    """Return the examples of both languages."""
    found = []
    for locale in LOCALES:
        rows = yaml.load((root / "several" / f"{locale}.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        found += [Example(row["text"], tuple(row["asks"]), locale, number * BLOCKS // len(rows)) for number, row in enumerate(rows)]
    return found


def heard(text: str, locale: Locale) -> list[Segment]:
    """Return the segments of `text` as the classifiers read them."""
    return [Segment(canonical(part.text), part.asks, part.within) for part in segments(text, locale)]


def heard_all(examples: Sequence[Example], encode: Callable[[list[str]], Vectors]) -> list[Message]:
    """Return `examples` in their parts; `encode` gives the vectors of many texts."""
    parts = [heard(example.text, example.locale) for example in examples]
    known = sorted({segment.text for segments_ in parts for segment in segments_})
    vectors = dict(zip(known, encode(known), strict=True))
    return [Message(example, found, np.array([vectors[segment.text] for segment in found])) for example, found in zip(examples, parts, strict=True)]


def fit_divider(messages: Sequence[Message], probabilities: Sequence[Array], intents: Sequence[str]) -> Divider:
    """Learn from `messages` and their probabilities of shape (parts, intents), which are of a ranker that has not seen them."""
    rows, shapes, labels, groups = [], [], [], []
    for message, likely in zip(messages, probabilities, strict=True):
        proposed, found = features(message.parts, likely, intents)
        rows.append(found)
        shapes.append(message.vectors[[one.place for one in proposed]])
        labels += [entry_of(intents[one.column]) in message.example.asks for one in proposed]
        groups += [message.example.block] * len(proposed)
    return _learn(np.vstack(rows), np.vstack(shapes), np.array(labels), np.array(groups))


def _learn(rows: Array, shapes: Vectors, labels: Array, groups: Array) -> Divider:
    form = make_pipeline(StandardScaler(), LogisticRegression(C=_FORM, max_iter=1000))
    # the second is taught with what the first says of messages that it has not seen
    asking = cross_val_predict(form, shapes, labels, groups=groups, cv=GroupKFold(FOLDS), method="decision_function")
    whole = make_pipeline(StandardScaler(), PolynomialFeatures(2, include_bias=False), StandardScaler(), LogisticRegression(C=_WHOLE, max_iter=600))
    return Divider(_plain(form.fit(shapes, labels)), _judge(whole.fit(np.column_stack([rows, asking]), labels)))


def _plain(fitted: Pipeline) -> Array:
    """Return weights and bias for unscaled features: one product a message."""
    scaler, model = fitted[0], fitted[1]
    weights = model.coef_[0] / scaler.scale_
    return np.append(weights, model.intercept_[0] - weights @ scaler.mean_)


def _judge(fitted: Pipeline) -> Judge:
    """Return the same as one square of weights, without the second scaling."""
    first, products, second, model = (step for _, step in fitted.steps)
    weights = model.coef_[0] / second.scale_
    count = first.n_features_in_
    pairs = np.zeros((count, count))
    for powers, weight in zip(products.powers_[count:], weights[count:], strict=True):
        pairs[np.flatnonzero(powers)[0], np.flatnonzero(powers)[-1]] = weight
    return Judge(first.mean_, first.scale_, weights[:count], pairs, np.array(model.intercept_[0] - weights @ second.mean_))
