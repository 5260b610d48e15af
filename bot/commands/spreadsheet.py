"""``guichet export spreadsheet`` and ``guichet import spreadsheet``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bot.commands.model import content_service
from bot.commands.outcome import FAULTS, FINE, WRONG, Commands
from bot.content.spreadsheet import COLUMNS, Plan, plan, read_table, rows, to_csv, to_xlsx
from bot.i18n.locale import LOCALES, Locale, parse_locale
from bot.records.deeds import CONSOLE
from bot.settings import Settings
from bot.web.editor.applying import apply

_TRANSLATED: Locale = "en"


def add_export(whats: Commands) -> None:
    """Add the way out to ``guichet export``."""
    one = whats.add_parser("spreadsheet", help="write the entries, drafts included, as XLSX or CSV for translators")
    one.add_argument("file", type=Path, help="its ending says which: .xlsx or .csv")
    one.add_argument("--language", choices=LOCALES, default=_TRANSLATED, help="language of the headers")
    one.set_defaults(run=_export)


def add_import(whats: Commands) -> None:
    """Add the way in to ``guichet import``."""
    one = whats.add_parser("spreadsheet", help="say what a table would change in the entries, and every row that cannot be used")
    one.add_argument("file", type=Path)
    one.add_argument("--map", action="append", default=[], metavar="COLUMN=HEADER", help=f"name a column whose header is not recognised; columns: {', '.join(COLUMNS)}")
    one.add_argument("--confirm", action="store_true", help="make drafts of what would change")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_import)


def _export(options: argparse.Namespace, settings: Settings) -> int:
    with content_service(settings) as service:
        found, chosen, documents = service.desk.documents()
    states = {path: "draft" if path in found.documents else "new" for path in chosen}
    write = to_xlsx if options.file.suffix.lower() == ".xlsx" else to_csv
    options.file.write_bytes(write(rows(documents, states), parse_locale(options.language)))
    return FINE


def _import(options: argparse.Namespace, settings: Settings) -> int:
    mapping: dict[str, str | int] = {}
    for given in options.map:
        column, _, header = given.partition("=")
        if column not in COLUMNS or not header:
            print(f"guichet: --map {given}: write COLUMN=HEADER; columns: {', '.join(COLUMNS)}")
            return WRONG
        mapping[column] = header
    table = read_table(options.file.read_bytes(), mapping)
    with content_service(settings) as service:
        _, _, documents = service.desk.documents()
        made = plan(table, documents, service.desk.drafted())
        if options.json:
            print(json.dumps(made.as_json(_TRANSLATED), ensure_ascii=False, indent=2))
        else:
            _tell(made, confirmed=options.confirm)
        kept = [one["kept"] for one in apply(service.desk, made.changes, CONSOLE)] if options.confirm else []
    if not table.rows and made.faults:
        return WRONG
    return FAULTS if made.faults or not all(kept) else FINE


def _tell(made: Plan, *, confirmed: bool) -> None:
    for change in made.changes:
        print(f"{change.entry}{' (new)' if change.was is None else ''}")
        for field in change.fields:
            print(f"  row {field.row}, {field.column}{f' [{field.condition}]' if field.condition else ''}\n    - {field.was}\n    + {field.now}")
    for fault in made.faults:
        print(f"row {fault.row}, {fault.column or 'file'}: {fault.message(_TRANSLATED)} {fault.mend(_TRANSLATED)}")
    if made.ignored:
        print(f"columns without a meaning here: {', '.join(made.ignored)}")
    print(f"{made.rows} rows, {len(made.changes)} entries {'changed as drafts' if confirmed else 'would change'}, {len(made.faults)} cells to mend")
