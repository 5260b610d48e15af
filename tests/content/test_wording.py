"""Facts in words, by each language's rules."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.content.facts import BadFact, read_fact
from bot.content.wording import UnknownFact, UnknownFormat, fill, in_words

BRUSSELS = ZoneInfo("Europe/Brussels")


def fact(**raw):
    return read_fact("it", {"section": "x", **raw})


@pytest.mark.parametrize(
    ("raw", "form", "en", "fr"),
    [
        pytest.param({"type": "instant", "value": "2025-06-22T23:59+02:00"}, "date", "22\u00a0June 2025", "22\u00a0juin 2025", id="date"),
        pytest.param({"type": "instant", "value": "2025-06-01T16:00+02:00"}, "date", "1\u00a0June 2025", "1er\u00a0juin 2025", id="first of the month"),
        pytest.param({"type": "instant", "value": "2025-06-22T23:59+02:00"}, "time", "23:59", "23\u00a0h\u00a059", id="time"),
        pytest.param({"type": "instant", "value": "2025-06-11T14:00+00:00"}, "time", "16:00", "16\u00a0h", id="full hour, from another offset"),
        pytest.param({"type": "money", "value": {"amount": "1286.09", "currency": "EUR", "per": "month"}}, "", "€1,286.09", "1\u202f286,09\u00a0€", id="money"),
        pytest.param({"type": "count", "value": 38, "unit": "hour"}, "unit", "38\u00a0hours", "38\u00a0heures", id="count with unit"),
        pytest.param({"type": "months", "value": ["2026-09", "2026-03"]}, "or", "March or September\u00a02026", "mars ou septembre\u00a02026", id="months of one year"),
        pytest.param({"type": "months", "value": ["2026-09", "2027-03"]}, "", "September\u00a02026 and March\u00a02027", "septembre\u00a02026 et mars\u00a02027", id="two years"),
        pytest.param({"type": "territories", "value": ["SE", "AL", "US"]}, "", "Albania, Sweden and United States", "Albanie, États-Unis et Suède", id="in each alphabet"),
        pytest.param({"type": "list", "value": {"en": ["a", "b"], "fr": ["c", "d"]}}, "", "• a\n• b", "• c\n• d", id="list"),
        pytest.param({"type": "list", "value": {"en": ["a", "b"], "fr": ["c", "d"]}}, "count", "2", "2", id="length of a list"),
    ],
)
def test_in_words(raw, form, en, fr):
    assert in_words(fact(**raw), "en", form, zone=BRUSSELS) == en
    assert in_words(fact(**raw), "fr", form, zone=BRUSSELS) == fr


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param({"type": "instant", "value": "2025-06-22T23:59"}, id="no offset"),
        pytest.param({"type": "instant", "value": "soon"}, id="no instant"),
        pytest.param({"type": "money", "value": 1286}, id="money without currency"),
        pytest.param({"type": "count", "value": "38"}, id="a text for a count"),
        pytest.param({"type": "bound", "value": 21}, id="bound without comparison"),
        pytest.param({"type": "months", "value": ["2026-13"]}, id="thirteenth month"),
        pytest.param({"type": "text", "value": {"en": "only"}}, id="one language"),
        pytest.param({"type": "link", "value": "javascript:alert(1)"}, id="hostile link"),
        pytest.param({"type": "guess", "value": 1}, id="unknown type"),
    ],
)
def test_a_value_that_does_not_fit_its_type_is_refused(raw):
    with pytest.raises(BadFact):
        fact(**raw)


def test_a_template_never_keeps_a_placeholder():
    with pytest.raises(UnknownFact):
        fill("It is {nothing}.", {}, "en", zone=BRUSSELS)
    with pytest.raises(UnknownFormat):
        fill("It is {it|money}.", {"it": fact(type="count", value=3)}, "en", zone=BRUSSELS)
