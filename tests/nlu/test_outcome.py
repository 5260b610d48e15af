"""What readings become in the light of what the message names."""

from __future__ import annotations

import pytest

from bot.nlu.entity import Entity
from bot.nlu.outcome import with_language_named
from bot.nlu.reading import Ambiguous, Understood

CHANGE, FOREIGN, PAY = "smalltalk/change-language", "out-of-scope/other-language", "faq/stipend"
ESTONIAN, ENGLISH = Entity("language", "et", "Estonian", 18), Entity("language", "en", "English", 0)


@pytest.mark.parametrize(
    ("text", "named", "intent", "expected"),
    [
        pytest.param("May I write in Estonian?", [ESTONIAN], CHANGE, FOREIGN, id="a language that is not served"),
        pytest.param("My Estonian is better than my English", [ESTONIAN, ENGLISH], CHANGE, CHANGE, id="one of two is served"),
        pytest.param("Can we change?", [ESTONIAN], CHANGE, CHANGE, id="named in another part"),
        pytest.param("Another language, please", [], CHANGE, CHANGE, id="none named"),
        pytest.param("Is the pay the same for Estonian speakers?", [ESTONIAN], PAY, PAY, id="no wish"),
    ],
)
def test_a_wish_for_a_language_goes_by_the_language(text, named, intent, expected):
    assert with_language_named((Understood(intent, 0.9, text),), named) == (Understood(expected, 0.9, text),)


def test_what_is_asked_back_stays():
    unsure = (Ambiguous((PAY,), 0.3, "Estonian"),)
    assert with_language_named(unsure, [ESTONIAN]) == unsure
