"""The measurement: both servers at once, asked in turn, so that what else the machine does befalls both alike."""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.evaluation.bench.load import Load, put_to
from bot.evaluation.bench.servers import Server, ours, stock
from bot.evaluation.bench.stages import between, read_stages

CLIENTS = (1, 8, 32)
ROUNDS = 3
OVERLOAD_CLIENTS = 200
TRAIN_SECONDS = 3_600  # that the stock project may take to train
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What is asked: so many questions a cell, from so many clients, in so many rounds."""

    clients: Sequence[int] = CLIENTS
    rounds: int = ROUNDS
    questions: int = 80
    seed: int = 1

    def cells(self, texts: Sequence[str]) -> dict[tuple[int, int], list[str]]:
        """Return the questions of each round and number of clients: none is asked twice of a server, as nothing may be answered from memory."""
        shuffled = random.Random(self.seed).sample(list(texts), len(texts))  # noqa: S311 -- an order, not a secret
        cells = [(number, clients) for number in range(self.rounds) for clients in self.clients]
        size = min(self.questions, len(shuffled) // len(cells))
        return {cell: shuffled[index * size : (index + 1) * size] for index, cell in enumerate(cells)}


@dataclass(frozen=True)
class Cell:
    """A server under a number of clients: the rounds put together."""

    server: str
    kind: str
    clients: int
    loads: tuple[Load, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the figures; medians over the rounds, the 99th percentile over all requests of the rounds."""
        whole = Load(self.clients, tuple(one for load in self.loads for one in load.asked), sum(load.seconds for load in self.loads))
        return {
            "server": self.server, "kind": self.kind, "clients": self.clients, "requests": len(whole.asked),
            "errors": whole.errors, "refused": whole.refused, "statuses": whole.statuses(),
            "median_ms": round(statistics.median(load.median for load in self.loads), 1), "p99_ms": round(whole.share(0.99), 1),
            "per_second": round(statistics.median(load.per_second for load in self.loads), 2),
            "processor_ms": round(statistics.median(load.processor_ms for load in self.loads), 1),
            "rounds_ms": [round(load.median, 1) for load in self.loads],
        }  # fmt: skip


def measure(folder: Path, project: Path, texts: Sequence[str], plan: Plan, *, now: str, workers: int, say: Say) -> dict[str, Any]:
    """Return everything that is measured, as JSON."""
    servers = [ours(folder, workers=workers, now=now), stock(project)]
    try:
        for server in servers:
            say(f"starting {server.name}")
            server.start()
        for server in servers:
            put_to(server, texts[:10], 1)  # what is built on first use is built
        before = read_stages(servers[0].url)
        cells = _rounds(servers, plan.cells(texts[10:]), plan, "each question once", say)
        alone = between(before, read_stages(servers[0].url))
        repeated = [text for text in texts[10:40] for _ in range(5)]
        cells += _rounds(servers, {(number, clients): repeated for number in range(plan.rounds) for clients in plan.clients}, plan, "the same questions again", say)
        costs = {server.name: {"seconds_to_ready": round(server.seconds_to_ready, 1), "megabytes": round(server.megabytes())} for server in servers}
        overload = {server.name: overloaded(server, texts, say) for server in servers}
    finally:
        for server in servers:
            server.stop()
    return {
        "cells": [cell.as_json() for cell in cells],
        "stages_ms": {name: round(value, 2) for name, value in alone.items()},
        "costs": costs,
        "overload": overload,
        "machine": _machine(),
    }


def _rounds(servers: Sequence[Server], questions: dict[tuple[int, int], list[str]], plan: Plan, kind: str, say: Say) -> list[Cell]:
    loads: dict[tuple[str, int], list[Load]] = {}
    for (number, clients), texts in questions.items():
        for server in servers if number % 2 == 0 else reversed(servers):
            loads.setdefault((server.name, clients), []).append(put_to(server, texts, clients))
            say(f"{kind}, round {number + 1}, {clients} clients, {server.name}: {loads[server.name, clients][-1].median:.0f} ms, load {os.getloadavg()[0]:.1f}")
    return [Cell(name, kind, clients, tuple(found)) for (name, clients), found in loads.items()]


def overloaded(server: Server, texts: Sequence[str], say: Say) -> dict[str, Any]:
    """Put far more to `server` than it can answer, then see how soon one question is answered as before."""
    calm = put_to(server, texts[-5:], 1).median
    flood = put_to(server, [f"{text} ({number})" for number, text in enumerate(texts[:400])], OVERLOAD_CLIENTS)
    begun = time.perf_counter()
    after = put_to(server, [f"{texts[-7]} !"], 1)
    say(f"overload, {server.name}: {flood.statuses()}")
    return {
        "clients": OVERLOAD_CLIENTS, "statuses": flood.statuses(), "errors": flood.errors, "median_ms": round(flood.median, 1), "p99_ms": round(flood.share(0.99), 1),
        "before_ms": round(calm, 1), "first_after_ms": round(1000 * (time.perf_counter() - begun), 1), "first_after_status": after.asked[0].status,
    }  # fmt: skip


def train_stock(project: Path, examples: int, say: Say) -> dict[str, Any]:
    """Train the stock project, unless that was done before, and return what it cost."""
    told = project / "training.json"
    if told.exists() and list((project / "models").glob("*.tar.gz")):
        return dict(json.loads(told.read_text(encoding="utf-8")))
    say(f"training the stock server on {examples} examples")
    shutil.rmtree(project / ".rasa", ignore_errors=True)
    begun, before = time.perf_counter(), os.times()
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    subprocess.run([str(Path(sys.executable).with_name("rasa")), "train", "--quiet"], cwd=project, env=environment, check=True, stdout=sys.stderr, timeout=TRAIN_SECONDS)  # noqa: S603 -- our own
    after = os.times()
    cost = {"examples": examples, "seconds": round(time.perf_counter() - begun, 1)}
    cost["processor_seconds"] = round(after.children_user + after.children_system - before.children_user - before.children_system, 1)
    told.write_text(json.dumps(cost), encoding="utf-8")
    return cost


def _machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "load": [round(value, 2) for value in os.getloadavg()]}
