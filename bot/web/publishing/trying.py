"""Trying a draft before it is published, on the way that messages take: one question, or all that are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rapidfuzz import fuzz, process

from bot.content.check import Phrasing
from bot.content.check.phrasings import bare
from bot.content.difference import understanding_changes
from bot.content.model import Library
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.intents import entry_of
from bot.nlu.reading import Candidate
from bot.web.assistant import Question
from bot.web.publishing.outcomes import Review
from bot.web.publishing.probes import Probe

SHOWN = 8  # candidates of a ranking
Progress = Callable[[int, int], None]


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


@dataclass(frozen=True)
class Heard:
    """What was said to a question: the reply's kind, its entries in order, and their words."""

    kind: str
    entries: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Turned:
    """A question that is answered by other entries than before."""

    probe: Probe
    before: Heard
    after: Heard

    @property
    def better(self) -> bool | None:
        """Tell whether it is right now and was not (True), the other way round (False), or neither (None)."""
        was, now = self.probe.right(self.before.entries), self.probe.right(self.after.entries)
        return None if was == now else now


@dataclass(frozen=True)
class Trial:
    """All questions against the live release and the draft, by language; `reworded` counts the questions that get other words of the same entry."""

    asked: Mapping[Locale, int]
    right_before: Mapping[Locale, int]
    right_after: Mapping[Locale, int]
    turned: tuple[Turned, ...]
    reworded: Mapping[str, int]

    def shortfalls(self, margin: int) -> tuple[str, ...]:
        """Return the languages whose share of right answers falls by more than `margin` percentage points, in words."""
        found = []
        for locale, count in self.asked.items():
            before, after = 100 * self.right_before[locale] / count, 100 * self.right_after[locale] / count
            if before - after > margin + 1e-9:
                found.append(f"{locale}: {before:.1f} % → {after:.1f} %")
        return tuple(found)


class Tester:
    """Puts questions to the live release and to drafts; what the live one said is remembered while it and the model stay."""

    def __init__(self, ears: Ears) -> None:
        self.ears = ears
        self._remembered: tuple[tuple[str | None, str], dict[Probe, Heard]] = ((None, ""), {})

    def test_all(self, live: Library, draft: Library, probes: Sequence[Probe], progress: Progress = lambda *_: None) -> Trial:
        """Put every one of `probes` to both, and return what changes; `progress` is told how many of how many are done."""
        if (key := (self.ears.model, live.version)) != self._remembered[0]:
            self._remembered = (key, {})
        known, turned = self._remembered[1], []
        reworded: dict[str, int] = {}
        right = {when: dict.fromkeys(LOCALES, 0) for when in ("before", "after")}
        for number, probe in enumerate(probes, 1):
            before = known[probe] = known.get(probe) or self._hear(probe, live)
            after = self._hear(probe, draft)
            right["before"][probe.locale] += probe.right(before.entries)
            right["after"][probe.locale] += probe.right(after.entries)
            if (before.kind, before.entries) != (after.kind, after.entries):
                turned.append(Turned(probe, before, after))
            for entry in (one for one, old, new in zip(after.entries, before.words, after.words, strict=False) if old != new and one in before.entries):
                reworded[entry] = reworded.get(entry, 0) + 1
            progress(number, len(probes))
        asked = {locale: count for locale in LOCALES if (count := sum(probe.locale == locale for probe in probes))}
        return Trial(asked, right["before"], right["after"], tuple(turned), reworded)

    def gate(self, live: Callable[[], Library], probes: Callable[[], Sequence[Probe]], margin: int) -> Callable[[Review], Sequence[str]]:
        """Return the measure that holds a release back: only one that changes what is understood can fall behind."""

        def measure(review: Review) -> Sequence[str]:
            if not self.ears.ready or not understanding_changes(live(), review.library):
                return ()
            return self.test_all(live(), review.library, probes()).shortfalls(margin)

        return measure

    def _hear(self, probe: Probe, library: Library) -> Heard:
        reply = self.ears.try_now(Question(probe.text, language=probe.locale), library)["reply"]
        blocks = [block for block in reply["blocks"] if reply["kind"] != "clarify"]
        return Heard(reply["kind"], tuple(block["entry"] for block in blocks), tuple(block["text"] for block in blocks))
