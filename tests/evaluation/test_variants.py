from __future__ import annotations

import pytest
from hypothesis import given, strategies
from rapidfuzz.distance import OSA

from bot.evaluation.variants import LONG, capitals, neighbours, typos, without_accents


@pytest.mark.parametrize("text", ["short words only", "", "123456789", "où est-ce ?"])
def test_words_of_less_than_six_letters_stay(text):
    assert typos(text, "en", 1) == text


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("word", ["stages", "INTERNSHIP", "élève-là", "aabbcc", "indemnité"])
def test_a_word_of_six_letters_gets_exactly_one_slip(word, locale):
    for seed in range(40):
        slipped = typos(word, locale, seed)
        if sum(letter.isalpha() for letter in word) >= LONG and word.isalpha():
            assert OSA.distance(word, slipped) == 1
            assert slipped[0] == word[0]


def test_each_long_word_gets_its_own():
    before, after = "deadline for internships", typos("deadline for internships", "en", 1)
    assert OSA.distance(before, after) == 2


def test_typos_can_be_repeated_and_depend_on_the_seed():
    text = "Quelles candidatures peuvent être envoyées ?"
    assert typos(text, "fr", 1) == typos(text, "fr", 1)
    assert len({typos(text, "fr", seed) for seed in range(5)}) > 1


@pytest.mark.parametrize(
    ("letter", "locale", "near"),
    [("q", "en", "wa"), ("q", "fr", "sazw"), ("a", "fr", "zq"), ("G", "en", "fhtyvb"), ("m", "en", "njk"), ("é", "fr", ""), ("7", "en", "")],
)
def test_keys_that_touch(letter, locale, near):
    assert set(neighbours(letter, locale)) == set(near)


def test_accents_go_and_letters_stay():
    assert without_accents("Où est l’œuvre née à Noël ? ÇA", "fr", 1) == "Ou est l’oeuvre nee a Noel ? CA"


def test_capitals():
    assert capitals("déjà ?", "fr", 1) == "DÉJÀ ?"


@given(strategies.text(), strategies.sampled_from(["en", "fr"]), strategies.integers(0, 9))
def test_any_text_can_be_varied(text, locale, seed):
    for variant in (typos, without_accents, capitals):
        assert isinstance(variant(text, locale, seed), str)
