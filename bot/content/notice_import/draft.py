"""What an import yields: draft facts, what the languages disagree on, and what was not understood."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from bot.content.notice_import.outline import Line
from bot.i18n.locale import LOCALES, Locale


@dataclass(frozen=True)
class DraftFact:
    """One fact as a notice states it in one language; `words` are the notice's own, `comparison` as in ``at-least``."""

    id: str
    language: Locale
    value: Any
    section: str
    line: int
    words: str = ""
    comparison: str | None = None


@dataclass(frozen=True)
class Disagreement:
    """Something that the two languages, or two places of one language, say differently."""

    id: str
    en: Any
    fr: Any
    why: str


@dataclass(frozen=True)
class NotUnderstood:
    """A line that looks as if it states something, of which no fact could be made."""

    language: Locale
    line: int
    text: str


@dataclass(frozen=True)
class Imported:
    """A notice as read: nothing in it is guessed, a fact that is missing is absent."""

    facts: tuple[DraftFact, ...]
    restated: tuple[DraftFact, ...]  # further places that state a fact with another value
    not_understood: tuple[NotUnderstood, ...]
    lines: tuple[Line, ...] = field(repr=False, default=())
    used: frozenset[int] = frozenset()  # the lines that facts were read from

    @property
    def reference(self) -> str | None:
        """The notice's reference, where it stands in the text and is one only."""
        found = {str(fact.value) for fact in self.facts if fact.id == "reference"}
        return found.pop() if len(found) == 1 else None

    @property
    def languages(self) -> tuple[Locale, ...]:
        """The languages that the document holds facts in."""
        return tuple(locale for locale in LOCALES if any(fact.language == locale for fact in self.facts))

    def of(self, identifier: str, language: Locale) -> tuple[DraftFact, ...]:
        """Return the facts with one id in one language, in the order of the text."""
        return tuple(fact for fact in self.facts if fact.id == identifier and fact.language == language)

    def as_json(self, disagreements: tuple[Disagreement, ...]) -> dict[str, Any]:
        """Return the shape that `guichet import notice --json` prints."""
        return {
            "reference": self.reference,
            "facts": [{"id": f.id, "language": f.language, "value": f.value, "section": f.section, "line": f.line} for f in self.facts],
            "disagreements": [asdict(one) for one in disagreements],
            "not_understood": [asdict(one) for one in self.not_understood],
        }
