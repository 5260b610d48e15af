"""Right for the day and the minute: open, closing today, closed; the info session ahead, today, over; days with 23 and 25 hours."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.content.render import render
from bot.dialogue.compose import say
from bot.dialogue.remaining import left
from bot.dialogue.turn import Turn
from bot.i18n.locale import LOCALES
from tests.conftest import AFTER_THE_DEADLINE
from tests.content.third import REFERENCE, third_library

DEADLINE = datetime.fromisoformat("2025-06-22T23:59:00+02:00")
SESSION = datetime.fromisoformat("2025-06-11T16:00:00+02:00")
SECOND = timedelta(seconds=1)


def text(library, entry, now, *, locale="en", page="250697"):
    return say(Turn(library, locale, now, page=page), [entry]).blocks[0].text


@pytest.mark.parametrize(
    ("now", "words", "other_words"),
    [
        pytest.param("2025-06-21T23:59:59+02:00", "The last day to apply is 22", "Time left", id="the day before, at its end"),
        pytest.param("2025-06-22T00:00:00+02:00", "Today", "", id="the day begins in Brussels"),
        pytest.param("2025-06-21T22:00:00+00:00", "Today", "", id="the day begins in Brussels, told in UTC"),
        pytest.param("2025-06-22T18:00:00+00:00", "Time left: 3\xa0hours and 59\xa0minutes.", "", id="hours left"),
        pytest.param("2025-06-22T23:58:01+02:00", "Time left: 1\xa0minute.", "", id="the last minute"),
        pytest.param("2025-06-22T23:59:00+02:00", "Today", "passed", id="the moment itself"),
        pytest.param("2025-06-22T23:59:01+02:00", "The deadline has passed", "Time left", id="the second after"),
    ],
)
def test_the_last_day_to_apply(library, now, words, other_words):
    said = text(library, "deadline", datetime.fromisoformat(now))
    assert words in said
    assert not other_words or other_words not in said


def test_answers_on_applying_say_that_it_closes_today(library):
    morning = DEADLINE - timedelta(hours=14, minutes=29)
    for entry in ("apply-how", "who-can-apply", "documents-required"):
        assert "Applications close today at 23:59, Brussels time: 14\xa0hours and 29\xa0minutes left." in text(library, entry, morning)
        assert "heure de Bruxelles" in text(library, entry, morning, locale="fr")
        assert "close today" not in text(library, entry, morning - timedelta(days=1))
    assert "close today" not in text(library, "stipend", morning)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_closed_notice_says_so_wherever_it_would_mislead(library, locale):
    closed = {"en": "closed on 22\xa0June 2025", "fr": "closes depuis le 22\xa0juin 2025"}[locale]
    for entry in library.entries.values():
        if entry.closes:
            assert closed in render(library, entry, list(library.notices.values()), locale, now=AFTER_THE_DEADLINE).text, entry.id
    inviting = {
        "apply-how",
        "who-can-apply",
        "age",
        "nationality",
        "studies-requirement",
        "recent-graduate",
        "language-requirement",
        "documents-required",
        "vacancy-reference",
        "self-check",
    }
    assert all(library.entries[entry].closes for entry in inviting)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        pytest.param(SESSION - timedelta(days=1), "The info session is on 11", id="ahead"),
        pytest.param(SESSION - timedelta(hours=16), "The info session is today", id="the day begins"),
        pytest.param(SESSION - SECOND, "The info session is today", id="a second before"),
        pytest.param(SESSION, "The info session is today", id="as it begins"),
        pytest.param(SESSION + SECOND, "that time has passed", id="begun"),
        pytest.param(SESSION + timedelta(days=1), "that time has passed", id="over"),
    ],
)
def test_the_info_session(library, now, words):
    assert words in text(library, "webinar-when", now)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        pytest.param("2026-03-28T23:59:59+01:00", "The last day to apply is 29", id="the day before, in winter time"),
        pytest.param("2026-03-29T00:30:00+01:00", "Time left: 22\xa0hours.", id="a day of 23 hours"),
        pytest.param("2026-03-29T01:59:00+01:00", "Time left: 20\xa0hours and 31\xa0minutes.", id="a minute before the clocks change"),
        pytest.param("2026-03-29T03:00:00+02:00", "Time left: 20\xa0hours and 30\xa0minutes.", id="a minute later"),
        pytest.param("2026-03-29T23:30:01+02:00", "The deadline has passed", id="over"),
    ],
)
def test_the_day_on_which_the_clocks_change(tmp_path, now, words):
    assert words in text(third_library(tmp_path), "deadline", datetime.fromisoformat(now), page=REFERENCE)


@pytest.mark.parametrize(
    ("span", "en", "fr"),
    [
        (timedelta(seconds=1), "1\xa0minute", "1\xa0minute"),
        (timedelta(minutes=60), "1\xa0hour", "1\xa0heure"),
        (timedelta(minutes=61), "1\xa0hour and 1\xa0minute", "1\xa0heure et 1\xa0minute"),
        (timedelta(hours=25), "25\xa0hours", "25\xa0heures"),
    ],
)
def test_what_is_left_in_words(span, en, fr):
    assert (left(span, "en"), left(span, "fr")) == (en, fr)
