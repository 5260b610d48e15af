"""What the rules of an import have found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.content.notice_import.draft import DraftFact, NotUnderstood
from bot.content.notice_import.outline import Line

SEVERAL = frozenset({"webinar-start", "webinar-link"})  # a notice may announce two info sessions


@dataclass
class Gathering:
    """Facts, restatements and misses, in the order in which the rules met them."""

    facts: list[DraftFact] = field(default_factory=list)
    restated: list[DraftFact] = field(default_factory=list)
    missed: list[NotUnderstood] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def fact(self, identifier: str, line: Line, value: Any, *, words: str = "", comparison: str | None = None) -> None:
        """Keep a fact; a second value of a fact that can have one only is kept as restated."""
        self.used.add(line.number)
        if line.language is None:
            self.miss(line)
            return
        fact = DraftFact(identifier, line.language, value, line.section, line.number, words or line.text, comparison)
        same = [known for known in self.facts if known.id == identifier and known.language == line.language]
        if any(known.value == value for known in same):
            return
        (self.restated if same and identifier not in SEVERAL else self.facts).append(fact)

    def miss(self, line: Line, text: str = "") -> None:
        """Keep a line that states something, of which no fact can be made."""
        self.used.add(line.number)
        miss = NotUnderstood(line.language or "en", line.number, text or line.text)
        if miss not in self.missed:
            self.missed.append(miss)
