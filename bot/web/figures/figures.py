"""Daily counts made into figures: by period, language, topic and entry. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeVar

from bot.content.model import TOPICS
from bot.i18n.locale import LOCALES, Locale
from bot.records.counts import HELPFUL, UNHELPFUL, Counted

Ending = Literal["answered", "clarified", "declined"]
ENDINGS: Mapping[str, Ending] = {"answer": "answered", "clarify": "clarified", "not_in_notice": "declined", "out_of_scope": "declined", "refusal": "declined"}
Span = Literal["day", "week", "month"]
WEEKS_FROM, MONTHS_FROM = 45, 200  # days from which on a column is a week, a month
MOST_ENTRIES = 12
ASKED_ABOUT = tuple(topic for topic in TOPICS if topic != "talk")  # nobody edits or counts small talk by topic
_Key = TypeVar("_Key")


@dataclass(frozen=True)
class Tally:
    """How many messages were asked and how they ended; small talk is not counted. `helpful` and `unhelpful` are answers that someone judged."""

    answered: int = 0
    clarified: int = 0
    declined: int = 0
    helpful: int = 0
    unhelpful: int = 0

    @property
    def asked(self) -> int:
        """All that was asked."""
        return self.answered + self.clarified + self.declined

    def share(self, number: int) -> float | None:
        """Return `number` as a share of what was asked; None where nothing was."""
        return number / self.asked if self.asked else None

    @property
    def approval(self) -> float | None:
        """The share of judged answers that helped; None where none was judged."""
        judged = self.helpful + self.unhelpful
        return self.helpful / judged if judged else None


@dataclass(frozen=True)
class Figures:
    """Everything that the page shows of a stretch of days."""

    first: date
    last: date
    span: Span
    total: Tally
    by_locale: Mapping[Locale, Tally]
    by_period: Sequence[tuple[date, Tally]]
    asked_by_period: Sequence[tuple[date, Mapping[Locale, int]]]
    by_topic: Sequence[tuple[str, Tally]]
    asked_by_topic: Mapping[str, Mapping[Locale, int]]
    by_entry: Sequence[tuple[str, Tally]]


def figures(counted: Mapping[Counted, int], first: date, last: date, *, topic: str | None = None, locale: Locale | None = None) -> Figures:
    """Return the figures of what was `counted` from `first` to `last`, of one `topic` and one `locale` where they are given.

    Messages are counted once; under a topic, each answer of a message counts.
    """
    chosen = {one: number for one, number in counted.items() if locale in {None, one.locale}}
    blocks = {one: number for one, number in chosen.items() if one.entry and topic in {None, one.topic}}
    whole = blocks if topic else {one: number for one, number in chosen.items() if not one.entry}
    span = span_of(first, last)
    starts = list(dict.fromkeys(start_of(first + timedelta(days=day), span) for day in range((last - first).days + 1)))
    periods = _split(whole, lambda one: start_of(one.day, span))
    topics = _split({one: number for one, number in blocks.items() if one.what in ENDINGS or one.what in {HELPFUL, UNHELPFUL}}, lambda one: one.topic)
    entries = sorted(((entry, tally(rows)) for entry, rows in _split(blocks, lambda one: one.entry).items()), key=lambda pair: (-pair[1].asked, pair[0]))
    return Figures(
        first=first,
        last=last,
        span=span,
        total=tally(whole),
        by_locale={tag: tally({one: number for one, number in whole.items() if one.locale == tag}) for tag in LOCALES},
        by_period=[(start, tally(periods.get(start, {}))) for start in starts],
        asked_by_period=[(start, _asked(periods.get(start, {}))) for start in starts],
        by_topic=[(name, tally(topics[name])) for name in ASKED_ABOUT if name in topics and tally(topics[name]).asked],
        asked_by_topic={name: _asked(rows) for name, rows in topics.items()},
        by_entry=[pair for pair in entries if pair[1].asked][:MOST_ENTRIES],
    )


def tally(counted: Mapping[Counted, int]) -> Tally:
    """Return the sums of `counted`."""
    sums: Counter[str] = Counter()
    for one, number in counted.items():
        sums[ENDINGS.get(one.what, one.what)] += number
    return Tally(sums["answered"], sums["clarified"], sums["declined"], sums[HELPFUL], sums[UNHELPFUL])


def span_of(first: date, last: date) -> Span:
    """Return what one column stands for."""
    days = (last - first).days + 1
    return "day" if days < WEEKS_FROM else "week" if days < MONTHS_FROM else "month"


def start_of(day: date, span: Span) -> date:
    """Return the first day of the period that `day` lies in; a week begins on Monday."""
    if span == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if span == "week" else day


def _split(counted: Mapping[Counted, int], key: Callable[[Counted], _Key]) -> dict[_Key, dict[Counted, int]]:
    parts: dict[_Key, dict[Counted, int]] = defaultdict(dict)
    for one, number in counted.items():
        parts[key(one)][one] = number
    return parts


def _asked(counted: Mapping[Counted, int]) -> Mapping[Locale, int]:
    return {tag: tally({one: number for one, number in counted.items() if one.locale == tag}).asked for tag in LOCALES}
