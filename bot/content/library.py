"""The library that is served; whoever needs another one passes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
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


def load_library(root: Path | Mapping[str, str] = FAQ, number: int | None = None) -> Library:
    """Return the library under `root`, or of texts by their paths (those of release `number`); raises `FaultyContent` where one cannot be read."""
    reader = Reader(root, number=number)
    library = reader.library()
    if reader.problems:
        raise FaultyContent(reader.problems)
    return library


class Live:
    """The one place that holds what is served; it may be exchanged while messages are answered."""

    def __init__(self, library: Library | None = None) -> None:
        self._library = library

    @property
    def library(self) -> Library:
        """The library that is served: the one pinned by whoever asks, else what was put here last, else the files."""
        pinned = _PINNED.get()
        if pinned is not None:
            return pinned
        if self._library is None:
            self._library = load_library()
        return self._library

    def swap(self, library: Library) -> None:
        """Serve `library` from the next message on."""
        self._library = library


LIVE = Live()  # Rasa builds its components and actions without arguments: they find it here
_PINNED: ContextVar[Library | None] = ContextVar("pinned", default=None)


@contextmanager
def pinned(library: Library) -> Iterator[None]:
    """Let everything within see `library`: a message is answered from one release, and a draft is tried on the way that messages take."""
    token = _PINNED.set(library)
    try:
        yield
    finally:
        _PINNED.reset(token)


def library() -> Library:
    """Return the library of this installation, as it is served now."""
    return LIVE.library
