"""The words by which personal data is recognised, read once from `words.yml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

FILE = Path(__file__).with_name("words.yml")


@cache
def words() -> dict[str, Any]:
    """Return the words as they stand in their file."""
    return cast(dict[str, Any], yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def any_cue(name: str) -> str:
    """Return a pattern for any of the patterns listed under `name`."""
    return "|".join(words()[name])


@cache
def not_names() -> frozenset[str]:
    """Return the words, in small letters, that are no one's name."""
    return frozenset(word for line in words()["not_names"] for word in line.split())


@cache
def particles() -> frozenset[str]:
    """Return the small words that stand within names."""
    return frozenset(words()["particles"])


@cache
def given_names() -> frozenset[str]:
    """Return given names, in the capitals that they are written in."""
    return frozenset(name for line in words()["given_names"] for name in line.split())


@cache
def famous() -> frozenset[str]:
    """Return what makes a name one of a programme, a school or a public figure: no one's secret."""
    return frozenset(words()["famous"])
