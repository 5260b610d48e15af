"""Typed facts of a notice: what a value may be, read from plain values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from bot.i18n.locale import LOCALES, Locale

FactType = str
TYPES: tuple[FactType, ...] = ("instant", "money", "count", "bound", "months", "languages", "territories", "text", "list", "link")
UNITS = ("hour", "day", "month", "year")
COMPARISONS = ("at-least", "more-than", "at-most", "less-than")


class BadFact(ValueError):
    """A value does not fit its type; the message says how it should look."""


@dataclass(frozen=True)
class Money:
    """An amount per period, e.g. 1286.09 EUR per month."""

    amount: Decimal
    currency: str
    per: str


@dataclass(frozen=True)
class Month:
    """A month of a year; gone when its last day is over."""

    year: int
    month: int

    def begins(self, zone: ZoneInfo) -> datetime:
        """Return its first moment in `zone`."""
        return datetime(self.year, self.month, 1, tzinfo=zone)

    def ends(self, zone: ZoneInfo) -> datetime:
        """Return the first moment after it in `zone`."""
        return datetime(self.year + self.month // 12, self.month % 12 + 1, 1, tzinfo=zone)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


@dataclass(frozen=True)
class Fact:
    """One fact: `values` holds its value by language (the same object in both where the notice agrees)."""

    id: str
    type: FactType
    values: Mapping[Locale, Any]
    section: str
    unit: str | None = None
    comparison: Mapping[Locale, str] = field(default_factory=dict)
    label: Mapping[Locale, str] = field(default_factory=dict)
    unclear: Mapping[Locale, str] = field(default_factory=dict)

    @property
    def differs(self) -> bool:
        """Tell whether the language versions of the notice set different bounds."""
        return len({self.comparison.get(locale) for locale in LOCALES}) > 1 or (self.type == "bound" and len({self.values[locale] for locale in LOCALES}) > 1)

    def value(self, locale: Locale) -> Any:
        """Return the value as the notice gives it in `locale`."""
        return self.values[locale]


def read_fact(identifier: str, raw: Mapping[str, Any]) -> Fact:
    """Return the fact that `raw` describes, or raise `BadFact`."""
    kind = raw.get("type")
    if kind not in TYPES:
        raise BadFact(f"type must be one of {', '.join(TYPES)}")
    if not isinstance(raw.get("section"), str):
        raise BadFact("section must name a section of the notice")
    unit = raw.get("unit")
    if unit is not None and unit not in UNITS:
        raise BadFact(f"unit must be one of {', '.join(UNITS)}")
    read = _READERS[kind]
    values: dict[Locale, Any] = {locale: read(_of(raw.get("value"), locale, kind)) for locale in LOCALES}
    comparison = {locale: _of(raw["comparison"], locale, "bound") for locale in LOCALES} if "comparison" in raw else {}
    if kind == "bound" and (not comparison or any(word not in COMPARISONS for word in comparison.values())):
        raise BadFact(f"a bound needs a comparison: {', '.join(COMPARISONS)}")
    return Fact(identifier, kind, values, raw["section"], unit, comparison, _words(raw.get("label")), _words(raw.get("unclear")))


def _of(value: Any, locale: Locale, kind: FactType) -> Any:
    """Return the part of `value` that belongs to `locale`; a plain value belongs to both."""
    if isinstance(value, dict) and set(value) <= set(LOCALES):
        if locale not in value:
            raise BadFact(f"no value in {locale!r}")
        return value[locale]
    if kind in {"text", "list"}:
        raise BadFact("words need a value in each language: {en: …, fr: …}")
    return value


def _words(raw: Any) -> dict[Locale, str]:
    return {locale: str(raw[locale]) for locale in LOCALES if isinstance(raw, dict) and locale in raw}


def _instant(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise BadFact("an instant looks like 2025-06-22T23:59+02:00") from error
    if moment.tzinfo is None:
        raise BadFact("an instant needs its offset from UTC, as in +02:00")
    return moment


def _money(value: Any) -> Money:
    try:
        return Money(Decimal(value["amount"]), str(value["currency"]), str(value["per"]))
    except (TypeError, KeyError, InvalidOperation) as error:
        raise BadFact('money looks like {amount: "1286.09", currency: EUR, per: month}') from error


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadFact("a count is a whole number")
    return value


def _months(value: Any) -> tuple[Month, ...]:
    if not isinstance(value, list) or not value:
        raise BadFact("months are a list like [2026-03, 2026-09]")
    months = []
    for item in value:
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", str(item))
        if not found:
            raise BadFact(f"{item!r} is not a month like 2026-03")
        months.append(Month(int(found[1]), int(found[2])))
    return tuple(sorted(months, key=str))


def _codes(pattern: str, example: str) -> Callable[[Any], tuple[str, ...]]:
    def read(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(re.fullmatch(pattern, str(item)) for item in value):
            raise BadFact(f"write a list like {example}")
        return tuple(str(item) for item in value)

    return read


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadFact("words are missing")
    return value.strip()


def _list(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise BadFact("a list needs at least one item")
    return tuple(_text(item) for item in value)


def _link(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"https://[^\s<>\"']+", value):
        raise BadFact("a link begins with https:// and has no spaces")
    return value


_READERS: dict[FactType, Callable[[Any], Any]] = {
    "instant": _instant,
    "money": _money,
    "count": _count,
    "bound": _count,
    "months": _months,
    "languages": _codes(r"[a-z]{2}", "[en, fr]"),
    "territories": _codes(r"[A-Z]{2}", "[BE, FR]"),
    "text": _text,
    "list": _list,
    "link": _link,
}
