"""What is let in: the words of a question, and nothing about who asked it."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.content.scrub import without_people
from bot.nlu.normalise import MAX_CHARACTERS, clean, fold

MAX_QUESTIONS = 20_000  # of one import; an info session brings some hundreds
CUT = 2 * MAX_CHARACTERS  # what is cleaned: longer texts are cut anyway, and cleaning takes the square of the white space in them
Why = Literal["empty", "cut", "quotes", "not-read", "no-questions", "too-many", "too-large"]


@dataclass(frozen=True)
class Asked:
    """One message of the audience.

    `number` counts the questions of the import from 1, `line` is where it stood; `key` is the same when the same import is read again.
    """

    number: int
    line: int
    text: str
    key: str
    asked_at: datetime | None = None
    votes: int = 0


@dataclass(frozen=True)
class Fault:
    """What could not be read, or not wholly: `line` counts from 1, 0 is the whole file. Never the words themselves."""

    line: int
    why: Why


@dataclass(frozen=True)
class Imported:
    """All that an import brought."""

    asked: tuple[Asked, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Raw:
    """A question as it stood, with who asked it: lives inside the readers only."""

    line: int
    text: str
    people: tuple[str, ...] = ()
    asked_at: datetime | None = None
    votes: int = 0


def let_in(found: Iterable[Raw], *, secret: bytes, faults: Sequence[Fault] = ()) -> Imported:
    """Return what may be kept of `found`: words without people in them, each with its key."""
    raws, told = list(found), list(faults)
    if len(raws) > MAX_QUESTIONS:
        told.append(Fault(raws[MAX_QUESTIONS].line, "too-many"))
    people = {name for raw in raws for name in raw.people}
    asked: list[Asked] = []
    seen: Counter[str] = Counter()
    for raw in raws[:MAX_QUESTIONS]:
        if len(raw.text) > MAX_CHARACTERS:
            told.append(Fault(raw.line, "cut"))
        text = without_people(clean(raw.text.strip()[:CUT]), people)
        if not text:
            told.append(Fault(raw.line, "empty"))
            continue
        key = _key(text, seen, secret)
        asked.append(Asked(len(asked) + 1, raw.line, text, key, raw.asked_at, raw.votes))
    return Imported(tuple(asked), tuple(sorted(told, key=lambda fault: fault.line)))


def _key(text: str, seen: Counter[str], secret: bytes) -> str:
    """Return a key of the words and of how many askers before used the same: no asker goes into it, and no order of rows."""
    words = " ".join(fold(text).split())
    seen[words] += 1
    return hmac.new(secret, f"{seen[words]}\0{words}".encode(), hashlib.sha256).hexdigest()[:32]


def new_ones(imported: Imported, known: Iterable[str]) -> tuple[Asked, ...]:
    """Return what was not brought by an import before; `known` are the keys kept."""
    before = set(known)
    return tuple(asked for asked in imported.asked if asked.key not in before)
