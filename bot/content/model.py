"""The things that the content is made of; every one is read-only once loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from bot.content.conditions import Condition
from bot.content.facts import Fact
from bot.i18n.locale import Locale

Kind = Literal["answer", "not_in_notice", "out_of_scope", "refusal", "smalltalk", "step"]  # step: a question of the self-check, or a button under it
KINDS: tuple[str, ...] = ("answer", "not_in_notice", "out_of_scope", "refusal", "smalltalk", "step")
TOPICS: tuple[str, ...] = ("applying", "conditions", "offer", "office", "eligibility", "documents", "webinar", "rules", "about-us", "not-said", "talk")
Words = Mapping[Locale, str]


@dataclass(frozen=True)
class Notice:
    """A published vacancy notice."""

    reference: str
    office: str
    zone: ZoneInfo
    sections: Mapping[str, Words]
    facts: Mapping[str, Fact]
    published_in: tuple[Locale, ...]

    def words(self, fact: str, locale: Locale) -> str:
        """Return the text of the fact `fact` (a type ``text``) in `locale`."""
        return str(self.facts[fact].value(locale))

    def deadline(self) -> datetime | None:
        """Return the last moment to apply, where the notice gives one."""
        fact = self.facts.get("deadline")
        return fact.value("en") if fact else None


@dataclass(frozen=True)
class Answer:
    """One wording of an entry, said when all its conditions hold."""

    conditions: tuple[Condition, ...]
    words: Words


@dataclass(frozen=True)
class Entry:
    """One approved question and its answers in both languages."""

    id: str
    kind: Kind
    topic: str
    question: Words
    answers: tuple[Answer, ...]
    notices: tuple[str, ...] | None = None
    together: bool = False
    sections: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    closes: bool = False
    criterion: str | None = None
    review_by: date | None = None
    phrasings: Mapping[Locale, tuple[str, ...]] = field(default_factory=dict)  # an editor's own, beside those of data/nlu

    def concerns(self, notice: Notice) -> bool:
        """Tell whether the entry is about `notice`."""
        return self.notices is None or notice.reference in self.notices


@dataclass(frozen=True)
class Criterion:
    """A published criterion: the facts curated for it and what is said of a value by outcome and reason."""

    id: str
    facts: Mapping[str, Fact]
    says: Mapping[str, Words]
    label: Words = field(default_factory=dict)
    brief: Mapping[str, Words] = field(default_factory=dict)  # the same reasons, for a summary of several criteria


@dataclass(frozen=True)
class Library:
    """Everything that may be said, at one version."""

    notices: Mapping[str, Notice]
    entries: Mapping[str, Entry]
    criteria: Mapping[str, Criterion]
    version: str
    offices: Mapping[str, Mapping[Locale, tuple[str, ...]]] = field(default_factory=dict)

    @cached_property
    def curated(self) -> Mapping[str, Fact]:
        """The facts that are not in a notice but curated with a criterion, by id."""
        return {fact.id: fact for criterion in self.criteria.values() for fact in criterion.facts.values()}

    def of_kind(self, kind: Kind) -> tuple[Entry, ...]:
        """Return the entries of one kind, in the order of their ids."""
        return tuple(entry for entry in self.entries.values() if entry.kind == kind)
