"""Messages that lean on the turn before, and those that only look so."""

from __future__ import annotations

import pytest

from bot.nlu.context import Before, closer, follow_up, of_both, points_to_the_other, wanted_language
from bot.nlu.entities import find_entities
from bot.nlu.reading import Candidate

OFFICES = {"250697": ("OSG", "secretary general"), "250813": ("NOR", "resources office", "bureau des ressources")}
QUESTIONS = {"webinar-when": "When is the info session?", "deadline": "When is the last day to apply?"}


def lean(text, entries=("stipend",), choices=(), *, sure=False):
    before = Before(entries, choices)
    found = follow_up(text, find_entities(text, "en", OFFICES), before, QUESTIONS, other_one=points_to_the_other(text), sure=sure)
    return (found.lean, found.entries, found.locale) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("and for the other one?", ("again", ("stipend",), None), id="the other one"),
        pytest.param("et pour l'autre ?", ("again", ("stipend",), None), id="l'autre"),
        pytest.param("same for the resources office?", ("again", ("stipend",), None), id="an office"),
        pytest.param("and OSG?", ("again", ("stipend",), None), id="a short name"),
        pytest.param("is that the same in both?", ("again", ("stipend",), None), id="both"),
        pytest.param("why?", ("again", ("stipend",), None), id="why"),
        pytest.param("et en français ?", ("language", ("stipend",), "fr"), id="in French"),
        pytest.param("in English please", ("language", ("stipend",), "en"), id="in English"),
        pytest.param("more", ("more", ("stipend",), None), id="more"),
        pytest.param("what are the hours at OSG", None, id="asks something of its own"),
        pytest.param("I would rather know whether the other office needs people who write well in French", None, id="long"),
        pytest.param("do I need French?", None, id="a language is the subject"),
    ],
)
def test_follow_up(text, expected):
    assert lean(text) == expected


@pytest.mark.parametrize("text", ["2", "the second", "number two", "la deuxième", "last day to apply"])
def test_a_choice_by_number_or_words(text):
    assert lean(text, choices=("webinar-when", "deadline")) == ("choice", ("deadline",), None)


def test_something_else_is_a_new_question():
    assert lean("do you pay for my flight", choices=("webinar-when", "deadline")) is None


def test_what_is_said_of_oneself_bears_on_the_answer_before():
    assert lean("and if I'm 20?", ("age",)) == ("again", ("age",), None)
    assert lean("I'm in Montreal", ("deadline",)) == ("again", ("deadline-time-zone",), None)
    assert lean("I'm 20, how many hours would I work?", ("age",), sure=True) is None


def test_without_a_turn_before_nothing_leans():
    assert lean("and the other one?", ()) is None


def test_closer_keeps_the_sum(library):
    ranked = [Candidate("faq/webinar-when", 0.5), Candidate("faq/deadline-time-zone", 0.3)]
    nearer = closer(ranked, Before(("deadline",)), library.entries, "at what time?")
    assert nearer[0].intent == "faq/deadline-time-zone"
    assert sum(candidate.confidence for candidate in nearer) == pytest.approx(0.8)
    assert closer(ranked, Before(), library.entries, "at what time?") == ranked


def test_words_that_point():
    assert of_both("pareil pour les deux ?")
    assert not of_both("the deadline?")
    assert wanted_language("passe en anglais") == "en"
    assert wanted_language("English or French?") is None
