"""Slips of the keys are mended, words are left alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.variants import typos
from bot.nlu.normalise import canonical, fold
from bot.nlu.spelling import Speller
from bot.nlu.utterances import read_utterances
from tests.nlu.golden import golden_texts


@pytest.fixture(scope="module")
def speller() -> Speller:
    found = list(read_utterances())
    return Speller.fit([canonical(one.text) for one in found], [one.locale for one in found])


@pytest.mark.parametrize(
    ("typed", "locale", "meant"),
    [
        pytest.param("when is the deadlin?", "en", "when is the deadline?", id="a letter lost"),
        pytest.param("is the intrenship paid", "en", "is the internship paid", id="two letters exchanged"),
        pytest.param("la date limmite", "fr", "la date limite", id="a letter doubled"),
        pytest.param("le salaiire ?", "fr", "le salaire ?", id="punctuation stays"),
        pytest.param("I doesn't know", "en", "I doesn't know", id="an apostrophe is no slip"),
        pytest.param("agr ok", "en", "agr ok", id="a short word may be any"),
        pytest.param("la Syrie, les Émirats", "fr", "la Syrie, les Émirats", id="names of countries are known"),
        pytest.param("des quartiers convaincants", "fr", "des quartiers convaincants", id="inflected forms are known"),
        pytest.param("cest remunere ?", "fr", "cest rémunéré ?", id="accents come back"),
        pytest.param("une remuneratin du stage", "fr", "une rémunération du stage", id="also to what was mended"),
        pytest.param("LA REMUNERATION, Ecole", "fr", "LA RÉMUNÉRATION, École", id="in the case that was typed"),
        pytest.param("ou a cote du bureau, on accepte", "fr", "ou a côté du bureau, on accepte", id="a word that is right either way is left"),
        pytest.param("my resume", "en", "my resume", id="each language has its own accents"),
        pytest.param("x" * 200, "en", "x" * 200, id="no word is so long"),
    ],
)
def test_mending(speller: Speller, typed, locale, meant):
    assert speller.mend(typed, locale) == meant


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_most_slips_are_mended_and_few_words_are_harmed(speller: Speller, locale):
    texts = [canonical(text) for text in golden_texts(locale)]
    slipped = [typos(text, locale, 1) for text in texts]
    pairs = [pair for text, slip in zip(texts, slipped, strict=True) if text != slip for pair in zip(text.split(), slip.split(), speller.mend(slip, locale).split(), strict=False)]
    mistyped = [(meant, mended) for meant, typed, mended in pairs if meant != typed]
    assert len(mistyped) > 500
    assert sum(fold(meant) == fold(mended) for meant, mended in mistyped) / len(mistyped) > 0.75
    harmed = [text for text in texts if fold(speller.mend(text, locale)) != fold(text)]  # accents that come back do no harm
    assert len(harmed) / len(texts) < 0.03


def test_a_speller_is_what_it_was_when_read_again(speller: Speller, tmp_path):
    speller.save(tmp_path)
    again = Speller.load(tmp_path)
    assert json.dumps(again.counts) == json.dumps(speller.counts)
    assert again.accented == speller.accented
    assert again.known == speller.known


@given(st.text(max_size=300))
def test_nothing_typed_breaks_it(speller: Speller, text):
    assert isinstance(speller.mend(text, "fr"), str)
