"""Things named in a message: countries and nationalities, ages, notices, places, studies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.entities import find_entities, nationalities

OFFICES = {"250697": ("OSG", "Office of the Secretary General"), "250813": ("NOR", "resources office", "bureau des ressources")}


def values(text, kind, locale="en"):
    return [entity.value for entity in find_entities(text, locale, OFFICES) if entity.kind == kind]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("I'm from Sweden", ["SE"], id="country"),
        pytest.param("je suis suédoise", ["SE"], id="feminine adjective"),
        pytest.param("JE SUIS SUEDOIS", ["SE"], id="capitals, no accents"),
        pytest.param("citizen of Holland", ["NL"], id="other name"),
        pytest.param("I am a US citizen", ["US"], id="letters"),
        pytest.param("tell us more", [], id="«us» is a word"),
        pytest.param("My mum is Polish but I only hold a Ukrainian passport", ["UA"], id="a passport decides"),
        pytest.param("j'habite en Allemagne mais je suis marocaine", ["MA"], id="an adjective before the country of residence"),
        pytest.param("non pardon, pas l'Autriche, la Hongrie", ["HU"], id="taken back"),
        pytest.param("je suis congolais", ["CD"], id="one of two countries"),
        pytest.param("I am not Belgian", [], id="denied"),
        pytest.param("I have both French and Algerian nationality", ["FR", "DZ"], id="two"),
    ],
)
def test_nationalities(text, codes):
    assert nationalities(find_entities(text, "en", OFFICES)) == codes


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        pytest.param("I'm 20, is that ok?", ["20"], id="I'm 20"),
        pytest.param("j'ai 33 ans", ["33"], id="ans"),
        pytest.param("she is 19 years old", ["19"], id="years old"),
        pytest.param("do both take 21-year-olds?", ["21"], id="year-olds"),
        pytest.param("38 hours a week", [], id="hours"),
        pytest.param("j'ai 20 mois d'expérience", [], id="months"),
    ],
)
def test_ages(text, ages):
    assert sorted(set(values(text, "age"))) == ages


@pytest.mark.parametrize(
    ("text", "born"),
    [
        pytest.param("born on 3 March 2005", ["2005-03-03"], id="English"),
        pytest.param("née le 3 mars 2005", ["2005-03-03"], id="French"),
        pytest.param("né en 2004", ["2004"], id="only the year"),
        pytest.param("born 31/02/2005", ["2005"], id="no such day: only the year is sure"),
    ],
)
def test_births(text, born):
    assert values(text, "birth") == born


@pytest.mark.parametrize(
    ("text", "references"),
    [
        pytest.param("what about the OSG?", ["250697"], id="short name"),
        pytest.param("et au bureau des ressources ?", ["250813"], id="what people call it"),
        pytest.param("notice 250697", ["250697"], id="number"),
        pytest.param("a normal day", [], id="not inside a word"),
    ],
)
def test_notices(text, references):
    assert values(text, "notice") == references


def test_places_have_a_zone():
    assert values("what time is that in Montréal?", "zone") == ["America/Toronto"]
    assert values("à Istanbul", "zone") == ["Europe/Istanbul"]


@given(st.text(max_size=300))
def test_no_text_breaks_it(text):
    assert isinstance(find_entities(text, "fr", OFFICES), list)
