"""Days and hours of a sentence as instants, only where day, hour and place of the clock are all said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.content.figures import Figure, figures
from bot.content.lexicon import lexicon, plain
from bot.content.notice_import.vocabulary import rule
from bot.i18n.locale import Locale


@dataclass(frozen=True)
class Moment:
    """An instant as ISO 8601 with offset; `contradiction` says how its words disagree with themselves."""

    value: str
    words: str
    contradiction: str = ""


@dataclass(frozen=True)
class _Zone:
    name: str
    offset: str
    start: int
    word: str


def moments(text: str, locale: Locale) -> list[Moment]:
    """Return the instants that `text` states, in order; an hour without a day, or without a clock, is none."""
    found = figures(text, locale)
    days = [figure for figure in found if figure.kind == "date" and not figure.value.startswith("--")]
    hours = [figure for figure in found if figure.kind == "time" and not _ends(text, figure, found, locale)]
    if not days or not hours:
        return []
    zones = list(_zones(text))
    moments_ = []
    for index, hour in enumerate(hours):
        following = hours[index + 1].start if index + 1 < len(hours) else len(text)
        day = _day(days, hour, hours_first=hours[0].start < days[0].start)
        moment = _moment(text, day, hour, _said(zones, hour.end, following)) if day else None
        if moment:
            moments_.append(moment)
    return moments_


def _ends(text: str, hour: Figure, found: list[Figure], locale: Locale) -> bool:
    """Tell whether `hour` is the end of a span («from 4 pm to 5 pm»)."""
    before = [figure for figure in found if figure.end <= hour.start]
    return bool(before and before[-1].kind == "time" and rule("until", locale).search(plain(text)[before[-1].end : hour.start]))


def _day(days: list[Figure], hour: Figure, *, hours_first: bool) -> Figure | None:
    if hours_first:
        return next((day for day in days if day.start > hour.start), None)
    return next((day for day in reversed(days) if day.start < hour.start), None)


def _said(zones: list[_Zone], start: int, end: int) -> list[_Zone]:
    """Return the clock said with an hour: between it and the next hour, or the only one of the sentence."""
    near = [zone for zone in zones if start <= zone.start < end]
    places = {zone.name for zone in zones if zone.name}
    return near or ([zone for zone in zones if zone.name] if len(places) == 1 else [])


def _moment(text: str, day: Figure, hour: Figure, zones: list[_Zone]) -> Moment | None:
    places = list(dict.fromkeys(zone.name for zone in zones if zone.name))
    offsets = list(dict.fromkeys(zone.offset for zone in zones if zone.offset))
    last = max([hour.end, day.end] + [zone.start + len(zone.word) for zone in zones])
    words = text[min(day.start, hour.start) : last + (text[last : last + 1] == ")")]
    naive = datetime.fromisoformat(f"{day.value}T{hour.value}")
    if places:
        moment = naive.replace(tzinfo=ZoneInfo(places[0]))
        offset = moment.isoformat()[-6:]
        wrong = [zone for zone in zones if zone.offset and zone.offset != offset]
        why = f"it says {wrong[0].word}, which is UTC{wrong[0].offset}, but the clock of {places[0]} is at UTC{offset} on that day" if wrong else ""
        return Moment(moment.isoformat(timespec="minutes"), words, why)
    if len(offsets) == 1:
        return Moment(f"{naive.isoformat(timespec='minutes')}{offsets[0]}", words)
    return None


def _zones(text: str) -> Iterator[_Zone]:
    found = [_Zone(name, "", match.start(), match[0]) for name, pattern in _places() for match in pattern.finditer(plain(text))]
    for match in _abbreviations().finditer(text):
        sign = match["sign"]
        offset = f"{'-' if sign in '-−' else '+'}{int(match['hours']):02}:00" if sign else lexicon()["zones"]["offsets"][match["word"]]
        found.append(_Zone("", offset, match.start(), match[0]))
    yield from sorted(found, key=lambda zone: zone.start)


@cache
def _places() -> tuple[tuple[str, re.Pattern[str]], ...]:
    # A place is a clock only where the sentence says so: «Brussels time», «heure de Bruxelles».
    spelled = r"\b(?:{0})(?:'s)? (?:local )?time\b|\b(?:time in|heures? (?:locale )?(?:de|d'|à)) ?(?:{0})\b"
    return tuple((name, re.compile(spelled.format(words), re.IGNORECASE)) for name, words in lexicon()["zones"]["places"].items())


@cache
def _abbreviations() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<word>{'|'.join(lexicon()['zones']['offsets'])})\b(?:\s?(?P<sign>[+−-])\s?(?P<hours>1[0-4]|0?\d)(?::?00)?(?!\d))?")
