"""Whether a stated confidence is true, and what it costs to answer more. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.records import Record
from bot.nlu.intents import entry_of, kind_of

BINS = 10


@dataclass(frozen=True)
class Judged:
    """The classifier's first candidate for a question: how sure, whether right, and whether it is an answer."""

    confidence: float
    right: bool
    answers: bool


@dataclass(frozen=True)
class Bin:
    """The questions of which the first candidate's confidence lies in ``[low, high)``; the last bin holds 1 too."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True)
class Reliability:
    """The bins that hold something, the mean gap between confidence and truth (ECE) and the Brier score."""

    bins: tuple[Bin, ...]
    gap: float
    brier: float


@dataclass(frozen=True)
class Point:
    """From which confidence on is answered; the share of questions then answered, and the share of these that are right."""

    threshold: float
    coverage: float
    accuracy: float


def judged(records: Sequence[Record]) -> list[Judged]:
    """Return the first candidates of `records` that have a ranking."""
    ranked = [(record, record.ranking[0]) for record in records if record.ranking]
    return [Judged(first.confidence, _right(record, entry_of(first.intent)), kind_of(first.intent) == "answer") for record, first in ranked]


def _right(record: Record, entry: str) -> bool:
    if record.case.family in {"out_of_scope", "injection"}:
        return record.right(entry) or entry in {"out-of-scope", "other-language"}
    return record.right(entry)


def reliability(firsts: Sequence[Judged]) -> Reliability:
    """Return how true the confidences of `firsts` (at least one) are."""
    bins = []
    for index in range(BINS):
        inside = [first for first in firsts if min(int(first.confidence * BINS), BINS - 1) == index]
        if inside:
            stated = sum(first.confidence for first in inside) / len(inside)
            bins.append(Bin(index / BINS, (index + 1) / BINS, len(inside), stated, sum(first.right for first in inside) / len(inside)))
    gap = sum(bin_.count * abs(bin_.confidence - bin_.accuracy) for bin_ in bins) / len(firsts)
    brier = sum((first.confidence - first.right) ** 2 for first in firsts) / len(firsts)
    return Reliability(tuple(bins), gap, brier)


def coverage(firsts: Sequence[Judged]) -> tuple[Point, ...]:
    """Return, for each threshold from 0 to 1 in steps of 0.02, how much would be answered and how much of it rightly."""
    points = []
    for threshold in (step / 50 for step in range(51)):
        answered = [first for first in firsts if first.answers and first.confidence >= threshold]
        if answered:
            points.append(Point(threshold, len(answered) / len(firsts), sum(first.right for first in answered) / len(answered)))
    return tuple(points)
