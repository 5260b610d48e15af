"""Phrasings of a question that stand too close to another entry's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.content.check.subject import Subject
from bot.content.lexicon import plain
from bot.content.problem import Problem
from bot.i18n.locale import LOCALES, Locale

CLOSE = 92.0  # of 100; below it, different questions begin to be named together
_FEW_WORDS = 2  # «and French?» may be anyone's
_BATCH = 500


@dataclass(frozen=True)
class Phrasing:
    """A way to ask for an entry, from the examples that understanding is trained on."""

    entry: str
    locale: Locale
    text: str
    file: str
    line: int = 1


@dataclass(frozen=True)
class Likeness:
    """Two phrasings of different entries, and how close they are (0–100)."""

    first: Phrasing
    second: Phrasing
    score: float


def close_phrasings(phrasings: Iterable[Phrasing], *, at_least: float = CLOSE) -> Iterator[Likeness]:
    """Yield each pair of different entries in one language that are `at_least` so close, the closest phrasing of each first."""
    by_locale: dict[Locale, list[Phrasing]] = defaultdict(list)
    for phrasing in phrasings:
        by_locale[phrasing.locale].append(phrasing)
    for locale in LOCALES:
        ordered = sorted(by_locale[locale], key=lambda one: len(bare(one.text)))
        yield from _close(ordered, [bare(one.text) for one in ordered], at_least)


def close_to(text: str, entry: str, phrasings: Sequence[Phrasing], *, at_least: float = CLOSE) -> list[Likeness]:
    """Return the phrasings of other entries that `text` is too close to: for the page, while an editor types."""
    own = Phrasing(entry, phrasings[0].locale if phrasings else "en", text, "")
    others = [one for one in phrasings if one.entry != entry]
    found = process.extract(bare(text), [bare(one.text) for one in others], scorer=fuzz.ratio, score_cutoff=at_least, limit=5)
    return [Likeness(own, others[index], score) for _, score, index in found]


def check_phrasings(phrasings: Iterable[Phrasing], *, at_least: float = CLOSE) -> Iterator[Problem]:
    """Yield what two entries would both be asked with: the very same words are a fault, close ones an editor's choice."""
    yield from _as_problems(close_phrasings(phrasings, at_least=at_least))


def _as_problems(pairs: Iterable[Likeness]) -> Iterator[Problem]:
    for pair in pairs:
        first, second = pair.first, pair.second
        words = len(bare(first.text).split())
        same = bare(first.text) == bare(second.text)
        message = f"«{first.text}» is too close to «{second.text}» of «{second.entry}» ({second.file}:{second.line}): {pair.score:.0f} of 100."
        mend = "Keep it under the entry that answers it, and reword or delete the other."
        yield Problem(first.file, first.line, "close-phrasing", message, mend, first.entry, first.locale, "fault" if same and words > _FEW_WORDS else "style")


def check_own_phrasings(subject: Subject, known: Iterable[Phrasing]) -> Iterator[Problem]:
    """Yield what is wrong with the editors' own phrasings; `known` are compared with them, not with each other."""
    own = list(own_phrasings(subject))
    yield from _repeated(own)
    entries = subject.library.entries.values()
    questions = [Phrasing(one.id, locale, one.question[locale], *subject.place(f"entry/{one.id}", "question", locale)) for one in entries for locale in LOCALES]
    pairs = [*close_phrasings(own), *(pair for mine in own for pair in _near(mine, [*questions, *known]))]
    yield from _as_problems(pairs)


def own_phrasings(subject: Subject) -> Iterator[Phrasing]:
    """Yield the editors' own phrasings, each with its place."""
    for entry in subject.library.entries.values():
        for locale, texts in entry.phrasings.items():
            for index, text in enumerate(texts):
                yield Phrasing(entry.id, locale, text, *subject.place(f"entry/{entry.id}", "phrasings", locale, index))


def _repeated(own: Iterable[Phrasing]) -> Iterator[Problem]:
    seen: set[tuple[str, str, str]] = set()
    for one in own:
        key = (one.entry, one.locale, bare(one.text))
        if key in seen:
            yield Problem(one.file, one.line, "same-phrasing", f"«{one.text}» stands twice in the entry.", "Leave one.", one.entry, one.locale, "style")
        seen.add(key)


def _near(mine: Phrasing, known: Sequence[Phrasing]) -> Iterator[Likeness]:
    others = [one for one in known if one.entry != mine.entry and one.locale == mine.locale]
    found = process.extract(bare(mine.text), _bare_all(tuple(one.text for one in others)), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=5)
    return (Likeness(mine, others[index], score) for _, score, index in found)


@lru_cache(maxsize=256)  # the same thousands of texts stand against each phrasing of an entry
def _bare_all(texts: tuple[str, ...]) -> list[str]:
    return [bare(text) for text in texts]


def bare(text: str) -> str:
    """Return `text` as it is compared: lower case, one kind of marks, no punctuation."""
    return " ".join(re.findall(r"\w+", plain(text).casefold()))


def _close(ordered: list[Phrasing], texts: list[str], at_least: float) -> Iterator[Likeness]:
    """Compare each text with those of like length only: at 92 of 100 lengths differ by at most an eighth or so."""
    reach = (200 - at_least) / at_least  # of ratio = 2·matches / (a + b): the longer one is at most so many times the shorter
    end = 0
    for begin in range(0, len(texts), _BATCH):
        batch = texts[begin : begin + _BATCH]
        end = max(end, begin)
        while end < len(texts) and len(texts[end]) <= len(batch[-1]) * reach:
            end += 1
        scores = process.cdist(batch, texts[begin:end], scorer=fuzz.ratio, score_cutoff=at_least)
        for row, column in zip(*scores.nonzero(), strict=True):
            one, two = ordered[begin + row], ordered[begin + column]
            if column > row and one.entry != two.entry:
                yield Likeness(one, two, float(scores[row, column]))
