"""The guided self-check in the widget: its buttons, a question in between, its summary, and the proof of what was said."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.content.library import load_library
from bot.dialogue.verify import verify
from tests.browser.widget import loosely

WORDS = {
    "en": {
        "start": "Can I check the criteria step by step?",
        "skip": "Skip this question",
        "student": "I am a student",
        "both": "English and French",
    },
    "fr": {
        "start": "Puis-je vérifier les critères un par un ?",
        "skip": "Passer cette question",
        "student": "Je suis étudiant(e)",
        "both": "Anglais et français",
    },
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_journey_through_the_criteria(visit, violations, language):
    words = WORDS[language]
    widget = visit(language, width=390, height=780).open()

    def press(label: str) -> None:
        widget.offers.filter(has_text=loosely(label)).first.click()

    widget.ask({"en": "who can apply?", "fr": "qui peut postuler ?"}[language])
    press(words["start"])
    expect(widget.answers).to_have_count(3)
    press(words["skip"])
    widget.ask("20")
    widget.ask({"en": "how much is the grant?", "fr": "combien gagne un stagiaire ?"}[language])
    press(words["student"])
    press(words["both"])
    summary = widget.answers.last
    expect(summary.locator(".check")).to_have_count(3)
    expect(summary.locator(".check.fails")).to_have_count(1)
    assert violations(widget.page) == []
    if folder := os.environ.get("GUICHET_SCREENSHOTS"):
        widget.page.screenshot(path=f"{folder}/self-check-{language}.png")
    with widget.page.expect_download() as downloading:
        widget.option("json")
    turns = json.loads(Path(downloading.value.path()).read_text(encoding="utf-8"))["turns"]
    library = load_library()
    proofs = verify([turn["reply"] for turn in turns], {library.version: library}.get)
    assert len(proofs) > 10
    assert {proof.verdict for proof in proofs} == {"confirmed"}
