from __future__ import annotations

from collections import Counter

import pytest

from bot.evaluation.benchmark.splits import OUT, Example, folds

examples = [Example(f"{label} {number}", label) for label in "abcdef" for number in range(6)]
strangers = [Example(f"stranger {number}", OUT) for number in range(6)]


def test_each_intent_is_left_out_once_and_its_sentences_are_then_out_of_scope():
    left_out = Counter()
    for split in folds(examples, 3, seed=1):
        learnt = {example.label for example in split.train}
        left_out.update(example.text[0] for example in split.test if example.label == OUT)
        assert len(learnt) == 4
        assert {example.text[0] for example in split.test if example.label == OUT} == set("abcdef") - learnt
    assert left_out == Counter(dict.fromkeys("abcdef", 6))


def test_nothing_is_both_learnt_and_asked():
    for split in folds([*examples, *strangers], 3, seed=2):
        assert {example.text for example in split.train} & {example.text for example in split.test} == set()


def test_of_an_intent_that_stays_a_share_is_asked():
    split = folds(examples, 3, seed=1)[0]
    kept = {example.label for example in split.train}
    assert Counter(example.label for example in split.test if example.label in kept) == Counter(dict.fromkeys(kept, 2))


def test_what_is_out_of_scope_already_is_learnt_and_asked_by_shares():
    for split in folds([*examples, *strangers], 3, seed=1):
        assert sum(example.label == OUT for example in split.train) == 4
        assert sum(example.text.startswith("stranger") for example in split.test) == 2


@pytest.mark.parametrize("count", [2, 5])
def test_the_only_sentence_of_an_intent_stays_in_training(count):
    lone = [Example("x", "x"), Example("y", "y"), *examples]
    for split in folds(lone, count, seed=1):
        assert not any(example.label in {"x", "y"} for example in split.test)


def test_what_is_always_learnt_is_left_out_with_its_intent_and_frees_the_last_sentence():
    bank = [Example("question of a", "a"), Example("question of b", "b")]
    queries = [Example("query of a", "a"), Example("query of b", "b")]
    for split in folds(queries, 2, seed=1, always=bank):
        left_out = {example.text[-1] for example in split.test if example.label == OUT}
        assert {example.text[-1] for example in split.train} == {"a", "b"} - left_out


def test_the_same_seed_divides_the_same():
    assert folds(examples, 3, seed=4) == folds(examples, 3, seed=4)
    assert folds(examples, 3, seed=4) != folds(examples, 3, seed=5)
