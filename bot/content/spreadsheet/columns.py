"""The columns of the table, and the headers by which they are recognised in either language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from bot.content.spreadsheet.fault import Fault
from bot.i18n.catalogue import phrase
from bot.i18n.locale import LOCALES, Locale

Column = Literal["id", "topic", "notices", "condition", "question-en", "question-fr", "answer-en", "answer-fr", "phrasings-en", "phrasings-fr", "state", "notes"]
COLUMNS: tuple[Column, ...] = (
    "id",
    "topic",
    "notices",
    "condition",
    "question-en",
    "question-fr",
    "answer-en",
    "answer-fr",
    "phrasings-en",
    "phrasings-fr",
    "state",
    "notes",
)
WORDED: tuple[Column, ...] = ("question-en", "question-fr", "answer-en", "answer-fr", "phrasings-en", "phrasings-fr", "notes")
_MAX_HEADER = 120


def header(column: Column, locale: Locale) -> str:
    """Return what stands over `column` in `locale`."""
    return phrase(f"sheet-column-{column}", locale)


def recognised(headers: Sequence[str], mapping: Mapping[str, str | int] | None = None) -> tuple[dict[Column, int], tuple[str, ...], tuple[Fault, ...]]:
    """Return where each column stands (from 0), the headers that mean nothing, and what is wrong with them.

    `mapping` names columns where their headers do not: ``{"answer-fr": "Traduction"}`` or ``{"answer-fr": 4}`` (from 0).
    """
    given = _given(headers, mapping or {})
    found: dict[Column, int] = {column: place for column, place in given.items() if place is not None}
    faults = [Fault(1, column, "mapping", given=str((mapping or {})[column])) for column, place in given.items() if place is None]
    ignored = []
    for place, text in enumerate(headers):
        column = _named().get(_bare(text))
        if place in found.values():
            continue
        if column is None:
            ignored.append(text)
        elif column in found:
            if column not in given:
                faults.append(Fault(1, text, "column-twice", given=text))
            ignored.append(text)
        else:
            found[column] = place
    return found, tuple(text for text in ignored if text.strip()), tuple(faults)


def _given(headers: Sequence[str], mapping: Mapping[str, str | int]) -> dict[Column, int | None]:
    bare = [_bare(text) for text in headers]
    places: dict[Column, int | None] = {}
    for column in COLUMNS:
        if column in mapping:
            wanted = mapping[column]
            place = wanted if isinstance(wanted, int) else bare.index(_bare(wanted)) if _bare(wanted) in bare else None
            places[column] = place if place is not None and 0 <= place < len(headers) else None
    return places


@cache
def _named() -> Mapping[str, Column]:
    words = yaml.safe_load(Path(__file__).with_name("headers.yml").read_text(encoding="utf-8"))
    other = {_bare(name): column for column in COLUMNS for name in words.get(column, ())}
    return other | {_bare(header(column, locale)): column for column in COLUMNS for locale in LOCALES} | {_bare(column): column for column in COLUMNS}


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text[:_MAX_HEADER].casefold())
    return re.sub(r"[\W_]+", " ", "".join(letter for letter in letters if not unicodedata.combining(letter))).strip()
