"""Entries as a table for translators: out to XLSX or CSV, and back in as a plan that changes nothing by itself."""

from bot.content.spreadsheet.cells import safe, unsafe
from bot.content.spreadsheet.columns import COLUMNS, Column
from bot.content.spreadsheet.export import to_csv, to_xlsx
from bot.content.spreadsheet.fault import Fault
from bot.content.spreadsheet.plan import Change, Field, Plan, plan
from bot.content.spreadsheet.rows import Row, rows
from bot.content.spreadsheet.table import MAX_FILE, Table, read_table

__all__ = ["COLUMNS", "MAX_FILE", "Change", "Column", "Fault", "Field", "Plan", "Row", "Table", "plan", "read_table", "rows", "safe", "to_csv", "to_xlsx", "unsafe"]
