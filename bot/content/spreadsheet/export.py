"""Rows as a file: XLSX for those who work in a spreadsheet, CSV for everything else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter

from bot.content.spreadsheet.cells import safe
from bot.content.spreadsheet.columns import COLUMNS, Column, header
from bot.content.spreadsheet.rows import Row
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale

_WIDTHS: dict[Column, int] = {"id": 26, "question-en": 34, "question-fr": 34, "answer-en": 64, "answer-fr": 64, "phrasings-en": 40, "phrasings-fr": 40, "notes": 36}
_WIDTH = 15
_FIXED: tuple[Column, ...] = ("id", "condition", "state")  # a row is found again by them
_MAX_CELL = 32_767  # of XLSX


def to_xlsx(rows: Iterable[Row], locale: Locale) -> bytes:
    """Return `rows` as a workbook with headers in `locale`; every cell is a text, none a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = phrase("sheet-title", locale)
    sheet.freeze_panes = "B2"
    for number, column in enumerate(COLUMNS, 1):
        top = sheet.cell(1, number, header(column, locale))
        top.font, top.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="123A6B")
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, _WIDTH)
    for index, row in enumerate(rows, 2):
        for number, column in enumerate(COLUMNS, 1):
            cell = sheet.cell(index, number)
            assert isinstance(cell, Cell)  # nothing is merged here
            _write(cell, _cell(row, column, locale), column)
    sheet.auto_filter.ref = sheet.dimensions
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def to_csv(rows: Iterable[Row], locale: Locale) -> bytes:
    """Return `rows` as CSV that spreadsheets open as it is: UTF-8 with its mark, semicolons where the comma is decimal."""
    held = io.StringIO()
    writer = csv.writer(held, delimiter=";" if locale == "fr" else ",", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([header(column, locale) for column in COLUMNS])
    writer.writerows([_cell(row, column, locale) for column in COLUMNS] for row in rows)
    return held.getvalue().encode("utf-8-sig")


def _cell(row: Row, column: Column, locale: Locale) -> str:
    text = row.get(column, "")
    return phrase(f"sheet-state-{text}", locale) if column == "state" and text else safe(text)[:_MAX_CELL]


def _write(cell: Cell, text: str, column: Column) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"  # whatever it begins with
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if column in _FIXED:
        cell.font, cell.protection = Font(color="4D5B69"), Protection(locked=True)
