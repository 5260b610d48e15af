"""Entries as rows: one for each wording, what belongs to the whole entry on its first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.content.document import Document, parse_document
from bot.content.spreadsheet.columns import Column
from bot.i18n.locale import LOCALES

Row = dict[Column, str]
ENTRIES = "entries/"


def entry_documents(documents: Mapping[str, str]) -> Iterator[Document]:
    """Yield the entries among `documents` (path to text) that can be read, in the order of their paths."""
    for path in sorted(documents):
        if path.startswith(ENTRIES):
            read = parse_document(documents[path], file=path)
            if isinstance(read, Document):
                yield read


def rows(documents: Mapping[str, str], states: Mapping[str, str] | None = None) -> Iterator[Row]:
    """Yield the rows of every entry; `states` says by path what is not ``published``."""
    for document in entry_documents(documents):
        yield from _rows_of(document, (states or {}).get(document.file, "published"))


def _rows_of(document: Document, state: str) -> Iterator[Row]:
    values = document.values
    answers = values.get("answers")
    for index, answer in enumerate(answers if isinstance(answers, list) and answers else [{}]):
        row: Row = {"id": words(values.get("id")), "condition": words(mapping(answer).get("when")), "state": state}
        row["answer-en"], row["answer-fr"] = (words(mapping(answer).get(locale)) for locale in LOCALES)
        if index == 0:
            row |= _of_entry(values)
        yield row


def _of_entry(values: Mapping[str, Any]) -> Row:
    notices = values.get("notices", "all")
    row: Row = {
        "topic": words(values.get("topic")),
        "notices": ", ".join(str(one) for one in notices) if isinstance(notices, list) else words(notices),
        "notes": words(values.get("notes")),
    }
    row["question-en"], row["question-fr"] = (words(mapping(values.get("question")).get(locale)) for locale in LOCALES)
    row["phrasings-en"], row["phrasings-fr"] = ("\n".join(listed(mapping(values.get("phrasings")).get(locale))) for locale in LOCALES)
    return row


def words(value: Any) -> str:
    """Return a text as it is said: without spaces around it; nothing for what is no text."""
    return value.strip() if isinstance(value, str) else ""


def mapping(value: Any) -> dict[str, Any]:
    """Return `value` if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[str]:
    """Return the texts of a list, else none."""
    return [item.strip() for item in value if isinstance(item, str) and item.strip()] if isinstance(value, list) else []
