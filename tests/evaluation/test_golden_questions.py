"""The golden questions stay what they are: labelled with entries that exist, and apart from what is learnt from."""

from __future__ import annotations

import pytest
from rapidfuzz import fuzz, process

from bot.content.library import library
from bot.evaluation.cases import Known
from bot.evaluation.golden import QUESTIONS
from bot.evaluation.reading_cases import read_cases
from bot.nlu.normalise import fold
from bot.nlu.utterances import read_utterances

NEAR = 90  # of 100: only spelling or a word apart


@pytest.fixture(scope="module")
def golden():
    return read_cases(QUESTIONS, Known.of(library()))


def test_each_language_has_its_share(golden):
    counts = {locale: sum(case.locale == locale for case in golden) for locale in ("en", "fr")}
    assert min(counts.values()) >= 400
    assert max(counts.values()) <= 1.05 * min(counts.values())


def test_no_golden_question_stands_twice(golden):
    folded = [fold(case.text) for case in golden]
    assert len(set(folded)) == len(folded)


def test_no_golden_question_is_learnt_from(golden):
    learnt = sorted({fold(utterance.text) for utterance in read_utterances()})
    near = process.cdist([fold(case.text) for case in golden], learnt, scorer=fuzz.ratio, score_cutoff=NEAR).max(axis=1)
    assert [case.text for case, score in zip(golden, near, strict=True) if score >= NEAR] == []
