"""What a release changes, ready to be shown: texts side by side with the words that come and go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from bot.content.difference import Change, WordsChange
from bot.i18n.catalogue import phrase, phrase_ids
from bot.i18n.locale import Locale

Kept = Literal["same", "gone", "new"]
_TOO_LONG = 6_000  # characters; what is longer is shown whole, before and after


@dataclass(frozen=True)
class Shown:
    """One thing that changes: what it is called, its language where it has one, and its pieces."""

    name: str
    language: Locale | None
    pieces: tuple[tuple[Kept, str], ...]


def pieces(before: str | None, after: str | None) -> tuple[tuple[Kept, str], ...]:
    """Return `before` and `after` as one text, word by word: what stays, what goes, what comes."""
    old, new = before or "", after or ""
    if not old or not new or len(old) + len(new) > _TOO_LONG:
        return tuple((kind, text) for kind, text in (("gone", old), ("new", new)) if text)  # type: ignore[misc]  # the two literals
    olds, news = _words(old), _words(new)
    found: list[tuple[Kept, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(olds[i1:i2])))
        else:
            found += [(kind, text) for kind, text in (("gone", "".join(olds[i1:i2])), ("new", "".join(news[j1:j2]))) if text]  # type: ignore[misc]
    return tuple(found)


def shown(change: Change, locale: Locale) -> tuple[Shown, ...]:
    """Return everything that `change` holds, in reading order, named in `locale`."""
    return (*_texts(change.words, locale), *_facts(change), *_phrasings(change, locale), *_values(change, locale))


def _texts(words: Iterable[WordsChange], locale: Locale) -> Iterator[Shown]:
    for one in words:
        place, _, condition = one.place.partition(" ")
        name = phrase(f"editor-{place}", locale) if f"editor-{place}" in phrase_ids(locale) else place
        yield Shown(f"{name} – {condition}" if condition else name, one.language, pieces(one.before, one.after))


def _facts(change: Change) -> Iterator[Shown]:
    for one in change.facts:
        before, after = one.before or {}, one.after or {}
        same = before.get("en") == before.get("fr") and after.get("en") == after.get("fr")
        languages: tuple[Locale | None, ...] = (None,) if same else ("en", "fr")
        for language in languages:
            yield Shown(one.fact, language, pieces(before.get(language or "en"), after.get(language or "en")))


def _phrasings(change: Change, locale: Locale) -> Iterator[Shown]:
    kinds: tuple[tuple[Kept, dict[Locale, tuple[str, ...]]], ...] = (("gone", dict(change.phrasings_removed or {})), ("new", dict(change.phrasings_added or {})))
    for kind, by_language in kinds:
        for language, texts in by_language.items():
            yield Shown(phrase("editor-phrasings", locale), language, tuple((kind, f"{text}\n") for text in texts))


def _values(change: Change, locale: Locale) -> Iterator[Shown]:
    for one in change.values:
        key = f"ed-field-{one.name}"
        yield Shown(phrase(key, locale) if key in phrase_ids(locale) else one.name, None, pieces(one.before, one.after))


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\{[^{}]*\}|\w+|[^\w\s]", text)
