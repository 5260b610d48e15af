"""`guichet`, but for understanding: entries are answered by their ids, and «and in French?» by what the conversation remembers.

Everything else is the real thing: workers, sockets, draining, the database, Redis. A worker then starts in seconds, and may be killed many times.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.cli import main
from bot.dialogue.compose import say
from bot.dialogue.turn import Memory, Turn
from bot.web import server, workers
from bot.web.assistant import Assistant, Question


class Light(Assistant):
    """Answers without a model."""

    def load(self, model: Path, check: object = None) -> None:
        self._agent, self.model = object(), "light"

    async def _turn(self, question: Question, memory: Mapping[str, Any], now: datetime) -> tuple[dict[str, Any], Mapping[str, Any]]:
        kept = Memory(**memory)
        locale = "fr" if "French" in (question.text or "") else "en"
        entry = question.entry or (kept.entries[0] if kept.entries else "stipend")
        reply = say(Turn(self.library, locale, now, page=question.notice, memory=kept), [entry])
        return reply.as_json(), asdict(Memory(kept.notice, (entry,), (), locale))


class NoTraining:
    """Loads at once."""

    problem, busy = None, False

    def __init__(self, assistant: Assistant, *_: object, **__: object) -> None:
        self._assistant = assistant

    def want(self, *_: object, **__: object) -> None:
        self._assistant.load(Path())

    def close(self) -> None:
        pass


if __name__ == "__main__":
    server.Assistant, server.Trainer = Light, NoTraining  # type: ignore[assignment, misc]
    workers.MODULE = "tests.service.light"
    sys.exit(main())
