"""Where a message's time goes: seconds by stage, gathered along its way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

STAGES = ("waiting", "memory", "language", "entities", "encoder", "ranking", "reading", "rendering", "rasa", "http")
Seconds = dict[str, float]
_current: ContextVar[Seconds | None] = ContextVar("stages", default=None)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Add the time spent inside to the stage `name` of the message under way."""
    seconds = _current.get()
    if seconds is None:
        yield
        return
    begun = time.perf_counter()
    try:
        yield
    finally:
        seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - begun


@contextmanager
def staged() -> Iterator[Seconds]:
    """Gather the stages of one message; what no stage claims is Rasa's own work (``rasa``)."""
    seconds: Seconds = {}
    token = _current.set(seconds)
    begun = time.perf_counter()
    try:
        yield seconds
    finally:
        _current.reset(token)
        whole = time.perf_counter() - begun
        seconds["rasa"] = max(0.0, whole - sum(taken for name, taken in seconds.items() if name not in {"rasa", "waiting"}))
