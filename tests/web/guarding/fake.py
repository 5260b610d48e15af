"""An assistant that says something at once, or when it is told to: for tests of everything around understanding."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.content.model import Library
from bot.settings import Settings
from bot.web.assistant import Assistant, Question, clock_of


class Speaking(Assistant):
    """Answers each question with the same small talk; `slow` holds answers back until it is set."""

    def __init__(self, library: Library, settings: Settings) -> None:
        super().__init__(library, settings, clock_of(settings))
        self.asked: list[Question] = []
        self.begun, self.slow = asyncio.Event(), asyncio.Event()
        self.slow.set()
        self.model = "fake"

    @property
    def ready(self) -> bool:
        return True

    async def ask(self, question: Question) -> dict[str, Any]:
        self.asked.append(question)
        self.begun.set()
        await self.slow.wait()
        language = question.language or "en"
        reply = {
            "id": "r",
            "now": "2025-06-15T12:00:00+02:00",
            "kind": "smalltalk",
            "language": language,
            "notices": [],
            "blocks": [],
            "suggestions": [],
            "content_version": self.library.version,
        }
        return {"conversation": question.conversation or "new", "reply": reply}

    async def forget(self, conversation: str) -> bool:
        return False
