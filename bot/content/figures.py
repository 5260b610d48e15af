"""Figures in a text of either language, brought to one form: numbers, quantities, dates, hours, amounts, comparisons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from bot.content.lexicon import any_of, lexicon, month_numbers, number_words, plain
from bot.i18n.locale import Locale

MAX_CHARACTERS = 50_000  # a whole notice has half of that
_AMOUNT = r"\d{1,3}(?:[ ,.]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,12}(?:[.,]\d{1,2})?(?!\d)"
_MONTHS_IN_YEAR = 12
_DAY_ENDS_AT = 24


@dataclass(frozen=True)
class Figure:
    """One figure: its `kind`, its `value` in a form common to both languages, and where it stands."""

    kind: str
    value: str
    start: int
    end: int

    @property
    def same(self) -> tuple[str, str]:
        """What must be equal in the two languages."""
        return (self.kind, self.value)


@dataclass(frozen=True)
class Comparison:
    """A comparison word, e.g. ``at-least``, and where it stands."""

    kind: str
    start: int
    end: int


def figures(text: str, locale: Locale) -> list[Figure]:
    """Return every figure in `text`, in order; none stands in two."""
    return list(_figures(text, locale))


@lru_cache(maxsize=4096)  # each check of a text looks for its figures
def _figures(text: str, locale: Locale) -> tuple[Figure, ...]:
    text = plain(text[:MAX_CHARACTERS])
    found: list[Figure] = []
    for pattern, read in _scanners(locale):
        for match in pattern.finditer(text):
            found.extend(read(match))
            if found and found[-1].start >= match.start():
                text = text[: match.start()] + "\0" * (match.end() - match.start()) + text[match.end() :]
    return tuple(sorted(found, key=lambda figure: figure.start))


def comparisons(text: str, locale: Locale) -> list[Comparison]:
    """Return the comparison words in `text`, in order."""
    text = plain(text[:MAX_CHARACTERS])
    found = []
    for kind, pattern in _comparison_patterns(locale):
        for match in pattern.finditer(text):
            found.append(Comparison(kind, *match.span()))
            text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    return sorted(found, key=lambda comparison: comparison.start)


def comparison_of(text: str, start: int, end: int, locale: Locale) -> str | None:
    """Return the comparison that the figure at `start`…`end` is said with: the nearest within a few words, the one before it first."""
    near = comparisons(text, locale)
    before = [c for c in near if c.end <= start and len(re.findall(r"\w+", text[c.end : start])) <= _WORDS_BETWEEN and not re.search(r"[.;:(\n]", text[c.end : start])]
    after = [c for c in near if c.start >= end and len(re.findall(r"\w+", text[end : c.start])) <= _WORDS_AFTER and not re.search(r"[.;:,()\n]", text[end : c.start])]
    chosen = before[-1:] or after[:1]
    return chosen[0].kind if chosen else None


_WORDS_BETWEEN = 3
_WORDS_AFTER = 5  # «3 stages différents du programme au plus»


def amount(text: str, locale: Locale) -> str | None:
    """Return `text` («1,286.09», «1 286,09») as a plain decimal, or nothing where it can be read in two ways."""
    text = plain(text).replace(" ", "")
    marks = [mark for mark in text if mark in ".,"]
    if len(set(marks)) == 2:
        decimal = marks[-1]
        return None if marks.count(decimal) > 1 else text.replace("." if decimal == "," else ",", "").replace(",", ".")
    if not marks:
        return text
    if len(text.rsplit(marks[0], 1)[1]) != 3:
        return text.replace(",", ".") if len(marks) == 1 else None
    grouping = {"en": ",", "fr": "."}[locale]
    return text.replace(marks[0], "") if marks[0] == grouping else None


Scanner = tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Figure]]]


@cache
def _scanners(locale: Locale) -> tuple[Scanner, ...]:
    words, months = number_words(locale), month_numbers(locale)
    month = any_of(months)
    number = rf"(?:{_AMOUNT})"
    spelled = any_of(words)
    counted = any_of(word for word in words if word not in lexicon()["articles"][locale] and word not in lexicon()["not_numbers"][locale])
    unit = "|".join(lexicon()["units"][locale].values())
    money = any_of(lexicon()["currencies"])
    joined = r"(?:\s*(?:/|,|-|\band\b|\bor\b|\bet\b|\bou\b|&)\s*)"
    table: list[tuple[str, Callable[[re.Match[str], Locale], Iterator[Figure]]]] = [
        (r"(?:UTC|GMT)\s?(?P<sign>[+-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?(?!\d)", _offset),
        (r"(?<![\w-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\w-])", _date),
        (r"(?<![\w/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\w/-])", _date),
        (rf"(?<!\w)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?[ -](?:of )?(?P<name>{month})\b\.?(?:,?[ -](?P<year>\d{{4}})(?!\d))?", _date),
        (rf"\b(?P<name>{month})\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\w)(?:,? (?P<year>\d{{4}})(?!\d))?", _date),
        (rf"\b(?P<names>(?:{month})\b\.?(?:(?: (?P<first>\d{{4}}))?{joined}(?:{month})\b\.?)?) (?P<year>\d{{4}})(?!\d)", _months),
        *_TIMES[locale],
        (rf"(?<![\w.,])(?P<amount>{number})\s?(?P<currency>{money})(?!\w)", _money),
        (rf"(?<!\w)(?P<currency>{money})\s?(?P<amount>{number})", _money),
        (rf"(?<![\w.,])(?P<amount>{number})\s?(?:%|per ?cent\b|pour ?cent\b)", _percent),
        (rf"(?<![\w.,])(?P<number>{number})(?:st|nd|rd|th|er|ère|e|ème)\b", _ordinal),
        (rf"(?<![\w.,])(?:(?P<number>{number})|\b(?P<word>{spelled})\b)(?:\s?\((?P<again>\d+|{spelled})\))?[\s-]?(?P<unit>{unit})\b", _quantity),
        (rf"(?<![\w.,])(?:(?P<number>{number})(?![\w])|\b(?P<word>{counted})\b(?![-'])(?:\s?\((?P<again>\d+)\))?)", _number),
        (rf"\b(?P<names>{any_of(name for name in months if name not in lexicon()['not_months_alone'][locale])})\b", _months),
    ]
    return tuple((re.compile(pattern, re.IGNORECASE), lambda match, read=read: read(match, locale)) for pattern, read in table)


@cache
def _comparison_patterns(locale: Locale) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(rf"(?<!\w)(?:{pattern})(?!(?<=\w)\w)", re.IGNORECASE)) for kind, pattern in lexicon()["comparisons"][locale])


def _figure(kind: str, value: str, match: re.Match[str]) -> Figure:
    return Figure(kind, value, match.start(), match.end())


def _offset(match: re.Match[str], _: Locale) -> Iterator[Figure]:
    yield _figure("offset", f"{match['sign']}{int(match['hours']):02}:{match['minutes'] or '00'}", match)


def _date(match: re.Match[str], locale: Locale) -> Iterator[Figure]:
    parts = match.groupdict()
    month = month_numbers(locale)[parts["name"].lower()] if parts.get("name") else int(parts["month"])
    year = int(parts["year"] or 2000)  # a leap year: «29 February» alone is a day
    try:
        day = date(year, month, int(parts["day"]))
    except ValueError:
        return
    yield _figure("date", day.isoformat() if parts["year"] else f"--{day:%m-%d}", match)


def _months(match: re.Match[str], locale: Locale) -> Iterator[Figure]:
    parts = match.groupdict()
    names = month_numbers(locale)
    named = [names[name.lower()] for name in re.findall(rf"\b(?:{any_of(names)})\b", match["names"], re.IGNORECASE)]
    for index, month in enumerate(named):
        year = (parts.get("first") if index == 0 and parts.get("first") else parts.get("year")) or "-"
        yield _figure("month", f"{year}-{month:02}", match)


def _time(match: re.Match[str], _: Locale) -> Iterator[Figure]:
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
    half = (parts.get("half") or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    if hour < _DAY_ENDS_AT:
        yield Figure("time", f"{hour:02}:{minute:02}", match.start("hour"), match.end())


_TIMES: dict[Locale, tuple[tuple[str, Callable[[re.Match[str], Locale], Iterator[Figure]]], ...]] = {
    "en": (
        (r"(?<![\w.,:])(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m)\b\.?", _time),
        (r"(?<![\w.,:])(?P<hour>\d{1,2})[:h](?P<minute>[0-5]\d)(?![\d:])", _time),
        (r"\b(?:at|by|until|till|from|to|before|after)\s+(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)(?![\d.]|\s?(?:%|euro|eur))", _time),
        (r"\b(?:at|by|until|till|from|before|after)\s+(?P<hour>\d{1,2}) (?:hours|hrs|o'clock)\b", _time),
    ),
    "fr": (
        (r"(?<![\w.,:])(?P<hour>\d{1,2})\s?(?:h|heures?|:)\s?(?P<minute>[0-5]\d)(?![\d:])", _time),
        (r"(?:\b(?:de|vers|dès|entre|et|avant|après)\s|à\s|,\s)(?P<hour>\d{1,2})\s?(?:h|heures?)\b(?!\s?(?:par|/|hebdo|de travail|la semaine))", _time),
        (r"(?:à|de|dès|vers|avant|après)\s(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)(?![\d.]|\s?(?:%|euro|eur))", _time),
    ),
}


def _money(match: re.Match[str], locale: Locale) -> Iterator[Figure]:
    value = amount(match["amount"], locale)
    # A sum that only one language's notation explains is still a figure: what is written is what is compared.
    yield _figure("money", f"{_trimmed(value) if value else match['amount']} {lexicon()['currencies'][match['currency'].lower()]}", match)


def _percent(match: re.Match[str], locale: Locale) -> Iterator[Figure]:
    yield _figure("percent", _trimmed(amount(match["amount"], locale) or match["amount"]), match)


def _ordinal(match: re.Match[str], _: Locale) -> Iterator[Figure]:
    yield _figure("ordinal", match["number"], match)


def _quantity(match: re.Match[str], locale: Locale) -> Iterator[Figure]:
    value = _value(match, locale)
    if value is None:
        return
    unit = next(name for name, pattern in lexicon()["units"][locale].items() if re.fullmatch(pattern, match["unit"], re.IGNORECASE))
    if unit == "year" and value.isdigit() and int(value) == 1:  # «one year» and «12 months» are one length
        value, unit = str(_MONTHS_IN_YEAR), "month"
    yield _figure("quantity", f"{value} {unit}", match)


def _number(match: re.Match[str], locale: Locale) -> Iterator[Figure]:
    value = _value(match, locale)
    if value is not None:
        yield _figure("number", value, match)


def _value(match: re.Match[str], locale: Locale) -> str | None:
    """Return the number; «three (3)» is one number, «three (2)» is none that can be trusted."""
    value = str(number_words(locale)[match["word"].lower()]) if match["word"] else amount(match["number"], locale)
    again = match.groupdict().get("again")
    if again and value is not None:
        second = again if again.isdigit() else str(number_words(locale).get(again.lower(), ""))
        if int(second or -1) != float(value):
            return f"{value} ({second})"
    return _trimmed(value) if value is not None else match["number"]


def _trimmed(value: str) -> str:
    return value.rstrip("0").rstrip(".") if "." in value else value
