"""The library that is served, read once; whoever needs another one passes it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.content import FAQ
from bot.content.model import Library
from bot.content.problem import Problem
from bot.content.reader import Reader


class FaultyContent(Exception):
    """The content cannot be served; `problems` says what is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} faults, first: {problems[0].file}:{problems[0].line} {problems[0].message}")
        self.problems = problems


def load_library(root: Path = FAQ) -> Library:
    """Return the library under `root`; raises `FaultyContent` where a file cannot be read."""
    reader = Reader(root)
    library = reader.library()
    if reader.problems:
        raise FaultyContent(reader.problems)
    return library


@cache
def library() -> Library:
    """Return the library of this installation."""
    return load_library()
