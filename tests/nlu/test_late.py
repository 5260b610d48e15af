"""Phrasings that are newer than the model."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.late import Late

INTENTS = ("faq/deadline", "faq/stipend")
MODEL = np.array([[0.9, 0.1]])


def late(intent: str) -> Late:
    return Late(("any parking?",), (intent,), np.array([[1.0, 0.0]], dtype=np.float32))


def heard(one: Late, angle: float) -> dict[str, float]:
    """What is heard of a message at `angle` degrees from the late phrasing."""
    vector = np.array([[np.cos(np.radians(angle)), np.sin(np.radians(angle))]], dtype=np.float32)
    return dict(zip(one.known(INTENTS), one.heard(MODEL, vector, INTENTS)[0], strict=True))


def test_the_phrasing_itself_is_understood_at_once():
    assert heard(late("faq/parking"), 0)["faq/parking"] > 0.99


@pytest.mark.parametrize("angle", [80, 90, 180])  # in the tuned encoder's space sentences of other intents lie at a cosine of about 0.1
def test_what_is_far_from_it_is_heard_exactly_as_before(angle):
    assert heard(late("faq/parking"), angle)["faq/deadline"] == 0.9


def test_a_late_phrasing_of_a_known_entry_adds_no_intent():
    one = late("faq/stipend")
    assert one.known(INTENTS) == INTENTS
    assert heard(one, 0)["faq/stipend"] > 0.99


def test_shares_stay_shares():
    for angle in range(0, 91, 5):
        assert sum(heard(late("faq/parking"), angle).values()) == pytest.approx(1)


def test_without_late_phrasings_nothing_changes():
    assert Late().heard(MODEL, np.ones((1, 2), dtype=np.float32), INTENTS) is MODEL
