"""`guichet` without a model (see `tests.service.light`), whose answers wait for a file where GUICHET_TEST_WAITS_FOR names one."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.cli import main
from bot.web import server, workers
from bot.web.assistant import Question
from tests.service.light import Light, NoTraining


class Slow(Light):
    """Says that it has begun, and ends when the file is there."""

    async def _turn(self, question: Question, memory: Mapping[str, Any], now: datetime) -> tuple[dict[str, Any], Mapping[str, Any]]:
        if gate := os.environ.get("GUICHET_TEST_WAITS_FOR"):
            Path(gate + ".begun").touch()  # noqa: ASYNC240 -- at once
            while not Path(gate).exists():  # noqa: ASYNC110, ASYNC240 -- another process makes it
                await asyncio.sleep(0.02)
        return await super()._turn(question, memory, now)


if __name__ == "__main__":
    server.Assistant, server.Trainer = Slow, NoTraining  # type: ignore[assignment, misc]
    workers.MODULE = "tests.faults.slow"
    sys.exit(main())
