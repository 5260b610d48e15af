"""The last hour to apply, told in the time zone of a place that the applicant names."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from bot.content.wording import date_words, time_words
from bot.dialogue.turn import Turn
from bot.i18n.catalogue import phrase
from bot.i18n.locale import babel_locale

MAX_PLACES = 3


def elsewhere(turn: Turn) -> list[str]:
    """Return a sentence for each other zone named: the deadline's hour and day there."""
    deadlines = {deadline for notice in turn.notices if (deadline := notice.deadline())}
    if len(deadlines) != 1:
        return []
    deadline = deadlines.pop()
    home = turn.notices[0].zone
    sentences = []
    for key in dict.fromkeys(entity.value for entity in turn.entities if entity.kind == "zone"):
        zone = ZoneInfo(key)
        if deadline.astimezone(zone).utcoffset() == deadline.astimezone(home).utcoffset():
            continue
        place = get_timezone_location(key, locale=babel_locale(turn.locale), return_city=True)
        sentences.append(
            phrase("deadline-elsewhere", turn.locale, place=place, time=time_words(deadline, turn.locale, zone=zone), date=date_words(deadline, turn.locale, zone=zone))
        )
    return sentences[:MAX_PLACES]
