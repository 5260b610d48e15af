"""Everything that was measured in one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.evaluation.calibration import Point, Reliability
from bot.evaluation.cases import Family
from bot.evaluation.figures import Figure
from bot.evaluation.measures import Measure, confidently_wrong, right
from bot.evaluation.records import Record
from bot.i18n.locale import Locale

SHOWN = 12  # of the slowest cases and, in words for a terminal, of the confused pairs
LOST = 0.03  # aimed at on variants, at most


@dataclass(frozen=True)
class Row:
    """A measure's figures: by language, of both, and English less French."""

    measure: Measure
    by_locale: Mapping[Locale, Figure]
    both: Figure
    difference: Figure | None


@dataclass(frozen=True)
class Loss:
    """What a measure loses on a variant of the questions, in shares: positive is worse. By language, each with the share itself."""

    variant: str
    measure: Measure
    shares: Mapping[Locale, float]
    losses: Mapping[Locale, Figure]


@dataclass(frozen=True)
class Confusion:
    """How often something was said first where something else was wanted."""

    wanted: str
    given: str
    count: int


@dataclass(frozen=True)
class Topic:
    """Lone questions of one label in one language, and how many were rightly replied to."""

    label: str
    family: Family
    locale: Locale
    count: int
    right: int


@dataclass(frozen=True)
class Speed:
    """Milliseconds a message."""

    median: float
    p95: float
    slowest: float


@dataclass(frozen=True)
class Results:
    """What one run of the questions came to."""

    about: Mapping[str, str]
    rows: tuple[Row, ...]
    losses: tuple[Loss, ...]
    reliability: Mapping[Locale, Reliability]
    coverage: Mapping[Locale, tuple[Point, ...]]
    confusions: tuple[Confusion, ...]
    topics: tuple[Topic, ...]
    speed: Speed
    records: tuple[Record, ...] = field(repr=False)

    @property
    def slowest(self) -> list[Record]:
        """The records that took longest, slowest first."""
        return sorted(self.records, key=lambda record: -record.milliseconds)[:SHOWN]

    @property
    def wrong(self) -> list[Record]:
        """What was not right, the worst first: surely and wrongly answered before asked back."""
        missed = [record for record in self.records if record.case.family != "several" and not right(record)]
        return sorted(missed, key=lambda record: (not confidently_wrong(record), -(record.ranking[0].confidence if record.ranking else 0.0), record.case.id))

    def row(self, measure: str) -> Row | None:
        """Return the figures of `measure`; None where no question was about it."""
        return next((row for row in self.rows if row.measure.id == measure), None)

    def as_json(self) -> dict[str, Any]:
        """Return plain values; shares are 0..1."""
        from bot.evaluation.plain import json_of

        return json_of(self)

    def as_text(self) -> str:
        """Return the figures in words for a terminal."""
        from bot.evaluation.summary import summary

        return summary(self)

    def as_html(self) -> str:
        """Return a page that needs nothing beside itself."""
        from bot.evaluation.report import report

        return report(self)
