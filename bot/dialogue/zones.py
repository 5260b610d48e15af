"""The last hour to apply, told in the time zone of a place that the applicant names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from bot.content.model import Notice
from bot.content.wording import date_words, time_words
from bot.dialogue.turn import Turn
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale, babel_locale
from bot.nlu.lexicon import lexicon

MAX_PLACES = 3
ZONED = "deadline-time-zone"  # the entry beside which it is said


def elsewhere(turn: Turn) -> list[str]:
    """Return a sentence for each other zone named: the deadline's hour and day there."""
    deadlines = {deadline for notice in turn.notices if (deadline := notice.deadline())}
    if len(deadlines) != 1:
        return []
    deadline = deadlines.pop()
    home = turn.notices[0].zone
    named = dict.fromkeys(entity.value for entity in turn.entities if entity.kind == "zone")
    others = [key for key in named if deadline.astimezone(ZoneInfo(key)).utcoffset() != deadline.astimezone(home).utcoffset()]
    return [_sentence(deadline, key, turn.locale) for key in others[:MAX_PLACES]]


def every_elsewhere(notices: Sequence[Notice], locale: Locale) -> frozenset[str]:
    """Return every sentence that can be said of the deadlines of `notices` in a time zone: what a transcript may hold."""
    return _every(frozenset(deadline for notice in notices if (deadline := notice.deadline())), locale)


@lru_cache(maxsize=16)
def _every(deadlines: frozenset[datetime], locale: Locale) -> frozenset[str]:
    return frozenset(_sentence(deadline, key, locale) for deadline in deadlines for key in _places())


def _places() -> set[str]:
    words = lexicon()
    return {*words.zones.values(), *(place.zone for place in words.places), *(zone for zones in words.several_zones.values() for zone in zones)}


def _sentence(deadline: datetime, key: str, locale: Locale) -> str:
    zone = ZoneInfo(key)
    place = get_timezone_location(key, locale=babel_locale(locale), return_city=True)
    return phrase("deadline-elsewhere", locale, place=place, time=time_words(deadline, locale, zone=zone), date=date_words(deadline, locale, zone=zone))
