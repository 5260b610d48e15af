"""Questions whose right entry is known: the golden ones, the entries' own, and every phrasing that is stored."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from bot.content.check import Phrasing
from bot.content.model import Library
from bot.i18n.locale import LOCALES, Locale

GOLDEN = Path(__file__).parents[3] / "data" / "golden"
FILES: tuple[tuple[str, Locale], ...] = (("en", "en"), ("fr", "fr"), ("multi-en", "en"), ("multi-fr", "fr"))
Origin = Literal["golden", "question", "phrasing", "stored"]
OPEN_TOPICS = "not-in-notice"  # as a label: any topic that the notices leave open


@dataclass(frozen=True)
class Probe:
    """One question: every one of `wanted` is to be said, and `also` are right as well."""

    text: str
    locale: Locale
    wanted: tuple[str, ...]
    also: tuple[str, ...] = ()
    origin: Origin = "golden"

    def right(self, said: Sequence[str]) -> bool:
        """Tell whether the entries `said` are what was asked for: the first of them, or all where several were asked."""
        if len(self.wanted) > 1:
            return all(any(fits(label, entry) for entry in said) for label in self.wanted)
        return bool(said) and any(fits(label, said[0]) for label in (*self.wanted, *self.also))


def fits(label: str, entry: str) -> bool:
    """Tell whether `entry` is what `label` names."""
    return label == entry or (label == OPEN_TOPICS and entry.startswith(f"{OPEN_TOPICS}/"))


@cache
def golden_probes(folder: Path = GOLDEN) -> tuple[Probe, ...]:
    """Return the golden questions; none where the folder is not installed."""
    return tuple(_golden(folder))


def _golden(folder: Path) -> Iterator[Probe]:
    for name, locale in FILES:
        path = folder / f"{name}.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            if line.strip():
                raw = json.loads(line)
                yield Probe(raw["text"], locale, tuple(raw.get("entries") or [raw["entry"]]), tuple(raw.get("also") or ()))


def own_probes(library: Library) -> Iterator[Probe]:
    """Yield the questions and the editors' phrasings of the entries that give an answer."""
    for entry in library.entries.values():
        if entry.kind != "answer":
            continue
        for locale in LOCALES:
            yield Probe(entry.question[locale], locale, (entry.id,), origin="question")
            yield from (Probe(text, locale, (entry.id,), origin="phrasing") for text in entry.phrasings.get(locale, ()))


def known_probes(known: Iterable[Phrasing], entries: Collection[str] | None = None) -> Iterator[Probe]:
    """Yield the phrasings of data/nlu, or those of some `entries`."""
    for one in known:
        if entries is None or one.entry in entries:
            yield Probe(one.text, one.locale, (one.entry,), origin="phrasing")
