"""The last day to apply: that it is today, and how much of it is left. Said beside an answer, for a page that is kept must not count minutes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from babel.dates import get_timezone_location
from babel.units import format_unit

from bot.content.model import Entry, Notice
from bot.content.render import head_of
from bot.content.wording import NO_BREAK, join, time_words
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale, babel_locale

TELLS_THE_HOUR = frozenset({"deadline", "deadline-time-zone"})


def closing_today(entry: Entry, notices: Sequence[Notice], locale: Locale, *, now: datetime) -> list[str]:
    """Return a sentence on the time that is left where `entry` speaks of applying and a notice closes today; each office by name where they differ."""
    if not entry.closes and entry.id not in TELLS_THE_HOUR:
        return []
    concerned = [notice for notice in notices if entry.concerns(notice)]
    groups: dict[str, list[Notice]] = {}
    for notice in concerned:
        groups.setdefault(_sentence(entry, notice, locale, now), []).append(notice)
    said = {words: some for words, some in groups.items() if words}
    return [words if len(some) == len(concerned) else f"{head_of(some, locale)} {words}" for words, some in said.items()]


def left(span: timedelta, locale: Locale) -> str:
    """Return `span` in hours and minutes, begun minutes counted whole: «5 hours and 12 minutes»."""
    hours, minutes = divmod(max(1, math.ceil(span / timedelta(minutes=1))), 60)
    parts = [(hours, "duration-hour"), (minutes, "duration-minute")]
    return join([format_unit(number, unit, length="long", locale=babel_locale(locale)).replace(" ", NO_BREAK) for number, unit in parts if number], locale)


def _sentence(entry: Entry, notice: Notice, locale: Locale, now: datetime) -> str:
    deadline = notice.deadline()
    if deadline is None or now > deadline or now.astimezone(notice.zone).date() != deadline.astimezone(notice.zone).date():
        return ""
    if entry.id in TELLS_THE_HOUR:
        return phrase("time-left", locale, left=left(deadline - now, locale))
    place = get_timezone_location(notice.zone.key, locale=babel_locale(locale), return_city=True)
    return phrase("closes-today", locale, time=time_words(deadline, locale, zone=notice.zone), place=place, left=left(deadline - now, locale))
