"""How notices name their parts, compiled once from `vocabulary.yml`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from bot.i18n.locale import LOCALES, Locale

FILE = Path(__file__).with_name("vocabulary.yml")


@cache
def vocabulary() -> dict[str, Any]:
    """Return the vocabulary as it stands in its file."""
    return cast(dict[str, Any], yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


@cache
def rule(name: str, locale: Locale) -> re.Pattern[str]:
    """Return the pattern that tells the sentence stating the fact `name`."""
    return re.compile(vocabulary()["rules"][locale][name], re.IGNORECASE)


@cache
def known(locale: Locale) -> re.Pattern[str]:
    """Return the pattern of items that need no fact of their own."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in vocabulary()["known"][locale]), re.IGNORECASE)


@cache
def headings() -> tuple[tuple[Locale, str, re.Pattern[str]], ...]:
    """Return language, kind and pattern of each heading that is known."""
    return tuple((locale, kind, re.compile(rf"(?:{pattern})", re.IGNORECASE)) for locale in LOCALES for kind, pattern in vocabulary()["headings"][locale].items())


@cache
def labels() -> tuple[tuple[Locale, str, str], ...]:
    """Return language, field and label of every labelled line, the longest label first."""
    found = [(locale, field, label) for locale in LOCALES for field, names in vocabulary()["fields"][locale].items() for label in names]
    return tuple(sorted(found, key=lambda row: -len(row[2])))
