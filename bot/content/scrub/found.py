"""What a finder returns: where personal data stands in a text, and of which kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["email", "phone", "identity", "account", "name", "address", "birth", "link"]
KINDS: tuple[Kind, ...] = ("email", "phone", "identity", "account", "name", "address", "birth", "link")
COVER = "\x00"  # stands where something is claimed or kept, so that no other pattern reads across it


@dataclass(frozen=True, order=True)
class Found:
    """Personal data of one kind from character `start` up to `end`."""

    start: int
    end: int
    kind: Kind


def matches(pattern: re.Pattern[str], kind: Kind, text: str) -> Iterator[Found]:
    """Yield what `pattern` finds in `text`: its group `it` where it has one, else the whole."""
    group: str | int = "it" if "it" in pattern.groupindex else 0
    for match in pattern.finditer(text):
        yield Found(match.start(group), match.end(group), kind)


def every(patterns: Iterable[tuple[re.Pattern[str], Kind]], text: str) -> Iterator[Found]:
    """Yield what `patterns` find one after another; what one has claimed, the next does not read."""
    for pattern, kind in patterns:
        found = list(matches(pattern, kind, text))
        yield from found
        text = covered(text, found)


def covered(text: str, spans: Iterable[Found]) -> str:
    """Return `text`, as long as before, with `spans` covered."""
    for span in spans:
        text = text[: span.start] + COVER * (span.end - span.start) + text[span.end :]
    return text
