"""Shares with their uncertainty: bootstrap intervals, seeded. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RESAMPLES = 2_000
LEVEL = 0.95


@dataclass(frozen=True)
class Figure:
    """A share (or a difference of shares), the interval it lies in, and of how many."""

    value: float
    low: float
    high: float
    count: int


def share(holds: Sequence[bool], *, seed: int = 1) -> Figure | None:
    """Return the share of true values with its interval; None of nothing."""
    return mean([float(value) for value in holds], seed=seed)


def mean(values: Sequence[float], *, seed: int = 1) -> Figure | None:
    """Return the mean of `values` with its interval; None of nothing."""
    if not values:
        return None
    data = np.asarray(values, dtype=np.float64)
    return _figure(float(data.mean()), _means(data, np.random.default_rng(seed)), len(data))


def difference(first: Sequence[bool], second: Sequence[bool], *, seed: int = 1) -> Figure | None:
    """Return the share in `first` less the share in `second`, each resampled on its own; None where either is empty."""
    if not first or not second:
        return None
    random = np.random.default_rng(seed)
    one, two = (np.asarray(values, dtype=np.float64) for values in (first, second))
    return _figure(float(one.mean() - two.mean()), _means(one, random) - _means(two, random), len(one) + len(two))


def _means(data: npt.NDArray[np.float64], random: np.random.Generator) -> npt.NDArray[np.float64]:
    return np.asarray(data[random.integers(0, len(data), (RESAMPLES, len(data)))].mean(axis=1))


def _figure(value: float, resampled: npt.NDArray[np.float64], count: int) -> Figure:
    low, high = np.quantile(resampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(value, float(low), float(high), count)
