"""Small things that the tests of evaluation share: a tiny content and named fakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.evaluation.cases import Case, Known
from bot.evaluation.records import Record


class ScriptedAssistant:
    """Says what it was told to say; keeps what it was asked, and in which conversation."""

    def __init__(self, replies: Mapping[str, Mapping[str, Any]]) -> None:
        self.replies = replies
        self.asked: list[tuple[str, str | None]] = []

    def __call__(self, text: str, *, conversation: str | None, notice: str | None, language: str | None) -> dict[str, Any]:
        self.asked.append((text, conversation))
        return {"conversation": conversation or f"conversation-{len(self.asked)}", "reply": self.replies.get(text, reply("out_of_scope", "out-of-scope"))}


class CountingStopwatch:
    """Every look at it is a hundredth of a second later."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> float:
        self.looks += 1
        return self.looks / 100


def reply(kind: str, *entries: str, suggestions: Sequence[str] = (), language: str = "en", notices: Sequence[str] = (), outcome: str | None = None) -> dict[str, Any]:
    checks = [{"criterion": "age", "given": "21", "outcome": outcome}] if outcome else []
    blocks = [{"entry": entry, "text": "…", "state": "undated", "sources": [], "checks": checks} for entry in entries]
    return {"id": "r", "kind": kind, "language": language, "notices": list(notices), "blocks": blocks, "suggestions": [{"entry": entry, "label": "…"} for entry in suggestions]}


def asked(family: str = "in_notice", *wanted: str, also: Sequence[str] = (), locale: str = "en", **more: Any) -> Case:
    return Case(id=more.pop("id", "1"), text=more.pop("text", "a question"), locale=locale, family=family, wanted=wanted or ("deadline",), also=tuple(also), **more)


def said(case: Case, kind: str, *entries: str, **more: Any) -> Record:
    return Record(case, kind, entries, **more)


@pytest.fixture(scope="session")
def known() -> Known:
    kinds = {"deadline": "answer", "stipend": "answer", "out-of-scope": "out_of_scope", "not-in-notice": "not_in_notice", "not-in-notice/housing": "not_in_notice"}
    return Known({**kinds, "write-my-application": "refusal", "greeting": "smalltalk"}, {"osg": "250697"})
