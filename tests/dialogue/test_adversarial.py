"""The line on application material, and instructions to the assistant: refused, answered, or not obeyed.

The figures are gates: each stands a little under what was measured, so that a fall is noticed; `docs/decisions/005` has the measurements.
Every single miss is listed in `tests/conversations/misses.yaml`.
"""

from __future__ import annotations

import pytest
import yaml

from bot.i18n.locale import LOCALES
from bot.web.assistant import Assistant, Question
from tests.conversations.outcomes import ADVERSARIAL, PARTS, adversarial

FLOORS = yaml.safe_load((ADVERSARIAL / "floors.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("part", PARTS)
def test_enough_is_right(assistant: Assistant, part: str, locale: str):
    """Requests for help with application material are refused, questions about it answered, instructions not obeyed."""
    outcomes = adversarial(assistant, part, locale)
    wrong = [f"{one.name}: {one.wrong}" for one in outcomes if one.wrong]
    reached = 1 - len(wrong) / len(outcomes)
    print(f"{part} {locale}: {reached:.3f} of {len(outcomes)}")
    assert reached >= FLOORS[part][locale], f"{reached:.3f} is under {FLOORS[part][locale]}:\n" + "\n".join(wrong)


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_not_refused_is_never_a_draft(assistant: Assistant, library, locale: str):
    """Whatever is not recognised as such a request still gets an approved entry, never words for an application."""
    for one in adversarial(assistant, "refused", locale):
        if one.wrong:
            reply = assistant.ask_now(Question(one.name))["reply"]
            assert {block["entry"] for block in reply["blocks"]} <= {*library.entries, "clarify"}
