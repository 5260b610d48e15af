"""Trying a draft before it is published, on the way that messages take: one question, and everything behind its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rapidfuzz import fuzz, process

from bot.content.check import Phrasing
from bot.content.check.phrasings import bare
from bot.content.model import Library
from bot.nlu.intents import entry_of
from bot.nlu.reading import Candidate
from bot.web.assistant import Question

SHOWN = 8  # candidates of a ranking


class Ears(Protocol):
    """What understands and answers: the assistant, or a stand-in."""

    @property
    def ready(self) -> bool:
        """Tell whether a model is loaded."""

    @property
    def model(self) -> str | None:
        """The model's name."""

    def try_now(self, question: Question, library: Library) -> dict[str, Any]:
        """Return what would be said if `library` were live."""

    def rank_now(self, text: str, library: Library | None = None) -> list[Candidate]:
        """Return the likeliest intents."""

    def parts(self) -> dict[str, Any]:
        """Return the components of the model by the names of their classes."""

    def heads_now(self, text: str) -> dict[str, tuple[float, float]]:
        """Return what each head of the classifier thinks, by intent."""


@dataclass(frozen=True)
class Evidence:
    """Why an entry stands where it does: its confidence, what the head over meanings and the head over words give it (0..1), and the nearest phrasing (0..100)."""

    entry: str
    confidence: float
    meaning: float
    words: float
    nearest: str | None
    likeness: float


@dataclass(frozen=True)
class Tried:
    """The reply that would be given, in the contract's shape, and the ranking behind it."""

    reply: Mapping[str, Any]
    ranking: tuple[Evidence, ...]


def try_question(ears: Ears, library: Library, question: Question, known: Iterable[Phrasing] = ()) -> Tried:
    """Return what would be said to `question` if `library` were live, and why."""
    reply = ears.try_now(question, library)["reply"]
    if not question.text:
        return Tried(reply, ())
    heads, ranking = ears.heads_now(question.text), ears.rank_now(question.text, library)[:SHOWN]
    texts = _texts({entry_of(candidate.intent) for candidate in ranking}, library, known)
    return Tried(reply, tuple(_evidence(candidate, heads, texts, question.text) for candidate in ranking))


def _texts(entries: set[str], library: Library, known: Iterable[Phrasing]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {key: [] for key in entries}
    for one in known:
        if one.entry in found:
            found[one.entry].append(one.text)
    for key in entries & set(library.entries):
        entry = library.entries[key]
        found[key] += [*entry.question.values(), *(text for texts in entry.phrasings.values() for text in texts)]
    return found


def _evidence(candidate: Candidate, heads: Mapping[str, tuple[float, float]], texts: Mapping[str, Sequence[str]], asked: str) -> Evidence:
    entry = entry_of(candidate.intent)
    best = process.extractOne(bare(asked), texts[entry], scorer=fuzz.ratio, processor=bare)
    nearest, likeness = (best[0], best[1]) if best else (None, 0.0)
    meaning, words = heads.get(candidate.intent, (0.0, 0.0))
    return Evidence(entry, candidate.confidence, meaning, words, nearest, likeness)
