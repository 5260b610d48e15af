"""A file of any make as rows of texts. Whatever the bytes are, the outcome is a value."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

from bot.content.spreadsheet.cells import unsafe
from bot.content.spreadsheet.columns import WORDED, Column, recognised
from bot.content.spreadsheet.fault import Fault
from bot.content.spreadsheet.rows import Row

MAX_FILE = 4 * 1024 * 1024  # bytes; an export of everything has about 100 kB
MAX_UNPACKED = 60 * 1024 * 1024
MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_CELL = 20_000
HEADER_WITHIN = 20  # rows; some begin with a title
_DELIMITERS = (",", ";", "\t", "|")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """What a file holds: rows by their number (from 1), where each column was found, and what was wrong."""

    rows: tuple[tuple[int, Row], ...] = ()
    headers: tuple[str, ...] = ()
    columns: tuple[tuple[Column, int], ...] = ()
    ignored: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_table(data: bytes, mapping: Mapping[str, str | int] | None = None) -> Table:
    """Return the table in `data` (XLSX or CSV), its columns recognised by their headers or named by `mapping`."""
    if len(data) > MAX_FILE:
        return Table(faults=(Fault(0, "", "file-too-large"),))
    faults: list[Fault] = []
    lines = list(_of_workbook(data, faults)) if data.startswith(b"PK\x03\x04") else _of_text(_decoded(data), mapping, faults)
    if faults and not lines:
        return Table(faults=tuple(faults))
    return _table(lines, mapping, faults)


def _table(lines: Sequence[Line], mapping: Mapping[str, str | int] | None, faults: Sequence[Fault]) -> Table:
    at = _header(lines, mapping)
    if at is None:
        return Table(headers=tuple(lines[0][1]) if lines else (), faults=(*faults, Fault(lines[0][0] if lines else 0, "", "no-header")))
    number, headers = lines[at]
    columns, ignored, wrong = recognised(headers, mapping)
    found = [*faults, *wrong]
    if len(lines) - at - 1 > MAX_ROWS:
        found.append(Fault(number, "", "too-many-rows", known=str(MAX_ROWS)))
    rows = tuple((line, _row(line, cells, columns, found)) for line, cells in lines[at + 1 : at + 1 + MAX_ROWS] if any(cell.strip() for cell in cells))
    return Table(rows, tuple(headers), tuple(columns.items()), ignored, tuple(found))


def _header(lines: Sequence[Line], mapping: Mapping[str, str | int] | None) -> int | None:
    """Return which row names the columns: the first with an id and something to say."""
    for index, (_, cells) in enumerate(lines[:HEADER_WITHIN]):
        columns, _, _ = recognised(cells, mapping)
        if "id" in columns and any(column in columns for column in WORDED):
            return index
    return None


def _row(line: int, cells: Sequence[str], columns: Mapping[Column, int], faults: list[Fault]) -> Row:
    row: Row = {}
    for column, place in columns.items():
        text = cells[place] if place < len(cells) else ""
        if len(text) > MAX_CELL:
            faults.append(Fault(line, column, "cell-too-long", known=str(MAX_CELL)))
        row[column] = unsafe(text[:MAX_CELL])
    return row


def _of_workbook(data: bytes, faults: list[Fault]) -> Iterator[Line]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                faults.append(Fault(0, "", "file-too-large"))
                return
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        read = list(_lines(book.worksheets[0].iter_rows(max_row=MAX_ROWS + HEADER_WITHIN + 1, max_col=MAX_COLUMNS)))
    except Exception:  # noqa: BLE001 -- openpyxl and the parsers below it raise whatever they come upon
        faults.append(Fault(0, "", "unreadable"))
        return
    yield from read


def _lines(rows: Iterable[Sequence[Any]]) -> Iterator[Line]:
    for number, cells in enumerate(rows, 1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    """Return what a cell shows; a formula stays one, to be refused where words are wanted."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a reference that the spreadsheet took for a number
    return f"={value}".replace("==", "=", 1) if getattr(cell, "data_type", "") == "f" else str(value)


def _of_text(text: str, mapping: Mapping[str, str | int] | None, faults: list[Fault]) -> list[Line]:
    """Return the rows of a CSV by the delimiter under which the most columns are recognised."""
    tried = [list(_records(text, delimiter)) for delimiter in _DELIMITERS]
    best = max(tried, key=lambda lines: _known(lines, mapping))
    if best and text.count('"') % 2 and any("\n" in cell for cell in best[-1][1]):
        faults.append(Fault(best[-1][0], "", "quotes"))  # an open quotation mark has swallowed the rows below it
    return best


def _known(lines: Sequence[Line], mapping: Mapping[str, str | int] | None) -> int:
    at = _header(lines, mapping)
    return 0 if at is None else len(recognised(lines[at][1], mapping)[0])


def _records(text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    while number <= MAX_ROWS + HEADER_WITHIN:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell beyond the module's limit: told as too long
            cells = [text[: MAX_CELL + 1]]
        yield number, cells[:MAX_COLUMNS]


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").replace("\0", "")
    try:
        return data.decode("utf-8").replace("\0", "")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\0", "")
