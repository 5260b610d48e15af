"""A session as a table and as a text, to keep or to send round; the words of each column and heading come from the caller. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.webinar.board import View
from bot.webinar.session import InGroup, Session

# What a spreadsheet would take for a formula, also behind spaces and in the wide forms that it narrows.
_FORMULA = re.compile(r"^[\s\u200b\ufeff]*[=+\-@|%＝＋－＠]|^[\t\r\n]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&])")


@dataclass(frozen=True)
class Row:
    """One question in its group, as exported; `number` counts the messages."""

    number: int
    at: datetime | None
    locale: str
    text: str
    group: str
    head: str
    state: str
    entry: str
    answers: Mapping[str, str]
    votes: int
    why: str


def rows(session: Session, views: Sequence[View], arrived: Mapping[str, datetime], answers: Callable[[str], Mapping[str, str]]) -> list[Row]:
    """Return every question in the order in which they came, those set aside too; `answers` gives an entry's in both languages."""
    by_group = {view["id"]: view for view in views}
    found = []
    for name, question in session.questions.items():
        place = session.places[name]
        view = by_group[place.group] if isinstance(place, InGroup) else None
        entry = str(view["entry"] or "") if view else ""
        at = question.asked_at or arrived.get(name)
        said = answers(entry) if entry else {}
        why = "" if isinstance(place, InGroup) else place.why
        head, state = (view["head"], view["state"]) if view else ("", "")
        found.append(Row(question.message, at, question.locale or "", question.text, view["id"] if view else "", head, state, entry, said, view["votes"] if view else 0, why))
    return found


def as_csv(found: Sequence[Row], columns: Sequence[str], state: Callable[[str], str]) -> bytes:
    """Return `found` as CSV with the headers `columns`, in UTF-8 with the mark that spreadsheets look for; no cell is a formula."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for row in found:
        at = row.at.isoformat(timespec="seconds") if row.at else ""
        said = [row.answers.get("en", ""), row.answers.get("fr", "")]
        words = [row.locale, row.text, row.group, row.head, state(row.state) if row.state else "", row.entry, *said, row.why]
        writer.writerow([row.number, safe_cell(at), row.votes, *map(safe_cell, words)])
    return file.getvalue().encode("utf-8-sig")


def safe_cell(text: str) -> str:
    """Return `text` so that no spreadsheet calculates with it."""
    text = text.replace("\0", "")
    return f"'{text}" if _FORMULA.match(text) else text


def plain_markdown(text: str) -> str:
    """Return `text` as Markdown that shows it and does nothing else: one line, every sign of Markdown or HTML escaped."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
