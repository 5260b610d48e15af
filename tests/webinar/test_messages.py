"""What a message asks: nothing, one thing, several things, something urgent."""

from __future__ import annotations

import pytest

from bot.content.scrub import GONE, without_people
from bot.i18n.locale import Locale
from bot.webinar.noise import noise_in
from bot.webinar.parts import parts
from bot.webinar.urgency import is_urgent
from tests.webinar.generator import pool

NOISE = [(text, why) for why, texts in pool()["noise"].items() for text in texts]
PHRASINGS = [text for raw in pool()["questions"] for language in ("en", "fr") for text in raw[language]]


@pytest.mark.parametrize(("text", "why"), NOISE)
def test_noise_is_set_aside_for_the_right_reason(text: str, why: str):
    assert noise_in(text) == why


def test_no_question_is_taken_for_noise():
    dressed = [form for text in PHRASINGS for form in (text, f"Hello, {text}", f"Bonjour ! {text.lower().rstrip(' ?')}", f"{text} Merci !", f"{text} thanks")]
    assert [text for text in dressed if noise_in(text)] == []


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        pytest.param("Where is it?", "en", ["Where is it?"], id="one"),
        pytest.param("Where is it and can I work from home?", "en", ["Where is it", "can I work from home?"], id="joined by and"),
        pytest.param("Où est-ce ? Et combien gagne-t-on ?", "fr", ["Où est-ce ?", "combien gagne-t-on ?"], id="two sentences"),
        pytest.param("1) When does it start? 2) How long is it?", "en", ["When does it start?", "How long is it?"], id="numbered"),
        pytest.param("Are English and French needed?", "en", ["Are English and French needed?"], id="an and within"),
        pytest.param("Is it paid, and if so, how much?", "en", ["Is it paid, and if so, how much?"], id="a condition"),
        pytest.param("I study law. Can I apply?", "en", ["I study law. Can I apply?"], id="what leads to a question stays with it"),
        pytest.param("Hello! Where is it? Thank you very much.", "en", ["Where is it?"], id="courtesies go"),
        pytest.param("Quel est le délai ? Que faire ?", "fr", ["Quel est le délai ? Que faire ?"], id="a scrap stays"),
        pytest.param("Merci !", "fr", ["Merci !"], id="nothing but courtesy"),
    ],
)
def test_parts(text: str, locale: Locale, expected: list[str]):
    assert parts(text, locale) == expected


@pytest.mark.parametrize("raw", pool()["urgent"], ids=lambda raw: raw["text"][:30])
def test_what_cannot_wait_is_urgent(raw: dict[str, str]):
    assert is_urgent(raw["text"], frozenset({"deadline", "update-application"}))


def test_other_questions_can_wait():
    wrong = [
        text for raw in pool()["questions"] for text in (*raw["en"], *raw["fr"]) if is_urgent(text, frozenset({raw["entry"] or raw.get("near", "")})) != raw.get("urgent", False)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Write to a.b+c@example.co.uk please", f"Write to {GONE} please", id="address"),
        pytest.param("My name is Ada Lovelace, when is it?", f"My name is {GONE}, when is it?", id="said"),
        pytest.param("Je m’appelle Zoé, où est-ce ?", f"Je m’appelle {GONE}, où est-ce ?", id="said in French"),
        pytest.param("Where?\nBest regards,\nAda Lovelace", f"Where?\nBest regards,\n{GONE}", id="signed"),
        pytest.param("As ben sample said, where?", f"As {GONE} said, where?", id="another asker"),
        pytest.param("Call me on +32 475 12 34 56", f"Call me on {GONE}", id="telephone"),
        pytest.param("Is it 250697, 1,286.09 EUR or 2025-06-22 23:59?", "Is it 250697, 1,286.09 EUR or 2025-06-22 23:59?", id="figures are no telephones"),
        pytest.param("Will Grace Hall be open?", "Will Grace Hall be open?", id="words that could be names"),
    ],
)
def test_people_are_taken_out(text: str, expected: str):
    assert without_people(text, ["Ben Sample", "Will"]) == expected
