"""Plots as geometry: numbers in, places of bars, lines and labels out; the template draws them as SVG. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 10, 26
LABELS = 190  # of a plot with bars that lie
ROW = 30
TICKS = 4
MOST_LABELS = 9


@dataclass(frozen=True)
class Bar:
    """A rectangle of one series."""

    x: float
    y: float
    width: float
    height: float
    series: str


@dataclass(frozen=True)
class Mark:
    """A number or a name beside an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A plot; `upright` bars stand over `names`, others lie beside them. `scale` marks the numbers."""

    bars: tuple[Bar, ...]
    names: tuple[Mark, ...]
    scale: tuple[Mark, ...]
    width: float
    height: float
    upright: bool


def upright(names: Sequence[str], series: Mapping[str, Sequence[int]]) -> Chart:
    """Return bars that stand, the series of each name on one another; so many names are written as find room."""
    top = _top(names, series)
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    step = wide / max(1, len(names))
    bars = []
    for place in range(len(names)):
        below = 0.0
        for name, numbers in series.items():
            height = numbers[place] / top * high
            if height:
                bars.append(Bar(round(LEFT + place * step + step * 0.14, 1), round(TOP + high - below - height, 1), round(step * 0.72, 1), round(height, 1), name))
            below += height
    every = ceil(len(names) / MOST_LABELS) if names else 1
    written = tuple(Mark(round(LEFT + (place + 0.5) * step, 1), name) for place, name in enumerate(names) if place % every == 0)
    scale = tuple(Mark(round(TOP + high - number / top * high, 1), str(number)) for number in _scale(top))
    return Chart(tuple(bars), written, scale, WIDTH, HEIGHT, upright=True)


def lying(names: Sequence[str], series: Mapping[str, Sequence[int]]) -> Chart:
    """Return bars that lie, a row for each name, the series of each name after one another."""
    top = _top(names, series)
    wide, high = WIDTH - LABELS - RIGHT - 16, ROW * len(names)
    bars = []
    for place in range(len(names)):
        before = 0.0
        for name, numbers in series.items():
            width = numbers[place] / top * wide
            if width:
                bars.append(Bar(round(LABELS + before, 1), TOP + place * ROW + 5, round(width, 1), ROW - 10, name))
            before += width
    rows = tuple(Mark(TOP + (place + 0.5) * ROW, name) for place, name in enumerate(names))
    scale = tuple(Mark(round(LABELS + number / top * wide, 1), str(number)) for number in _scale(top))
    return Chart(tuple(bars), rows, scale, WIDTH, TOP + high + BOTTOM, upright=False)


def _top(names: Sequence[str], series: Mapping[str, Sequence[int]]) -> int:
    """Return the number at the end of the scale: the least 1, 2, 4 or 8 times a power of ten that holds every sum."""
    most = max((sum(numbers[place] for numbers in series.values()) for place in range(len(names))), default=0)
    if most <= TICKS:
        return TICKS
    power = int(10 ** int(log10(most)))
    return next(step * power for step in (1, 2, 4, 8, 10, 20) if step * power >= most)


def _scale(top: int) -> list[int]:
    return sorted({top * tick // TICKS for tick in range(TICKS + 1)})
