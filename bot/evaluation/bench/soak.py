"""A long run of many messages: whether memory grows, and whether anything fails."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.evaluation.bench.bench import Say
from bot.evaluation.bench.load import put_to
from bot.evaluation.bench.servers import ours

PORTION = 2_000  # messages between two looks at the memory
CLIENTS = 8
WARM = 0.2  # share of the run after which memory must no longer grow: caches are full by then


@dataclass
class Soaked:
    """What was seen: messages so far, MB, and the median milliseconds of each portion."""

    messages: list[int] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    medians: list[float] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0

    def growth(self) -> float:
        """Return by how many MB per 10,000 messages memory grows once warm: the slope of a straight line through it."""
        points = [(count / 10_000, mb) for count, mb in zip(self.messages, self.megabytes, strict=True) if count >= WARM * self.messages[-1]]
        if len(points) < 2:
            return 0.0
        middle = [sum(point[axis] for point in points) / len(points) for axis in (0, 1)]
        return sum((x - middle[0]) * (y - middle[1]) for x, y in points) / sum((x - middle[0]) ** 2 for x, _ in points)

    def as_json(self) -> dict[str, Any]:
        """Return the figures."""
        return {
            "messages": self.messages[-1] if self.messages else 0, "errors": self.errors, "seconds": round(self.seconds, 1), "growth_mb_per_10000": round(self.growth(), 2),
            "megabytes": [round(value, 1) for value in self.megabytes], "median_ms": [round(value, 1) for value in self.medians],
        }  # fmt: skip


def soak(folder: Path, texts: Sequence[str], messages: int, *, seconds: float, now: str, workers: int, say: Say) -> Soaked:
    """Send `messages` to a server of its own, or as many as `seconds` allow; half are new to it, half come again and again."""
    server, found, chance = ours(folder, workers=workers, now=now), Soaked(), random.Random(1)  # noqa: S311 -- an order, not a secret
    begun = time.perf_counter()
    server.start()
    try:
        while (sent := found.messages[-1] if found.messages else 0) < messages and time.perf_counter() - begun < seconds:
            portion = [_text(texts, sent + number, chance) for number in range(min(PORTION, messages - sent))]
            load = put_to(server, portion, CLIENTS)
            found.messages.append(sent + len(portion))
            found.megabytes.append(server.megabytes())
            found.medians.append(load.median)
            found.errors += load.errors
            if load.errors == len(portion):
                say("the server is gone")
                break
            say(f"{found.messages[-1]} messages, {found.megabytes[-1]:.0f} MB, {load.median:.0f} ms, {found.errors} errors")
    finally:
        server.stop()
    found.seconds = time.perf_counter() - begun
    (folder / "soak.json").write_text(json.dumps(found.as_json()), encoding="utf-8")
    return found


def _text(texts: Sequence[str], number: int, chance: random.Random) -> str:
    text = chance.choice(texts)
    return text if number % 2 else f"{text} ({number})"
