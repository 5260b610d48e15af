"""Where an answer comes from and how its notices stand, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import get_timezone_location

from bot.content.model import Library, Notice
from bot.content.render import Source
from bot.content.wording import date_words, join, time_words
from bot.i18n.catalogue import phrase, plural
from bot.i18n.locale import Locale, babel_locale


@dataclass(frozen=True)
class Place:
    """Notices of which the same sections are named."""

    notices: str
    sections: tuple[str, ...]
    closed: str


@dataclass(frozen=True)
class Standing:
    """One notice and whether it is open."""

    reference: str
    title: str
    is_open: bool
    status: str


def places(library: Library, sources: Sequence[Source], locale: Locale, *, now: datetime) -> tuple[Place, ...]:
    """Return the sections by notice; notices with the same sections and the same state stand together."""
    sections: dict[str, list[str]] = {}
    for source in sources:
        sections.setdefault(source.notice, []).append(source.section)
    alike: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for reference, named in sections.items():
        closed = closed_since(library.notices[reference], locale, now=now)
        alike.setdefault((tuple(dict.fromkeys(named)), closed), []).append(reference)
    return tuple(Place(plural("site-notice", len(group), locale, references=join(group, locale)), named, closed) for (named, closed), group in alike.items())


def standing(notice: Notice, locale: Locale, *, now: datetime) -> Standing:
    """Return how `notice` stands at `now`."""
    closed, deadline = closed_since(notice, locale, now=now), notice.deadline()
    status = closed or phrase("site-open", locale)
    if deadline and not closed:
        place = get_timezone_location(str(notice.zone), locale=babel_locale(locale), return_city=True)
        status = phrase("site-open-until", locale, date=date_words(deadline, locale, zone=notice.zone), time=time_words(deadline, locale, zone=notice.zone), place=place)
    return Standing(notice.reference, notice.words("title", locale).replace(" - ", " – "), not closed, status[:1].upper() + status[1:])


def closed_since(notice: Notice, locale: Locale, *, now: datetime) -> str:
    """Return since when `notice` has been closed, in words; nothing while it is open."""
    deadline = notice.deadline()
    if deadline is None or now <= deadline:
        return ""
    return phrase("site-closed-since", locale, date=date_words(deadline, locale, zone=notice.zone))
