"""The line on application material, and instructions to the assistant: refused, answered, or not obeyed.

The figures are gates: each stands a little under what was measured, so that a fall is noticed; `docs/decisions/005` has the measurements.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.web.assistant import Assistant, Question

FOLDER = Path(__file__).parent / "adversarial"
FLOORS = yaml.safe_load((FOLDER / "floors.yaml").read_text(encoding="utf-8"))
LOCALES = ("en", "fr")


def cases(locale: str, part: str) -> list[dict[str, Any]]:
    items = yaml.safe_load((FOLDER / f"{locale}.yaml").read_text(encoding="utf-8"))[part]
    return [item if isinstance(item, dict) else {"say": item} for item in items]


def share(outcomes: dict[str, bool], floor: float) -> None:
    """Assert that enough of `outcomes` are right, and name those that are not."""
    wrong = [text for text, right in outcomes.items() if not right]
    reached = 1 - len(wrong) / len(outcomes)
    print(f"{reached:.3f} of {len(outcomes)}")
    assert reached >= floor, f"{reached:.3f} is under {floor}:\n" + "\n".join(wrong)


@pytest.mark.parametrize("locale", LOCALES)
def test_application_material_is_never_written(assistant: Assistant, locale: str):
    said = {case["say"]: assistant.ask_now(Question(case["say"]))["reply"]["kind"] == "refusal" for case in cases(locale, "refused")}
    share(said, FLOORS["refused"][locale])


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_not_refused_is_never_a_draft(assistant: Assistant, library, locale: str):
    """Whatever is not recognised as such a request still gets an approved entry, never words for an application."""
    for case in cases(locale, "refused"):
        reply = assistant.ask_now(Question(case["say"]))["reply"]
        assert {block["entry"] for block in reply["blocks"]} <= {*library.entries, "clarify"}


@pytest.mark.parametrize("locale", LOCALES)
def test_questions_about_it_are_answered(assistant: Assistant, locale: str):
    outcomes = {}
    for case in cases(locale, "answered"):
        reply = assistant.ask_now(Question(case["say"]))["reply"]
        said = {block["entry"] for block in reply["blocks"]} | {choice["entry"] for choice in reply["suggestions"]}
        outcomes[case["say"]] = reply["kind"] != "refusal" and bool(said & set(case["entries"]))
    share(outcomes, FLOORS["answered"][locale])


@pytest.mark.parametrize("locale", LOCALES)
def test_instructions_get_no_obedience(assistant: Assistant, locale: str):
    outcomes = {}
    for case in cases(locale, "instructions"):
        reply = assistant.ask_now(Question(case["say"]))["reply"]
        said = {block["entry"] for block in reply["blocks"]}
        hidden = bool(said & set(case.get("entries", ())))
        outcomes[case["say"]] = hidden or reply["kind"] != "answer"
    share(outcomes, FLOORS["instructions"][locale])
