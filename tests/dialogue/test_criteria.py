"""What applicants say of themselves, held against the published criteria: at the boundaries, in both versions."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dialogue.criteria import compare
from bot.i18n.locale import LOCALES
from bot.nlu.entities import find_entities

JUNE_15 = date(2025, 6, 15)  # a week before the deadline of the 22nd


def outcome(library, entry, text, locale="en", today=JUNE_15):
    notice = library.notices["250697"]
    found = compare(library, library.entries[entry], notice, find_entities(text, locale, {}), locale, today=today)
    return found.check.outcome if found else None


@pytest.mark.parametrize(
    ("entry", "text", "expected"),
    [
        pytest.param("age", "I'm 20", "fails", id="under the minimum"),
        pytest.param("age", "I'm exactly 21", "depends", id="at it: the versions differ"),
        pytest.param("age", "I'm 22", "meets", id="over it"),
        pytest.param("age", "born on 20 June 2004", "depends", id="birthday before the deadline"),
        pytest.param("age", "born on 23 June 2004", "fails", id="birthday after the deadline"),
        pytest.param("age", "21 then?", "depends", id="a bare number"),
        pytest.param("age", "how old?", None, id="nothing given"),
        pytest.param("nationality", "I'm Swedish", "meets", id="member"),
        pytest.param("nationality", "I'm Swiss", "fails", id="not a member"),
        pytest.param("nationality", "I'm Irish and American", "depends", id="two nationalities"),
        pytest.param("recent-graduate", "I graduated in July 2024", "meets", id="eleven months"),
        pytest.param("recent-graduate", "I graduated in June 2024", "depends", id="twelve months: the day decides"),
        pytest.param("recent-graduate", "my degree is of May 2021", "depends", id="years ago: other alternatives"),
        pytest.param("recent-graduate", "I got my diploma three months ago", "meets", id="months ago"),
        pytest.param("language-requirement", "I only speak English", "meets", id="one of the two"),
        pytest.param("language-requirement", "I speak Spanish and Italian", "depends", id="none of the two"),
        pytest.param("studies-requirement", "I'm in my first year of law", "meets", id="a student"),
        pytest.param("studies-requirement", "I have two years of university", "meets", id="two years"),
        pytest.param("studies-requirement", "one year of university only", "depends", id="one year: alternatives"),
        pytest.param("studies-requirement", "I'm still in high school", "depends", id="school"),
    ],
)
def test_outcome(library, entry, text, expected):
    assert outcome(library, entry, text) == expected


@pytest.mark.parametrize("locale", LOCALES)
def test_nobody_is_told_that_they_are_eligible(library, locale):
    forbidden = {"en": "you are eligible", "fr": "vous êtes admissible"}
    for criterion in library.criteria.values():
        for words in criterion.says.values():
            assert forbidden[locale] not in words[locale].lower()
            assert {"en": "Internship Office decides", "fr": "service des stages qui décide"}[locale] in words[locale]
