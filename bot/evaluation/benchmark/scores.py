"""How good decisions are where some questions are out of scope. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import matthews_corrcoef

from bot.evaluation import figures
from bot.evaluation.benchmark.splits import OUT, Example
from bot.evaluation.figures import Figure


@dataclass(frozen=True)
class Scores:
    """Shares right: of all questions (out of scope is a label like others), in scope, and of those out of scope; and Matthews' coefficient."""

    accuracy: Figure
    in_scope: float
    out_of_scope: float | None
    mcc: float
    count: int


def score(test: Sequence[Example], decided: Sequence[str], *, seed: int = 1) -> Scores:
    """Return the scores of what was `decided` for each of `test` (at least one)."""
    right = [decision == example.label or decision in example.also for example, decision in zip(test, decided, strict=True)]
    inside = [ok for example, ok in zip(test, right, strict=True) if example.label != OUT]
    outside = [ok for example, ok in zip(test, right, strict=True) if example.label == OUT]
    accuracy = figures.share(right, seed=seed)
    if accuracy is None:
        raise ValueError("there is nothing to score")
    # A label that is right as well counts as the one wanted.
    settled = [example.label if ok else decision for example, decision, ok in zip(test, decided, right, strict=True)]
    mcc = float(matthews_corrcoef([example.label for example in test], settled))
    return Scores(accuracy, _share(inside) or 0.0, _share(outside), mcc, len(test))


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
