"""No pattern that reads what people write runs away: time grows with the text, not with its square's square."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import bot
from bot.nlu.normalise import canonical, clean

READS_PEOPLE = ("bot.nlu", "bot.dialogue", "bot.webinar", "bot.content", "bot.web")
LENGTH = 500
FOLDED = {"bot.nlu.segments._JOINT"}  # a cube of the longest run of white space; texts come to it folded, as a test below holds
PUMPS = [
    "a",
    "A",
    " ",
    "1",
    "a ",
    "A ",
    "1 ",
    "a.",
    "1.",
    "1,",
    "-",
    "a-",
    "'",
    "a'",
    "é",
    ".",
    "?",
    "!",
    "\n",
    "a\n",
    "@",
    "a@",
    "a@a.",
    "(",
    "[",
    "](",
    "https://a",
    "et ",
    "and ",
    "is it ",
    "1/",
    "1:",
    "€ ",
    "Ab ",
    "« ",
    "_",
    "\t",
]


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for info in pkgutil.walk_packages(bot.__path__, "bot."):
        if info.name.startswith(READS_PEOPLE) and not info.name.startswith(("bot.web.endpoint", "bot.web.agent", "bot.nlu.components", "bot.nlu.training")):
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                for found in _within(value):
                    yield f"{info.name}.{name}", found


def _within(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _within(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _within(one)


FOUND = {(pattern.pattern, pattern.flags): (name, pattern) for name, pattern in _patterns() if name not in FOLDED}


def test_the_patterns_are_found():
    assert len(FOUND) > 100


@pytest.mark.parametrize("pump", PUMPS)
def test_no_pattern_runs_away(pump: str):
    """Four times the text may cost 24 times as much: more than a square (16) with room for a busy machine, less than a cube (64)."""
    slow = []
    for name, pattern in FOUND.values():
        long = _seconds(pattern, pump, LENGTH)
        if long < 0.002:
            continue  # too short to be told from chance
        if min(_seconds(pattern, pump, LENGTH) for _ in range(3)) > 24 * min(_seconds(pattern, pump, LENGTH // 4) for _ in range(3)) + 0.004:
            slow.append((name, pattern.pattern[:80], long))
    assert slow == []


@pytest.mark.parametrize("white", [" ", "\n", "\t", " \n", "\u00a0", "\u2003", "\r\n"])
def test_runs_of_white_space_are_folded_before_anything_reads_them(white: str):
    assert max((len(run) for run in re.findall(r"\s+", clean(f"a{white * 500}b"))), default=0) == 1
    assert max((len(run) for run in re.findall(r"\s+", canonical(f"a{white * 500}b"))), default=0) == 1


def _seconds(pattern: re.Pattern[str], pump: str, length: int) -> float:
    text = (pump * length)[:length] + "\x01"  # an end that fits nothing, so that all ways are tried
    begun = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begun
