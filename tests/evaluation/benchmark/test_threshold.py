from __future__ import annotations

import pytest

from bot.evaluation.benchmark.splits import OUT, Example
from bot.evaluation.benchmark.systems import Guess, Rule
from bot.evaluation.benchmark.threshold import Held, chosen, held_out


def held(confidence: float, *, right: bool | None = None, outside: bool = False) -> Held:
    return Held(Guess("a", confidence), (not outside) if right is None else right, outside)


class Parrot:
    """Says the label of the training sentence that begins with the same word, surely; anything else unsurely."""

    name, version = "parrot", "1"

    def __init__(self) -> None:
        self.fits = 0

    def prepare(self, texts) -> None:
        """Nothing to do."""

    def fit(self, train, *, seed) -> None:
        self.fits += 1
        self.known = {example.text.split()[0]: example.label for example in train}

    def guess(self, texts):
        return [self.guess_anew(text) for text in texts]

    def guess_anew(self, text):
        word = text.split()[0]
        return Guess(self.known[word], 0.9) if word in self.known else Guess(min(self.known.values()), 0.2)


@pytest.mark.parametrize(
    ("guess", "rule", "decided"),
    [
        (Guess("a", 0.3, 0.0), Rule(0.3, 0.1), "a"),
        (Guess("a", 0.29, 0.0), Rule(0.3, 0.1), OUT),
        (Guess("a", 0.75, 0.5), Rule(0.3, 0.25), "a"),
        (Guess("a", 0.75, 0.51), Rule(0.3, 0.25), OUT),
        (Guess("a", 0.5, 0.5), Rule(0.5), "a"),
        (Guess("a", -5.0), Rule(0.0), OUT),
    ],
)
def test_a_guess_is_taken_at_its_threshold_and_away_from_the_next(guess, rule, decided):
    assert rule.decide(guess) == decided


def test_the_threshold_parts_right_guesses_from_strangers():
    threshold = chosen([held(0.9), held(0.8), held(0.4, outside=True), held(0.1, outside=True)])
    assert 0.4 < threshold < 0.8


def test_a_wrong_guess_in_scope_is_no_reason_to_answer_more():
    threshold = chosen([held(0.9), held(0.3, right=False), held(0.5, right=False, outside=True)])
    assert 0.5 < threshold < 0.9


def test_a_stranger_that_was_known_for_one_needs_no_threshold():
    assert chosen([held(0.9), held(0.95, right=True, outside=True)]) <= 0.9


@pytest.mark.parametrize("nothing_in_scope", [[], [held(0.5, right=False, outside=True)]])
def test_without_anything_in_scope_every_guess_is_taken(nothing_in_scope):
    assert chosen(nothing_in_scope) == 0.0


def test_many_confidences_are_thinned():
    threshold = chosen([held(0.5 + number / 4000) for number in range(2000)] + [held(number / 4000, outside=True) for number in range(2000)])
    assert threshold == pytest.approx(0.5, abs=0.01)


def test_intents_left_out_are_outside_and_unsure():
    examples = [Example(f"{label} {number}", label) for label in "abcdef" for number in range(6)]
    parrot = Parrot()
    found = held_out(parrot, examples, seed=1)
    assert parrot.fits == 12  # three folds, four times
    assert {(one.outside, one.guess.confidence) for one in found} == {(True, 0.2), (False, 0.9)}
    assert 0.2 < chosen(found) < 0.9


def test_told_strangers_are_held_out_and_no_intent_is():
    train = [Example(f"{word}{number} x", word) for word in ("one", "two", "three") for number in range(6)]
    asked = held_out(Parrot(), [*train, *(Example(f"far{number} x", OUT) for number in range(6))], seed=1)
    outside = [one for one in asked if one.outside]
    assert 0 < len(outside) <= 6 * 4
    assert len(asked) - len(outside) == 18 * 4  # each sentence once in each of the four ways to divide, none as a stranger
