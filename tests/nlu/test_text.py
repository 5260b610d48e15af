"""Cleaning, segments, languages and noise."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.document import read_by
from bot.nlu.entities import _ruler, find_entities
from bot.nlu.language import LanguageModel
from bot.nlu.noise import noisy, shortened, with_slips, without_accents
from bot.nlu.normalise import MAX_CHARACTERS, canonical, clean, fold
from bot.nlu.segments import MAX_LEAVES, _sentencizer, segments
from bot.nlu.utterances import read_utterances


@given(st.text())
def test_clean_text_is_safe_and_stays_clean(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert len(cleaned) <= MAX_CHARACTERS
    cleaned.encode()
    assert not any(character in cleaned for character in "\0\u202e\u200b\ufeff")


def test_folding():
    assert fold("Où ÊTES-vous, cœur ?") == "ou etes-vous, coeur ?"
    assert canonical("“Hi”  …  l’été!!!!") == '"Hi" .. l\'été!!'


@pytest.mark.parametrize(
    ("text", "locale", "count"),
    [
        pytest.param("When is the deadline?", "en", 1, id="one"),
        pytest.param("Start date? End date? Extension?", "en", 1 + 3, id="the whole and its fragments"),
        pytest.param("How do I apply and where can I read the terms?", "en", 1 + 2, id="and"),
        pytest.param("hours n pay pls", "en", 1 + 2, id="n"),
        pytest.param("C'est où et ça commence quand ?", "fr", 1 + 2, id="et"),
        pytest.param("x? " * 50, "en", 1 + MAX_LEAVES, id="an essay is bounded"),
        pytest.param("Hello. Is it paid, and where is it?", "en", 1 + 2 + 2, id="the whole, its sentences, the clauses of one"),
        pytest.param("", "en", 1, id="nothing"),
    ],
)
def test_segments(text, locale, count):
    assert len(segments(text, locale)) == count


@pytest.mark.parametrize(
    ("text", "locale", "parts"),
    [
        pytest.param("1 cover letter needed? 2 any interview? 3 answer when", "en", ["cover letter needed?", "any interview?", "answer when"], id="numbers alone, from the start"),
        pytest.param("Deux points : 1) le visa ; 2) le salaire", "fr", ["Deux points :", "le visa ;", "le salaire"], id="signs behind the numbers"),
        pytest.param("Trois points : 1° le visa ; 2° le salaire", "fr", ["Trois points :", "le visa ;", "le salaire"], id="ordinals"),
        pytest.param("I have 1 year left, 2 kids", "en", ["I have 1 year left", "2 kids"], id="numbers in a sentence are no list"),
        pytest.param("1 question : le visa ?", "fr", ["1 question", "le visa ?"], id="one number is no list"),
    ],
)
def test_the_items_of_a_list(text, locale, parts):
    assert [part.text for part in segments(text, locale)][1:] == parts


def test_a_story_is_told_from_its_question():
    parts = segments("I study law in Granada. I love Brussels. Is there a grant?", "en")
    assert [part.asks for part in parts] == [True, False, False, True]


@given(st.text(max_size=500), st.sampled_from(["en", "fr"]))
def test_segments_never_break(text, locale):
    assert segments(text, locale)


@pytest.fixture(scope="module")
def languages() -> LanguageModel:
    some = list(read_utterances())[::7]
    return LanguageModel.fit([canonical(one.text) for one in some], [one.locale for one in some])


@pytest.mark.parametrize(
    ("text", "prior", "locale"),
    [
        pytest.param("how long does it last", None, "en", id="English"),
        pytest.param("ça dure combien de temps", None, "fr", id="French"),
        pytest.param("ca dure cb de tps", "en", "fr", id="French in a hurry, on an English page"),
        pytest.param("CV?", "fr", "fr", id="too short: the page decides"),
        pytest.param("CV?", "en", "en", id="too short: the other page"),
        pytest.param("Wie hoch ist das Gehalt im Praktikum?", "en", None, id="German"),
        pytest.param("¿Cuánto dura el periodo de prácticas?", "fr", None, id="Spanish"),
        pytest.param("Jakie są wymagania dla kandydatów?", None, None, id="Polish"),
    ],
)
def test_language(languages, text, prior, locale):
    assert languages.guess(text, prior).locale == locale


def test_noise_is_seeded_and_leaves_short_words():
    assert with_slips("is it a day", "en", random.Random(1)) == "is it a day"
    assert noisy(["the application form"], ["en"], seed=1) == noisy(["the application form"], ["en"], seed=1)
    assert without_accents("été") == "ete"
    assert shortened("Thanks for the information", "en") == "thx 4 the info"


@given(st.text(max_size=200), st.sampled_from(["en", "fr"]), st.integers(0, 9))
def test_noise_never_breaks(text, locale, seed):
    assert isinstance(noisy([text] * 4, [locale] * 4, seed=seed), list)


def test_no_word_of_a_message_stays_in_spacys_stores():
    """Each store would keep every word that anybody ever wrote, and grow for ever."""
    pipelines = [_ruler("en"), _sentencizer("en")]
    told = "Is Quokkastan a member? My name is Blorfinda."
    find_entities(told, "en")
    segments(told, "en")
    assert [word for pipeline in pipelines for word in pipeline.vocab.strings if "quokka" in word.lower() or "blorf" in word.lower()] == []


def test_a_failure_in_mid_text_leaves_the_pipeline_as_it_was():
    pipeline = _sentencizer("en")
    with pytest.raises(ZeroDivisionError), read_by(pipeline, "Blorfindas everywhere."):
        raise ZeroDivisionError
    with pytest.raises(ValueError, match="E088"), read_by(pipeline, "x" * (pipeline.max_length + 1)):
        pass
    assert not pipeline.vocab.in_memory_zone
    assert "Blorfindas" not in pipeline.vocab.strings
    assert [part.text for part in segments("Is it paid? And where?", "en")] == ["Is it paid? And where?", "Is it paid?", "And where?"]


def test_one_pipeline_reads_for_several_threads():
    texts = [f"I am Belgian and {age}. Is it paid?" for age in range(18, 58)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda text: (find_entities(text, "en"), segments(text, "en")), texts))
    assert found == [(find_entities(text, "en"), segments(text, "en")) for text in texts]
