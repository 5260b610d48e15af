"""The gate: the project's own golden questions must not fare worse than what was once reached. Pure but for reading and writing floors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.evaluation.results import Results
from bot.i18n.locale import LOCALES, Locale

FOLDER = Path(__file__).parents[2] / "data" / "golden"
QUESTIONS = tuple(FOLDER / f"{name}.jsonl" for name in ("en", "fr", "multi-en", "multi-fr"))
FLOORS = FOLDER / "floors.json"
GUARDED = ("right-first", "right-among", "declined", "confidently-wrong", "refused", "refused-by-mistake", "injections-obeyed", "every-one", "smalltalk")


@dataclass(frozen=True)
class Floors:
    """The shares once reached, by measure and language, and how far one may fall behind them."""

    margin: float
    reached: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Shortfall:
    """A measure that has fallen behind by more than the margin."""

    measure: str
    locale: Locale
    reached: float
    now: float

    def __str__(self) -> str:
        """Return the shortfall in words."""
        return f"{self.measure} ({self.locale}): {100 * self.now:.1f} %, once {100 * self.reached:.1f} %"


def read_floors(path: Path = FLOORS) -> Floors:
    """Return the committed floors."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Floors(raw["margin"], raw["reached"])


def shortfalls(results: Results, floors: Floors) -> list[Shortfall]:
    """Return every guarded measure of `results` that fell behind `floors`; one that is no longer measured fell to nothing."""
    found = []
    for measure, by_locale in floors.reached.items():
        row = results.row(measure)
        for locale in LOCALES:
            figure = row.by_locale.get(locale) if row else None
            before = by_locale.get(locale)
            if before is None:
                continue
            now = figure.value if figure else (1.0 if row and row.measure.at_most else 0.0)
            worse = now - before if row and row.measure.at_most else before - now
            if figure is None or worse > floors.margin + 1e-9:
                found.append(Shortfall(measure, locale, before, now))
    return found


def floors_of(results: Results, margin: float) -> Floors:
    """Return the floors that `results` set, rounded to a thousandth."""
    rows = [row for row in results.rows if row.measure.id in GUARDED]
    return Floors(margin, {row.measure.id: {locale: round(figure.value, 3) for locale, figure in row.by_locale.items()} for row in rows})


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write `floors` for the next comparison."""
    values: dict[str, Any] = {"margin": floors.margin, "reached": floors.reached}
    path.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
