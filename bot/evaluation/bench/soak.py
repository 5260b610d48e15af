"""A long run of many messages: whether memory grows, and whether anything fails."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.evaluation.bench.bench import Say
from bot.evaluation.bench.load import put_to
from bot.evaluation.bench.servers import ours

PORTION = 1_000  # messages between two looks at the memory
WARM = 0.3  # share of the run after which memory must no longer grow: caches (4,096 texts, 10,000 conversations) are full by then
FRESH = 0.2  # share of messages that were never sent before; public logs of FAQ services show a third
BEARABLE = 1.0  # MB per 10,000 messages that a slope may be beyond its own uncertainty before it is called growth


@dataclass
class Soaked:
    """What was seen: messages so far, MB, and the median milliseconds of each portion."""

    messages: list[int] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    medians: list[float] = field(default_factory=list)
    errors: int = 0
    refused: int = 0
    seconds: float = 0.0

    def growth(self) -> tuple[float, float]:
        """Return by how many MB per 10,000 messages memory grows once warm, and two standard errors of it: the slope of a straight line through the samples."""
        points = [(count / 10_000, mb) for count, mb in zip(self.messages, self.megabytes, strict=True) if count >= WARM * self.messages[-1]]
        if len(points) < 2:
            return 0.0, float("inf")
        across, up = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
        spread = sum((x - across) ** 2 for x, _ in points)
        slope = sum((x - across) * (y - up) for x, y in points) / spread
        left = sum((y - up - slope * (x - across)) ** 2 for x, y in points)
        return slope, 2 * (left / (len(points) - 2) / spread) ** 0.5 if len(points) > 2 else float("inf")

    @property
    def grows(self) -> bool:
        """Tell whether memory grows by more than chance and than is bearable."""
        slope, uncertain = self.growth()
        return slope - uncertain > BEARABLE

    def as_json(self) -> dict[str, Any]:
        """Return the figures."""
        slope, uncertain = self.growth()
        return {
            "messages": self.messages[-1] if self.messages else 0, "errors": self.errors, "refused": self.refused, "seconds": round(self.seconds, 1),
            "growth_mb_per_10000": round(slope, 2), "uncertain_by": round(uncertain, 2) if uncertain < float("inf") else None, "grows": self.grows,
            "megabytes": [round(value, 1) for value in self.megabytes], "median_ms": [round(value, 1) for value in self.medians],
        }  # fmt: skip


def soak(folder: Path, texts: Sequence[str], messages: int, *, seconds: float, fresh: float, clients: int, now: str, workers: int, say: Say) -> Soaked:
    """Send `messages` to a server of its own over `clients` connections, or as many as `seconds` allow; the share `fresh` is new to it, the others come again."""
    server, found, chance = ours(folder, workers=workers, now=now), Soaked(), random.Random(1)  # noqa: S311 -- an order, not a secret
    server.start()
    say(f"{messages} messages, {fresh:.0%} of them new, over {clients} connections; {seconds / 60:.0f} minutes at most")
    begun = time.perf_counter()
    try:
        while (sent := found.messages[-1] if found.messages else 0) < messages and (spent := time.perf_counter() - begun) < seconds:
            portion = [_text(texts, sent + number, fresh, chance) for number in range(min(PORTION, messages - sent))]
            load = put_to(server, portion, clients)
            found.messages.append(sent + len(portion))
            found.megabytes.append(server.megabytes())
            found.medians.append(load.median)
            found.errors += load.errors
            found.refused += load.refused
            if load.errors == len(portion):
                say("the server is gone")
                break
            left = (messages - found.messages[-1]) * (time.perf_counter() - begun - spent) / len(portion) / 60
            say(
                f"{found.messages[-1]} messages, {found.megabytes[-1]:.0f} MB, {load.median:.0f} ms, {found.errors} errors, {found.refused} refused, about {left:.0f} minutes to go"
            )
    finally:
        server.stop()
    found.seconds = time.perf_counter() - begun
    return found


def _text(texts: Sequence[str], number: int, fresh: float, chance: random.Random) -> str:
    text = chance.choice(texts)
    return f"{text} ({number})" if chance.random() < fresh else text
