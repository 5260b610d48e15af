"""An entry put into words for notices, a language and a moment. Pure: the same arguments give the same words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.content.conditions import has_gone_by, holds
from bot.content.facts import Fact
from bot.content.model import Answer, Entry, Library, Notice
from bot.content.wording import fill, in_words, join, placeholders
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale

SILENT = "not-in-notice"  # what is said of a notice that does not give the facts asked for
State = Literal["current", "past", "undated"]


@dataclass(frozen=True)
class Source:
    """Where in a published notice an answer comes from."""

    notice: str
    language: Locale
    section: str


@dataclass(frozen=True)
class Link:
    """An address with its label, shown beside a text."""

    label: str
    url: str


@dataclass(frozen=True)
class Rendered:
    """An entry in words: the text, how it stands to the clock, and where it comes from."""

    entry: str
    text: str
    state: State
    sources: tuple[Source, ...]
    links: tuple[Link, ...]
    notices: tuple[str, ...]


def render(library: Library, entry: Entry, notices: Sequence[Notice], locale: Locale, *, now: datetime) -> Rendered:
    """Render `entry` for those of `notices` that it concerns; for all of its own if it concerns none of them.

    The text is rendered for each notice. Notices with equal texts share one; where texts differ, each stands under its office's name.
    """
    concerned = [notice for notice in notices if entry.concerns(notice)] or [notice for notice in library.notices.values() if entry.concerns(notice)]
    if entry.kind in {"smalltalk", "out_of_scope"} and not _facts_named(entry.answers):
        return Rendered(entry.id, entry.answers[-1].words[locale], "undated", (), (), ())  # the same for every notice
    said = [_Said(library, entry, notice, locale, now) for notice in (concerned[:1] if entry.together else concerned)]
    groups: dict[str, list[_Said]] = {}
    for one in said:
        groups.setdefault(one.text, []).append(one)
    texts = [f"{head_of([one.notice for one in group], locale)}\n{words}" for words, group in groups.items()]
    text = "\n".join(texts) if len(groups) > 1 else next(iter(groups))
    if entry.together:
        text = "\n".join([text, *_closed([_Said(library, entry, notice, locale, now) for notice in concerned], locale)])
    about = concerned if entry.together else [one.notice for one in said]
    return Rendered(
        entry.id,
        text,
        _state(said),
        tuple(dict.fromkeys(source for one in said for source in one.sources())),
        tuple(dict.fromkeys(link for one in said for link in one.links())),
        tuple(notice.reference for notice in about),
    )


@dataclass(frozen=True)
class _Said:
    """One entry said about one notice."""

    library: Library
    entry: Entry
    notice: Notice
    locale: Locale
    now: datetime

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The facts that a template may name: the notice's, the curated ones, and the list of notices."""
        listed = _notices_fact(self.library)
        return {**self.library.curated, **self.notice.facts, listed.id: listed}

    @property
    def answer(self) -> Answer:
        """The first wording whose conditions hold; where it names what this notice does not give, the one that says so."""
        found = next((answer for answer in self.entry.answers if self._holds(answer)), self.entry.answers[-1])
        silent = self.library.entries.get(SILENT)
        is_given = all(fact in self.facts for fact, _ in placeholders(found.words[self.locale]))
        return found if is_given or silent is None else silent.answers[-1]

    def _holds(self, answer: Answer) -> bool:
        return all(holds(condition, self.notice.facts, now=self.now, zone=self.notice.zone) for condition in answer.conditions)

    @property
    def text(self) -> str:
        words = fill(self.answer.words[self.locale], self.facts, self.locale, zone=self.notice.zone)
        return f"{words}\n{self.closed}" if self.is_closed and not self.entry.together else words

    @property
    def is_closed(self) -> bool:
        """Tell whether the answer would mislead without a word on the deadline that is past."""
        deadline = self.notice.deadline()
        return self.entry.closes and deadline is not None and self.now > deadline

    @property
    def closed(self) -> str:
        """The word on the deadline, where it is past."""
        if not self.is_closed:
            return ""
        day = in_words(self.notice.facts["deadline"], self.locale, "date", zone=self.notice.zone)
        return phrase("closed-since", self.locale, date=day)

    @property
    def used(self) -> list[Fact]:
        """The notice's facts that the text rests on."""
        named = [fact for fact, _ in placeholders(self.answer.words[self.locale])]
        named += [condition.fact for condition in self.answer.conditions]
        named += ["deadline"] if self.is_closed else []
        return [self.notice.facts[key] for key in dict.fromkeys(named) if key in self.notice.facts]

    @property
    def dated(self) -> list[Fact]:
        return [fact for fact in self.used if fact.type in {"instant", "months"}]

    def sources(self) -> Iterable[Source]:
        keys = [fact.section for fact in self.used] + [key for key in self.entry.sections if key in self.notice.sections]
        for key in dict.fromkeys(keys):
            yield Source(self.notice.reference, self.locale, self.notice.sections[key][self.locale])

    def links(self) -> Iterable[Link]:
        for key in self.entry.links:
            if key in self.notice.facts:
                fact = self.notice.facts[key]
                yield Link(fact.label[self.locale], fact.value(self.locale))


def _closed(said: Sequence[_Said], locale: Locale) -> Iterable[str]:
    """Yield that notices are closed, beneath what is said of all of them together."""
    groups: dict[str, list[Notice]] = {}
    for one in said:
        groups.setdefault(one.closed, []).append(one.notice)
    for words, some in groups.items():
        if words:
            yield words if len(some) == len(said) else f"{head_of(some, locale)} {words}"


def _state(said: Sequence[_Said]) -> State:
    dated = [(one, fact) for one in said for fact in one.dated]
    if any(has_gone_by(fact, now=one.now, zone=one.notice.zone) for one, fact in dated):
        return "past"
    return "current" if dated else "undated"


def head_of(notices: Sequence[Notice], locale: Locale) -> str:
    """Return the line over what is said of some notices only: the names of their offices."""
    names = [f"{notice.words('office-name', locale)} ({notice.reference})" for notice in notices]
    return phrase("for-office", locale, office=join(names, locale))


def _notices_fact(library: Library) -> Fact:
    def lines(locale: Locale) -> tuple[str, ...]:
        return tuple(f"{notice.words('title', locale)}, {notice.reference}" for notice in library.notices.values())

    return Fact("notices", "list", {"en": lines("en"), "fr": lines("fr")}, "")


def _facts_named(answers: Iterable[Answer]) -> bool:
    return any(answer.conditions or placeholders(text) for answer in answers for text in answer.words.values())
