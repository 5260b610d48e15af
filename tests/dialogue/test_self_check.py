"""The guided self-check, without understanding: what a message means to an open question, and what is summed up."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.dialogue.self_check import Begun, Elsewhere, Filled, Said, SameAgain, Stopped, Unclear, buttons, choosable, hear, label
from bot.dialogue.self_check_reply import Progress, ask, stop, summarise
from bot.dialogue.turn import Turn
from bot.i18n.locale import LOCALES
from bot.nlu.entities import find_entities
from bot.nlu.offices import office_names
from bot.nlu.reading import Ambiguous, NotUnderstood, Understood
from bot.nlu.self_check import STEPS
from tests.conftest import AFTER_THE_DEADLINE, BETWEEN


def turn(library, text="", reading=None, locale="en", now=BETWEEN, page=None):
    entities = tuple(find_entities(text, locale, office_names(library)))
    return Turn(library, locale, now, readings=(reading or NotUnderstood(0.1, text),), entities=entities, page=page)


def heard(library, step, text, reading=None, *, locale="en", pressed=None, language=None):
    return hear(turn(library, text, reading, locale), step, text=text, pressed=pressed, language=language)


def values(outcome):
    assert isinstance(outcome, Filled), outcome
    return {step: [entity.value for entity in said.entities] or said.notice for step, said in outcome.values.items()}


@pytest.mark.parametrize(
    ("step", "text", "locale", "expected"),
    [
        pytest.param("notice", "250813", "en", {"notice": "250813"}, id="a reference"),
        pytest.param("notice", "the second", "en", {"notice": "250813"}, id="by its place"),
        pytest.param("notice", "OSG", "fr", {"notice": "250697"}, id="a short name"),
        pytest.param("nationality", "Swedish", "en", {"nationality": ["SE"]}, id="an adjective"),
        pytest.param("nationality", "norvège", "fr", {"nationality": ["NO"]}, id="a country"),
        pytest.param("nationality", "Irish and American", "en", {"nationality": ["IE", "US"]}, id="two nationalities"),
        pytest.param("nationality", "I'm Belgian, aged 23", "en", {"nationality": ["BE"], "age": ["23"]}, id="more than was asked"),
        pytest.param("age", "20", "en", {"age": ["20"]}, id="a bare number"),
        pytest.param("age", "born on 20 June 2004", "en", {"age": ["2004-06-20"]}, id="a date of birth"),
        pytest.param("age", "20 juin 2004", "fr", {"age": ["2004-06-20"]}, id="a bare date"),
        pytest.param("studies", "I am a student", "en", {"studies": ["i am a student"]}, id="a student"),
        pytest.param("studies", "2 years", "en", {"studies": ["2"]}, id="years without a word"),
        pytest.param("studies", "juillet 2024", "fr", {"studies": ["2024-07"]}, id="a bare month"),
        pytest.param("languages", "both", "en", {"languages": ["en", "fr"]}, id="both"),
        pytest.param("languages", "français", "fr", {"languages": ["fr"]}, id="a language, and no nationality"),
    ],
)
def test_a_value_is_taken(library, step, text, locale, expected):
    found = values(heard(library, step, text, locale=locale))
    found = {key: ["i am a student"] if key == "studies" and value == ["student"] else value for key, value in found.items()}
    assert found == expected


@pytest.mark.parametrize("text", ["skip", "Skip!", "passer", "je préfère ne pas le dire", "I don't know"])
def test_every_question_can_be_skipped_in_words(library, text):
    for step in STEPS:
        assert heard(library, step, text) == Filled({step: Said()})


@pytest.mark.parametrize("step", STEPS)
def test_every_question_can_be_skipped_and_stopped_by_a_button(library, step):
    assert heard(library, step, "", pressed="self-check/skip") == Filled({step: Said()})
    assert isinstance(heard(library, step, "", pressed="self-check/stop"), Stopped)


@pytest.mark.parametrize("text", ["stop", "arrête", "annuler", "never mind"])
def test_it_can_be_stopped(library, text):
    assert isinstance(heard(library, "age", text), Stopped)


@pytest.mark.parametrize(
    ("step", "text", "reading", "expected"),
    [
        pytest.param("age", "how much is the grant?", Understood("faq/stipend", 0.9), Elsewhere, id="another question"),
        pytest.param("nationality", "do you pay the flight from Sweden?", Understood("faq/travel-reimbursement", 0.9), Elsewhere, id="a value in another question"),
        pytest.param("nationality", "is Sweden fine?", Understood("faq/nationality", 0.9), Filled, id="a value in a question on the criterion"),
        pytest.param("age", "how old must I be?", Understood("faq/age", 0.9), Elsewhere, id="the criterion itself is asked"),
        pytest.param("age", "stipend", Understood("faq/stipend", 0.9), Elsewhere, id="a bare word that asks"),
        pytest.param("studies", "some courses here and there", Understood("faq/studies-requirement", 0.9), Unclear, id="no question, no value"),
        pytest.param("age", "write my letter", Understood("refusal/write-my-application", 0.9), Elsewhere, id="a request to write"),
        pytest.param("age", "what about the thing?", Ambiguous(("faq/age", "faq/hours"), 0.3), Elsewhere, id="a question that is not clear"),
        pytest.param("age", "hm", NotUnderstood(0.1), Unclear, id="nothing"),
        pytest.param("age", "200", NotUnderstood(0.1), Unclear, id="no age of anybody"),
        pytest.param("nationality", "the moon", NotUnderstood(0.1), Unclear, id="no country"),
    ],
)
def test_questions_and_values_are_told_apart(library, step, text, reading, expected):
    assert isinstance(heard(library, step, text, reading), expected)


def test_a_change_of_language_puts_the_question_again(library):
    assert isinstance(heard(library, "age", "en français ?", language="fr"), SameAgain)


def test_it_begins_with_what_is_known(library):
    begun = hear(turn(library, "I'm Swedish, check me", page="250813"), None, text="I'm Swedish, check me")
    assert isinstance(begun, Begun)
    assert begun.values["notice"].notice == "250813"
    assert begun.values["nationality"].entities[0].value == "SE"
    assert hear(turn(library), None, text="check me") == Begun({})


@pytest.mark.parametrize("locale", LOCALES)
def test_every_button_says_something_and_is_understood(library, locale):
    for step in STEPS:
        for button in buttons(library, step):
            assert choosable(library, button)
            assert label(library, button, locale)
            assert step in heard(library, step, "", locale=locale, pressed=button).values
    assert not choosable(library, "self-check/notice/999999")


@pytest.mark.parametrize("locale", LOCALES)
def test_questions_offer_to_skip_and_to_stop(library, locale):
    for step in STEPS:
        for tries in (0, 1, 2):
            reply = ask(turn(library, locale=locale), step, Progress(tries), "250697")
            assert [choice.entry for choice in reply.suggestions][-2:] == ["self-check/skip", "self-check/stop"]
            assert reply.blocks[-1].entry == (f"self-check/{step}-again" if tries else f"self-check/{step}")


@pytest.mark.parametrize(
    ("step", "text", "outcomes"),
    [
        pytest.param("age", "20", {"age": "fails"}, id="too young"),
        pytest.param("age", "21", {"age": "depends"}, id="exactly"),
        pytest.param("nationality", "Sweden", {"nationality": "meets"}, id="a member"),
        pytest.param("studies", "degree in July 2024", {"graduation": "meets"}, id="a degree"),
        pytest.param("languages", "French", {"languages": "depends"}, id="not the language to write in"),
        pytest.param("languages", "English", {"languages": "meets"}, id="the language to write in"),
    ],
)
def test_the_summary_compares(library, step, text, outcomes):
    said = {"notice": Said(notice="250697"), **heard(library, step, text).values}
    reply = summarise(turn(library), said)
    assert {check.criterion: check.outcome for check in reply.blocks[0].checks} == outcomes
    assert reply.blocks[0].text.count("not given") == 3
    assert "Internship Office decides" in reply.blocks[0].text
    assert reply.notices == ("250697",)


def test_without_a_notice_each_office_is_told_apart(library):
    reply = summarise(turn(library), heard(library, "languages", "French").values)
    assert reply.blocks[0].text.count("• Languages") == 2
    assert [check.outcome for check in reply.blocks[0].checks] == ["depends"]


@pytest.mark.parametrize("locale", LOCALES)
def test_nobody_is_told_that_they_are_eligible(library, locale):
    said = {
        "notice": Said(notice="250697"),
        **{step: values for step, text in {"age": "30", "languages": "anglais, english"}.items() for values in heard(library, step, text).values.values()},
    }
    for reply in (summarise(turn(library, locale=locale), said), summarise(turn(library, locale=locale), {}), stop(turn(library, locale=locale), None)):
        assert not any(words in reply.blocks[0].text.lower() for words in ("you are eligible", "vous êtes admissible", "vous pouvez postuler"))


def test_a_closed_notice_says_so_from_the_beginning(library):
    late = turn(library, now=AFTER_THE_DEADLINE)
    assert "closed on 22" in ask(late, "nationality", Progress(begun=False), "250697").blocks[0].text
    assert "closed on 22" in summarise(late, {"notice": Said(notice="250697"), **heard(library, "age", "30").values}).blocks[0].text
    assert isinstance(datetime.fromisoformat(late.moment), datetime)
