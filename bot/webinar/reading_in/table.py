"""Questions from a table: Zoom's report, or any other with a column of questions."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml

from bot.nlu.normalise import fold
from bot.webinar.reading_in.asked import Fault, Raw

DELIMITERS = (",", ";", "\t", "|")
MAX_LINES_IN_CELL = 40  # a quotation mark that stays open longer is a slip, not a cell
HEADER_WITHIN = 60  # rows; reports begin with a few about the session
MAX_CELL = 100_000
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Columns:
    """Which column holds what, counted from 0; None where the table has none."""

    question: int
    time: int | None = None
    votes: int | None = None
    people: tuple[int, ...] = ()


def read_table(text: str, mapping: Mapping[str, str | int] | None = None) -> tuple[list[Raw], list[Fault]]:
    """Return the questions of a table and what was wrong with it.

    `mapping` names columns where their headers do not: ``{"question": "Frage"}`` or ``{"question": 2}`` (from 0); also ``time``, ``votes``, ``person``.
    """
    best: tuple[tuple[int, int], list[Raw], list[Fault]] = ((0, 0), [], [Fault(0, "no-questions")])
    for delimiter in DELIMITERS:
        faults: list[Fault] = []
        rows = list(records(text, delimiter, faults))
        start, columns, known = _header(rows, mapping)
        raws = list(_questions(rows[start:], columns, faults)) if columns else []
        if columns and (known, len(raws)) > best[0]:
            best = ((known, len(raws)), raws, faults)
    return best[1], best[2]


def records(text: str, delimiter: str, faults: list[Fault]) -> Iterator[Row]:
    """Yield rows with the number of their first line; a quotation mark that is never closed costs its own line only."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        taken = _closed(lines, at)
        if taken:
            block = "\n".join(lines[at : at + taken])
            yield from ((at + 1, row) for row in _parsed(block, delimiter) if any(cell.strip() for cell in row))
        else:
            faults.append(Fault(at + 1, "quotes"))
            yield at + 1, [cell.replace('"', "") for cell in lines[at].split(delimiter)]
        at += taken or 1


def _closed(lines: Sequence[str], at: int) -> int:
    """Return how many lines from `at` on close every quotation mark they open; 0 for none."""
    open_marks = 0
    for count, line in enumerate(lines[at : at + MAX_LINES_IN_CELL], 1):
        open_marks += line.count('"')
        if open_marks % 2 == 0:
            return count
    return 0


def _parsed(block: str, delimiter: str) -> Iterable[list[str]]:
    try:
        return list(csv.reader(io.StringIO(block), delimiter=delimiter))
    except csv.Error:  # a cell beyond the module's limit: taken as it stands
        return [cell.split(delimiter) for cell in block.split("\n")]


def _header(rows: Sequence[Row], mapping: Mapping[str, str | int] | None) -> tuple[int, Columns | None, int]:
    """Return where the questions begin, the columns, and how many of them were recognised."""
    if mapping and isinstance(mapping.get("question"), int):
        return 0, _mapped({}, mapping), len(mapping)
    for index, (_, row) in enumerate(rows[:HEADER_WITHIN]):
        named = [_plain(cell) for cell in row]
        roles = {_plain(str(name)): role for role, name in (mapping or {}).items()}
        found = [roles.get(cell) or (_role(cell) if not mapping else None) for cell in named]
        alone = sum(bool(cell) for cell in named) == 1
        if "question" in found and (index == 0 or not alone):  # someone may well ask just «Question?»
            places = {role: [place for place, at in enumerate(found) if at == role] for role in ("question", "time", "votes", "person")}
            known = sum(role is not None and cell != "" for role, cell in zip(found, named, strict=True))
            return index + 1, _columns(places), known
    return 0, None, 0


def _columns(places: Mapping[str, Sequence[int]]) -> Columns:
    first = {role: (places[role][0] if places.get(role) else None) for role in ("time", "votes")}
    return Columns(places["question"][0], first["time"], first["votes"], tuple(places.get("person", ())))


def _mapped(_: Mapping[str, int], mapping: Mapping[str, str | int]) -> Columns:
    return _columns({role: [place] for role, place in mapping.items() if isinstance(place, int) and place >= 0})


def _questions(rows: Iterable[Row], columns: Columns, faults: list[Fault]) -> Iterator[Raw]:
    for line, row in rows:
        text = _cell(row, columns.question)
        if not text.strip():
            faults.append(Fault(line, "empty"))
            continue
        if len(text) > MAX_CELL:
            faults.append(Fault(line, "cut"))
            text = text[:MAX_CELL]
        people = tuple(name for place in columns.people if (name := _cell(row, place).strip()))
        yield Raw(line, text, people, moment_in(_cell(row, columns.time)), _count(_cell(row, columns.votes)))


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and 0 <= place < len(row) else ""


def _count(text: str) -> int:
    return int(text.strip()) if re.fullmatch(r"\s*\d{1,6}\s*", text, re.ASCII) else 0


def moment_in(text: str) -> datetime | None:
    """Return an ISO 8601 instant; other notations are ambiguous between countries and are left out."""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _role(cell: str) -> str | None:
    return _roles().get(cell)


def _plain(cell: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(cell[:120])).strip()


@cache
def _roles() -> Mapping[str, str]:
    words = yaml.safe_load(Path(__file__).with_name("headers.yml").read_text(encoding="utf-8"))
    return {_plain(name): role for role, names in words.items() for name in names}
