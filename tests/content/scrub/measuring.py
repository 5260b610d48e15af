"""How much of what is personal goes, and how much else goes with it: counted on texts written for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.content.scrub import GONE, KINDS, without_people

FOLDER = Path(__file__).parent
_MARKED = re.compile(r"\{(\w+)\|([^}]+)\}")


@dataclass
class Counts:
    """What was marked and gone, by kind; `wrong` are the words taken that nobody marked."""

    marked: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    taken: int = 0
    rightly: int = 0
    kept: int = 0
    untouched: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def recall(self, kind: str | None = None) -> float:
        kinds = [kind] if kind else KINDS
        return sum(self.gone[one] for one in kinds) / sum(self.marked[one] for one in kinds)

    @property
    def precision(self) -> float:
        return self.rightly / self.taken


def texts(language: str, part: str, key: str) -> Iterator[str]:
    """Yield the texts of one file: `key` is ``gone`` or ``kept``."""
    yield from yaml.safe_load((FOLDER / f"{language}-{part}.yaml").read_text(encoding="utf-8"))[key]


def measure(language: str, part: str) -> Counts:
    """Count over both halves of a file. Gone means wholly gone, a rest of two characters betrays nothing; taken counts marks in the text that comes out."""
    counts = Counts()
    for text in texts(language, part, "gone"):
        secrets = _MARKED.findall(text)
        left = without_people(_MARKED.sub(r"\2", text))
        frame = set(re.findall(r"\w{3,}", _MARKED.sub(" ", text)))
        rightly = 0
        for kind, secret in secrets:
            counts.marked[kind] += 1
            rest = [word for word in re.findall(r"\w{3,}", secret) if word not in frame and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", left)]
            counts.gone[kind] += not rest
            rightly += not rest
            if rest:
                counts.missed.append(text)
        lost = [word for word in frame if not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", left)]
        marks = left.count(GONE)
        counts.taken += max(marks, rightly)
        counts.rightly += min(rightly, marks) if not lost else max(0, min(rightly, marks) - 1)
        counts.rightly += max(0, rightly - marks)  # neighbours share a mark
        if lost:
            counts.wrong.append(f"{text} -> {left}")
    for text in texts(language, part, "kept"):
        counts.kept += 1
        left = without_people(text)
        counts.taken += left.count(GONE)
        counts.untouched += left == text
        if left != text:
            counts.wrong.append(f"{text} -> {left}")
    return counts
