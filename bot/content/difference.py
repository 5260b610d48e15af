"""What a release changes, entry by entry and fact by fact, in values that a page or a command can show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from bot.content.facts import Fact
from bot.content.model import Answer, Criterion, Entry, Library, Notice
from bot.content.wording import in_words
from bot.i18n.locale import LOCALES, Locale

State = Literal["added", "removed", "changed"]
_SHOWN_OTHERWISE = frozenset({"id", "question", "answers", "phrasings"})


@dataclass(frozen=True)
class WordsChange:
    """A text in one language, before and after; `place` is ``question``, ``answer`` with its condition, or a criterion's key."""

    place: str
    language: Locale
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ValueChange:
    """Any other value of an entry or a notice, as it stands in the file."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class FactChange:
    """A fact in words of each language, before and after; None where there was or is none."""

    fact: str
    before: Mapping[Locale, str] | None
    after: Mapping[Locale, str] | None


@dataclass(frozen=True)
class Change:
    """Everything that changes in one entry, notice or criterion."""

    kind: Literal["entry", "notice", "criterion"]
    id: str
    state: State
    words: tuple[WordsChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    values: tuple[ValueChange, ...] = ()
    phrasings_added: Mapping[Locale, tuple[str, ...]] | None = None
    phrasings_removed: Mapping[Locale, tuple[str, ...]] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


def difference(before: Library, after: Library) -> tuple[Change, ...]:
    """Return what is different in `after`: entries, then notices, then criteria, each in the order of the ids."""
    return (
        *_of(before.entries, after.entries, _entry),
        *_of(before.notices, after.notices, _notice),
        *_of(before.criteria, after.criteria, _criterion),
    )


def understanding_changes(before: Library, after: Library) -> bool:
    """Tell whether `after` asks for training: another set of entries, kinds, questions or phrasings."""

    def known(library: Library) -> dict[str, object]:
        return {key: (entry.kind, dict(entry.question), dict(entry.phrasings)) for key, entry in library.entries.items()}

    return known(before) != known(after)


def _of(before: Mapping[str, Any], after: Mapping[str, Any], compare: Any) -> Iterator[Change]:
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            yield compare(key, before.get(key), after.get(key))


def _state(before: object, after: object) -> State:
    return "added" if before is None else "removed" if after is None else "changed"


def _entry(key: str, before: Entry | None, after: Entry | None) -> Change:
    names = [row.name for row in fields(Entry) if row.name not in _SHOWN_OTHERWISE]
    values = tuple(_values(names, before, after)) if before and after else ()
    added, removed = _phrasings(before, after), _phrasings(after, before)
    words = tuple(_words(_texts(before), _texts(after)))
    return Change("entry", key, _state(before, after), words, (), values, added or None, removed or None)


def _texts(entry: Entry | None) -> dict[str, Mapping[Locale, str]]:
    if entry is None:
        return {}
    return {"question": entry.question, **{_place(answer): answer.words for answer in entry.answers}}


def _place(answer: Answer) -> str:
    return " and ".join(["answer", *(f"{condition.test} {condition.fact}" for condition in answer.conditions)]).replace("answer and", "answer", 1)


def _words(before: Mapping[str, Mapping[Locale, str]], after: Mapping[str, Mapping[Locale, str]]) -> Iterator[WordsChange]:
    for place in dict.fromkeys([*after, *before]):
        for locale in LOCALES:
            old, new = before.get(place, {}).get(locale), after.get(place, {}).get(locale)
            if old != new:
                yield WordsChange(place, locale, old, new)


def _phrasings(before: Entry | None, after: Entry | None) -> dict[Locale, tuple[str, ...]]:
    """Return the phrasings of `after` that `before` has not."""
    found = {}
    for locale in LOCALES:
        known = set(before.phrasings.get(locale, ())) if before else set()
        new = tuple(text for text in (after.phrasings.get(locale, ()) if after else ()) if text not in known)
        if new:
            found[locale] = new
    return found


def _values(names: list[str], before: object, after: object) -> Iterator[ValueChange]:
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield ValueChange(name, _shown(old), _shown(new))


def _shown(value: object) -> str | None:
    if value is None or value == ():
        return None
    return ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)


def _notice(key: str, before: Notice | None, after: Notice | None) -> Change:
    names = ("office", "zone", "published_in", "sections")
    values = tuple(_values(list(names), before, after)) if before and after else ()
    return Change("notice", key, _state(before, after), (), tuple(_facts(before, after)), values)


def _facts(before: Notice | None, after: Notice | None) -> Iterator[FactChange]:
    old, new = before.facts if before else {}, after.facts if after else {}
    for key in dict.fromkeys([*new, *old]):
        if old.get(key) != new.get(key):
            yield FactChange(key, _said(old.get(key), before), _said(new.get(key), after))


def _said(fact: Fact | None, notice: Notice | None) -> dict[Locale, str] | None:
    if fact is None:
        return None
    return {locale: _in_words(fact, locale, notice) for locale in LOCALES}


def _in_words(fact: Fact, locale: Locale, notice: Notice | None) -> str:
    if notice is None or fact.type == "link":
        return str(fact.value(locale))
    words = in_words(fact, locale, "", zone=notice.zone)
    return f"{fact.comparison[locale]} {words}" if fact.comparison else words


def _criterion(key: str, before: Criterion | None, after: Criterion | None) -> Change:
    old, new = before.facts if before else {}, after.facts if after else {}
    facts = tuple(FactChange(fact, _said(old.get(fact), None), _said(new.get(fact), None)) for fact in dict.fromkeys([*new, *old]) if old.get(fact) != new.get(fact))
    return Change("criterion", key, _state(before, after), tuple(_words(_criterion_texts(before), _criterion_texts(after))), facts)


def _criterion_texts(criterion: Criterion | None) -> dict[str, Mapping[Locale, str]]:
    """Return every text of a criterion by its place, whatever groups of texts it has."""
    found: dict[str, Mapping[Locale, str]] = {}
    for row in fields(Criterion) if criterion else ():
        group = getattr(criterion, row.name)
        if row.name == "facts" or not isinstance(group, Mapping):
            continue
        if set(group) & set(LOCALES):
            found[row.name] = group
        else:
            found |= {f"{row.name} {key}": words for key, words in group.items()}
    return found
