"""The gate: the trained assistant against what it once reached on the golden questions (about a minute)."""

from __future__ import annotations

from typing import Any

from bot.evaluation.cases import Known
from bot.evaluation.evaluate import evaluate
from bot.evaluation.golden import QUESTIONS, read_floors, shortfalls
from bot.evaluation.reading_cases import read_cases
from bot.web.assistant import Assistant, Question


def test_golden_questions_fare_no_worse_than_before(assistant: Assistant):
    def ask(text: str, *, conversation: str | None, notice: str | None, language: Any) -> dict[str, Any]:
        return assistant.ask_now(Question(text, conversation=conversation, notice=notice, language=language))

    talk = [entry.id for entry in assistant.library.of_kind("smalltalk")]
    results = evaluate(read_cases(QUESTIONS, Known.of(assistant.library)), ask, smalltalk=talk, variants=())
    assert [str(one) for one in shortfalls(results, read_floors())] == []
