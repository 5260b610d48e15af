"""Which entries the list shows: found by words in either language, narrowed by topic, state and need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from bot.content.model import Entry, Words
from bot.i18n.locale import LOCALES
from bot.nlu.normalise import fold

State = Literal["published", "draft", "new", "removed"]
STATES: tuple[State, ...] = ("published", "draft", "new", "removed")
NEEDS = ("any", "fault", "style")
LACKING = ("en", "fr")
_LIKE = 84.0  # of 100: one slip in a word of six letters


@dataclass(frozen=True)
class Listed:
    """One row of the list."""

    id: str
    topic: str
    kind: str
    question: Words
    state: State
    faults: int = 0
    style: int = 0
    by: str = ""
    words: str = ""  # everything that can be searched, folded
    languages: tuple[str, ...] = LOCALES  # those in which every text has words


@dataclass(frozen=True)
class Wanted:
    """What an editor looks for; empty means everything."""

    search: str = ""
    topic: str = ""
    language: str = ""
    state: str = ""
    needs: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Wanted:
        """Return what the address of the list asks for; unknown values ask for nothing."""
        return cls(
            query.get("q", "")[:200],
            query.get("topic", "")[:40],
            query.get("in", "") if query.get("in") in LACKING else "",
            query.get("state", "") if query.get("state") in STATES else "",
            query.get("needs", "") if query.get("needs") in NEEDS else "",
        )


def listed(entry: Entry, state: State, *, faults: int = 0, style: int = 0, by: str = "") -> Listed:
    """Return the row of `entry`."""
    texts = [entry.id, *entry.question.values(), *(text for answer in entry.answers for text in answer.words.values()), *(text for own in entry.phrasings.values() for text in own)]
    complete = tuple(locale for locale in LOCALES if entry.question[locale] and entry.answers and all(answer.words[locale] for answer in entry.answers))
    return Listed(entry.id, entry.topic, entry.kind, entry.question, state, faults, style, by, "\n".join(fold(text) for text in texts), complete)


def found(rows: Iterable[Listed], wanted: Wanted) -> list[Listed]:
    """Return the rows that `wanted` asks for: the best match first where words are searched, else by topic and id."""
    kept = [row for row in rows if _fits(row, wanted)]
    if not wanted.search.strip():
        return kept
    scored = [(_score(row, fold(wanted.search).split()), row) for row in kept]
    return [row for score, row in sorted(scored, key=lambda pair: (-pair[0], pair[1].id)) if score > 0]


def _fits(row: Listed, wanted: Wanted) -> bool:
    return (
        (not wanted.topic or row.topic == wanted.topic)
        and (not wanted.state or row.state == wanted.state)
        and (not wanted.language or wanted.language not in row.languages)
        and (wanted.needs != "fault" or row.faults > 0)
        and (wanted.needs != "style" or row.style > 0)
        and (wanted.needs != "any" or row.faults + row.style > 0)
    )


def _score(row: Listed, terms: list[str]) -> float:
    """Return how well every term is met: a term in the id or the question counts most; one slip is forgiven."""
    head = fold(" ".join([row.id, *row.question.values()]))
    score = 0.0
    for term in terms:
        if term in head:
            score += 3
        elif term in row.words:
            score += 2
        elif len(term) > 3 and max((fuzz.ratio(term, word) for word in row.words.split()), default=0) >= _LIKE:
            score += 1
        else:
            return 0
    return score
