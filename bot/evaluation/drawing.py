"""Drawings as inline SVG, all in one calm manner (matplotlib, no window)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from bot.evaluation.page import Markup

COLOURS = {"en": "#1d4f7c", "fr": "#c06a2b", "both": "#5b6675"}
_STYLE = {
    "svg.fonttype": "none", "svg.hashsalt": "guichet", "font.family": "sans-serif", "font.size": 10, "text.color": "#1f2a37", "axes.edgecolor": "#c5ccd4",
    "axes.labelcolor": "#5b6675", "xtick.color": "#5b6675", "ytick.color": "#5b6675", "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True,
    "grid.color": "#eceff2", "axes.axisbelow": True, "legend.frameon": False, "figure.constrained_layout.use": True,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """Points joined by a line, and what they are called."""

    name: str
    points: Sequence[tuple[float, float]]
    colour: str
    dots: Sequence[float] = ()  # sizes; none draws no dots


@dataclass(frozen=True)
class Span:
    """A value with the interval it lies in, on a row of its own."""

    row: str
    name: str
    colour: str
    value: float
    low: float
    high: float
    target: float | None = None


class _Sheet:
    """What a drawing is made on, and its SVG once drawn."""

    def __init__(self, width: float, height: float) -> None:
        self.figure = Figure(figsize=(width, height))
        self.canvas = FigureCanvasSVG(self.figure)
        self.axes: Axes = self.figure.subplots()
        self.markup = Markup("")

    def draw(self, description: str, name: str) -> None:
        """Write the SVG; `name` keeps its ids apart from those of the page's other drawings."""
        out = io.StringIO()
        with mpl.rc_context({**_STYLE, "svg.hashsalt": name}):
            self.figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        svg = out.getvalue()[out.getvalue().index("<svg") :]
        svg = re.sub(r'(id="|#)(?=[A-Za-z])(?![0-9a-f]{3,6}[";])', rf"\g<1>{name}-", svg)
        self.markup = Markup(svg.replace("<svg", f'<svg role="img" aria-label="{description}"', 1))


@contextmanager
def _sheet(width: float, height: float, description: str, name: str) -> Iterator[_Sheet]:
    with mpl.rc_context(_STYLE):
        sheet = _Sheet(width, height)
        yield sheet
        sheet.draw(description, name)


def lines(name: str, description: str, drawn: Sequence[Line], *, across: str, up: str, diagonal: bool = False, logarithmic: bool = False) -> Markup:
    """Return curves on one pair of axes; `diagonal` adds the line on which both are equal."""
    with _sheet(6.4, 4.2, description, name) as sheet:
        axes = sheet.axes
        if diagonal:
            axes.plot([0, 1], [0, 1], color="#c5ccd4", linewidth=1, linestyle="--")
        for line in drawn:
            x, y = [point[0] for point in line.points], [point[1] for point in line.points]
            axes.plot(x, y, color=line.colour, linewidth=1.8, label=line.name)
            if line.dots:
                axes.scatter(x, y, s=list(line.dots), color=line.colour, alpha=0.5)
        if logarithmic:
            axes.set_xscale("log")
            axes.set_yscale("log")
        axes.set_xlabel(across)
        axes.set_ylabel(up)
        if drawn:
            axes.legend()
    return sheet.markup


def spans(name: str, description: str, drawn: Sequence[Span], *, across: str) -> Markup:
    """Return values with their intervals, a row each, the target as a short upright line."""
    rows = list(dict.fromkeys(span.row for span in drawn))
    names = list(dict.fromkeys(span.name for span in drawn))
    with _sheet(8.6, 0.9 + 0.16 * len(rows) * (1 + len(names)), description, name) as sheet:
        for span in drawn:
            place = rows.index(span.row) + (names.index(span.name) - (len(names) - 1) / 2) * 0.7 / max(1, len(names))
            first = span.row == next(other.row for other in drawn if other.name == span.name)
            sheet.axes.plot([span.low, span.high], [place, place], color=span.colour, linewidth=2, alpha=0.45)
            sheet.axes.plot([span.value], [place], "o", color=span.colour, markersize=5, label=span.name if first else None)
            if span.target is not None:
                sheet.axes.plot([span.target] * 2, [rows.index(span.row) - 0.4, rows.index(span.row) + 0.4], color="#1f2a37", linewidth=1.2)
        sheet.axes.set_yticks(range(len(rows)), rows)
        sheet.axes.invert_yaxis()
        sheet.axes.set_xlabel(across)
        if drawn:
            sheet.axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return sheet.markup


def histogram(name: str, description: str, values: Sequence[float], *, across: str, up: str) -> Markup:
    """Return how often each size occurs."""
    with _sheet(6.4, 3.0, description, name) as sheet:
        top = sorted(values)[int(0.99 * (len(values) - 1))] if values else 1.0
        sheet.axes.hist([min(value, top) for value in values], bins=40, color=COLOURS["en"], alpha=0.8)
        sheet.axes.set_xlabel(across)
        sheet.axes.set_ylabel(up)
    return sheet.markup
