"""The words by which figures and comparisons are recognised, compiled once from `lexicon.yml`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from bot.i18n.locale import Locale, babel_locale

FILE = Path(__file__).with_name("lexicon.yml")
_SAME = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-"})


def plain(text: str) -> str:
    """Return `text` with one kind of space, apostrophe and dash; every character keeps its place."""
    return text.translate(_SAME)


@cache
def lexicon() -> dict[str, Any]:
    """Return the lexicon as it stands in its file."""
    return cast(dict[str, Any], yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def any_of(words: Any) -> str:
    """Return a pattern for one of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def month_numbers(locale: Locale) -> dict[str, int]:
    """Return the number of each name of a month in `locale`, full or short, in lower case."""
    named = {name.lower(): number for number, name in babel_locale(locale).months["format"]["wide"].items()}
    return named | cast(dict[str, int], lexicon()["months"][locale])


@cache
def number_words(locale: Locale) -> dict[str, int]:
    """Return the value of each number written as a word in `locale`."""
    return cast(dict[str, int], lexicon()["numbers"][locale])


def foreign_share(text: str, locale: Locale) -> int:
    """Return how many more stop words of the other language than of `locale` stand in `text`."""
    words = re.findall(r"[^\W\d_]+", plain(text).lower())
    stop = lexicon()["stop_words"]
    return sum((word in stop["fr" if locale == "en" else "en"]) - (word in stop[locale]) for word in words)
