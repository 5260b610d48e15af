"""Courtesies beside what is asked."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.courtesies import courtesies, with_courtesies
from bot.nlu.neighbours import Neighbours
from bot.nlu.reading import Ambiguous, Asked, NotUnderstood, Thresholds, Understood
from bot.nlu.segments import segments

INTENTS = ("faq/age", "faq/hours", "smalltalk/goodbye", "smalltalk/greeting", "smalltalk/thanks")
AGE, HOURS, GOODBYE, GREETING, THANKS = INTENTS
THRESHOLDS = Thresholds(answer=0.5, choice=0.2, order=0.4, part=0.4, surely=0.7, certain=0.9)


TAUGHT = np.eye(3, 5, dtype=np.float32)  # a sentence of each courtesy


def test_only_the_smallest_parts_that_are_like_a_courtesy_are_one():
    parts = segments("Thank you and goodbye. How old must I be?", "en")
    assert [part.text for part in parts][1:] == ["Thank you and goodbye.", "Thank you", "goodbye.", "How old must I be?"]
    likely = np.full((len(parts), len(INTENTS)), 0.01)
    for place, intent in enumerate((AGE, THANKS, THANKS, GOODBYE, AGE)):
        likely[place, INTENTS.index(intent)] = 0.9
    near = Neighbours.fit(TAUGHT, np.array([2, 3, 4]), len(INTENTS))
    thanked, left = TAUGHT[2], TAUGHT[0]
    far = np.array([0.6, 0, 0, 0.8, 0], dtype=np.float32)
    both = [Asked(THANKS, 2, 0.9), Asked(GOODBYE, 3, 0.9)]
    assert courtesies(parts, likely, np.array([far, thanked, thanked, left, far]), near, INTENTS) == both
    assert courtesies(parts, likely, np.array([far, thanked, thanked, far, far]), near, INTENTS) == both[:1], "nothing that was taught is near"


def understood(*intents):
    return [Understood(intent, 0.9) for intent in intents]


@pytest.mark.parametrize(
    ("readings", "said", "expected"),
    [
        pytest.param([AGE], [(THANKS, 0.8)], [AGE, THANKS], id="thanks come behind"),
        pytest.param([AGE], [(GOODBYE, 0.8), (THANKS, 0.8)], [AGE, THANKS, GOODBYE], id="a goodbye comes last"),
        pytest.param([AGE], [(GREETING, 0.9)], [AGE], id="one answer is given at once"),
        pytest.param([AGE, HOURS], [(GREETING, 0.9)], [GREETING, AGE, HOURS], id="a greeting before several answers"),
        pytest.param([AGE, HOURS], [(GREETING, 0.69)], [AGE, HOURS], id="perhaps no greeting"),
        pytest.param(["refusal/write-my-application"], [(THANKS, 0.9)], ["refusal/write-my-application", THANKS], id="who is refused is thanked back too"),
        pytest.param([THANKS], [(GOODBYE, 0.9)], [THANKS, GOODBYE], id="thanks and a goodbye"),
        pytest.param([GOODBYE], [(GOODBYE, 0.9), (THANKS, 0.9), (GREETING, 0.9)], [GOODBYE, THANKS], id="each is returned once, and nobody greeted at the end"),
        pytest.param(["smalltalk/bot-identity"], [(THANKS, 0.9)], ["smalltalk/bot-identity"], id="other talk stays as it is"),
        pytest.param(["out-of-scope/general"], [(THANKS, 0.9)], ["out-of-scope/general"], id="nothing answered"),
        pytest.param([AGE], [("smalltalk/abusive", 0.9), (HOURS, 0.9)], [AGE], id="nothing but courtesies"),
    ],
)
def test_courtesies_beside_what_is_asked(readings, said, expected):
    asked = [(Asked(intent, place, stands), f"part {place}") for place, (intent, stands) in enumerate(said, 1)]
    assert [reading.intent for reading in with_courtesies(understood(*readings), asked, THRESHOLDS)] == expected


def test_a_greeting_waits_for_what_is_certain():
    hello = [(Asked(GREETING, 1, 0.9), "hello")]
    unsure, sure = ([Understood(AGE, 0.95), Understood(HOURS, stands)] for stands in (0.85, 0.86))
    assert with_courtesies(unsure, hello, THRESHOLDS) == tuple(unsure), "the second may not be asked"
    assert with_courtesies(sure, hello, THRESHOLDS)[1:] == tuple(sure), "both are asked with four chances in five"


@pytest.mark.parametrize("unsure", [Ambiguous((AGE, HOURS), 0.3), NotUnderstood(0.1)])
def test_who_is_asked_back_is_not_thanked(unsure):
    readings = [*understood(AGE), unsure]
    assert with_courtesies(readings, [(Asked(THANKS, 1, 0.9), "thanks")], THRESHOLDS) == tuple(readings)
