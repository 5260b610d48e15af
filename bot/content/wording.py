"""Facts put into words: a template with ``{fact|format}`` becomes text in a locale, by Babel's rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates, lists, numbers, units

from bot.content.facts import Fact, Money, Month
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale, babel_locale, other

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9-]*)(?:\|([a-z]+))?\}")
NO_BREAK = "\u00a0"
_BOUNDS = {"at-least": "bound-at-least", "more-than": "bound-more-than", "at-most": "bound-at-most", "less-than": "bound-less-than"}
_TIME = {"en": "HH:mm", "fr": "H 'h' mm"}
_DATE = {"en": "d MMMM y", "fr": "d MMMM y"}
_DAY = {"en": "d MMMM", "fr": "d MMMM"}
_DATE_TIME = {"en": "{date}, {time}", "fr": "{date}, {time}"}


class UnknownFact(KeyError):
    """A template names a fact that the notice does not hold."""


class UnknownFormat(ValueError):
    """A template asks for a format that the fact's type does not have."""


def placeholders(template: str) -> list[tuple[str, str]]:
    """Return each ``(fact, format)`` that `template` inserts, in order; no format is ``""``."""
    return [(found[1], found[2] or "") for found in PLACEHOLDER.finditer(template)]


def fill(template: str, facts: Mapping[str, Fact], locale: Locale, *, zone: ZoneInfo) -> str:
    """Return `template` with every placeholder replaced by its fact in words."""

    def words(found: re.Match[str]) -> str:
        fact = facts.get(found[1])
        if fact is None:
            raise UnknownFact(found[1])
        return in_words(fact, locale, found[2] or "", zone=zone)

    return PLACEHOLDER.sub(words, template)


def in_words(fact: Fact, locale: Locale, form: str = "", *, zone: ZoneInfo) -> str:
    """Return one fact in words; `form` is one of the formats of its type (docs/design/content.md)."""
    value = fact.value(locale)
    if form == "count" and fact.type in {"list", "territories", "languages", "months"}:
        return str(len(value))
    writer = _WRITERS.get((fact.type, form))
    if writer is None:
        raise UnknownFormat(f"{fact.id}|{form}")
    return writer(value, fact, locale, zone)


def formats(kind: str) -> list[str]:
    """Return the formats that facts of type `kind` can be written in."""
    counted = ["count"] if kind in {"list", "territories", "languages", "months"} else []
    return [form for type_, form in _WRITERS if type_ == kind] + counted


def date_words(moment: datetime, locale: Locale, *, zone: ZoneInfo) -> str:
    """Return the day of `moment` in `zone`, as in «22 June 2025»."""
    return _first_of_month(dates.format_date(moment.astimezone(zone).date(), _DATE[locale], locale=babel_locale(locale)), locale)


def time_words(moment: datetime, locale: Locale, *, zone: ZoneInfo) -> str:
    """Return the hour of `moment` in `zone`, as in «23:59» and «23 h 59»."""
    local = moment.astimezone(zone)
    text = dates.format_time(local.time(), _TIME[locale], locale=babel_locale(locale))
    if locale == "fr" and local.minute == 0:
        text = text.removesuffix(" 00")  # «16 h», never «16 h 00»
    return text.replace(" ", NO_BREAK)


def join(items: Sequence[str], locale: Locale, style: str = "standard") -> str:
    """Return `items` as a list in a sentence («a, b and c»); `style` is ``standard`` (and) or ``or``."""
    return str(lists.format_list(list(items), style=style, locale=babel_locale(locale)))  # type: ignore[arg-type]


def territory(code: str, locale: Locale) -> str:
    """Return the name of the territory with the ISO 3166 code `code`."""
    return str(babel_locale(locale).territories[code])


def _first_of_month(text: str, locale: Locale) -> str:
    return re.sub(r"^1 ", "1er ", text) if locale == "fr" else text


def _date(value: datetime, fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
    return date_words(value, locale, zone=zone).replace(" ", NO_BREAK, 1)


def _time(value: datetime, fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
    return time_words(value, locale, zone=zone)


def _day(value: datetime, fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
    text = dates.format_date(value.astimezone(zone).date(), _DAY[locale], locale=babel_locale(locale))
    return _first_of_month(text, locale).replace(" ", NO_BREAK, 1)


def _date_time(value: datetime, fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
    return _DATE_TIME[locale].format(date=_date(value, fact, locale, zone), time=_time(value, fact, locale, zone))


def _money(value: Money, fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
    return numbers.format_currency(value.amount, value.currency, locale=babel_locale(locale))


def _number(value: int, fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
    return numbers.format_decimal(value, locale=babel_locale(locale))


def _unit(value: int, fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
    if fact.unit is None:
        raise UnknownFormat(f"{fact.id} has no unit")
    return units.format_unit(value, f"duration-{fact.unit}", length="long", locale=babel_locale(locale)).replace(" ", NO_BREAK)


def _bound(value: int, fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
    return phrase(_BOUNDS[fact.comparison[locale]], locale, value=_unit(value, fact, locale, zone))


def _versions(value: int, fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
    """Say a bound as the version in `locale` sets it, with the other version's where that is another one."""
    own = _bound(value, fact, locale, zone)
    if not fact.differs:
        return own
    said = phrase(_BOUNDS[fact.comparison[other(locale)]], locale, value=_unit(fact.value(other(locale)), fact, locale, zone))
    return phrase("bound-of-versions", locale, own=own, other=said)


def _months(style: str) -> Callable[..., str]:
    def write(value: tuple[Month, ...], fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
        names = babel_locale(locale).months["stand-alone"]["wide"]
        if len({month.year for month in value}) == 1:  # «March and September 2026»: the year once
            return f"{join([names[month.month] for month in value], locale, style)}{NO_BREAK}{value[0].year}"
        return join([f"{names[month.month]}{NO_BREAK}{month.year}" for month in value], locale, style)

    return write


def _languages(style: str) -> Callable[..., str]:
    def write(value: tuple[str, ...], fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
        return join([babel_locale(locale).languages[code] for code in value], locale, style)

    return write


def _territories(value: tuple[str, ...], fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
    names = sorted((territory(code, locale) for code in value), key=lambda name: name.replace("É", "E"))
    return join(names, locale)


def _text(value: str, fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
    return value


def _lines(value: tuple[str, ...], fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
    return "\n".join(f"• {item}" for item in value)


def _list(style: str) -> Callable[..., str]:
    def write(value: tuple[str, ...], fact: Fact, locale: Locale, zone: ZoneInfo) -> str:
        return join(value, locale, style)

    return write


_WRITERS: dict[tuple[str, str], Callable[[Any, Fact, Locale, ZoneInfo], str]] = {
    ("instant", ""): _date_time,
    ("instant", "date"): _date,
    ("instant", "time"): _time,
    ("instant", "day"): _day,
    ("money", ""): _money,
    ("count", ""): _number,
    ("count", "unit"): _unit,
    ("bound", ""): _number,
    ("bound", "unit"): _unit,
    ("bound", "bound"): _bound,
    ("bound", "versions"): _versions,
    ("months", ""): _months("standard"),
    ("months", "and"): _months("standard"),
    ("months", "or"): _months("or"),
    ("languages", ""): _languages("standard"),
    ("languages", "and"): _languages("standard"),
    ("languages", "or"): _languages("or"),
    ("territories", ""): _territories,
    ("territories", "and"): _territories,
    ("text", ""): _text,
    ("list", ""): _lines,
    ("list", "and"): _list("standard"),
    ("list", "or"): _list("or"),
}
