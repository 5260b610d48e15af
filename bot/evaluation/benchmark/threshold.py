"""The threshold of abstention, chosen on training data alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.benchmark.splits import OUT, Example, folds
from bot.evaluation.benchmark.systems import Guess, System

FOLDS = 3
REPEATS = 4  # for small training data: one way of leaving intents out says little there
SMALL = 1_000  # training sentences
MOST_ASKED = 1_000  # sentences asked in a fold; more would not move the threshold


@dataclass(frozen=True)
class Held:
    """A guess for a sentence held out of training, whether it is right, and whether the sentence is out of scope."""

    guess: Guess
    right: bool
    outside: bool


def held_out(system: System, train: Sequence[Example], *, seed: int) -> list[Held]:
    """Return guesses for sentences of `train` held out by folds.

    Where the training data tells what is out of scope, that is what is held out as such; else each fold leaves out intents whole: these are out of scope
    there. Small training data is divided several times anew.
    """
    found = []
    chance = random.Random(seed)  # noqa: S311  # chance that can be repeated is wanted here
    repeats = REPEATS if len(train) <= SMALL else 1
    for split in (split for repeat in range(repeats) for split in folds(train, FOLDS, seed=seed + repeat, leaving_out=not tells(train))):
        asked = list(split.test) if len(split.test) <= MOST_ASKED else chance.sample(split.test, MOST_ASKED)
        if not asked:
            continue
        system.fit(split.train, seed=seed)
        guesses = system.guess([example.text for example in asked])
        found += [Held(guess, guess.label == example.label, example.label == OUT) for guess, example in zip(guesses, asked, strict=True)]
    return found


def tells(train: Sequence[Example]) -> bool:
    """Tell whether `train` holds sentences that are out of scope."""
    return any(example.label == OUT for example in train)


def chosen(held: Sequence[Held]) -> float:
    """Return the threshold at which the share right in scope and the share declined out of scope are best on average.

    Both weigh the same: training data does not tell how many questions will be out of scope. The middle of equally good thresholds is taken. Where every
    intent has a single sentence nothing in scope can be held out and nothing be chosen: then every guess is taken.
    """
    if all(one.outside for one in held):
        return 0.0
    values = np.unique([one.guess.confidence for one in held])
    between = np.concatenate([[values[0] - 1e-9], (values[:-1] + values[1:]) / 2, [values[-1] + 1e-9]])
    merits = np.array([_merit(held, threshold) for threshold in _thinned(between)])
    best = np.flatnonzero(merits >= merits.max() - 1e-12)
    return float(_thinned(between)[best[len(best) // 2]])


def _thinned(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return values if len(values) <= 400 else np.asarray(np.quantile(values, np.linspace(0, 1, 400)))


def _merit(held: Sequence[Held], threshold: float) -> float:
    taken = [one.guess.confidence >= threshold for one in held]
    inside = [one.right and took for one, took in zip(held, taken, strict=True) if not one.outside]
    outside = [not took or one.right for one, took in zip(held, taken, strict=True) if one.outside]
    shares = [sum(values) / len(values) for values in (inside, outside) if values]
    return sum(shares) / len(shares)
