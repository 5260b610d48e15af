"""What a table would change: entry by entry, field by field. Nothing is written here."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.content.document import Document
from bot.content.model import Library
from bot.content.spreadsheet.columns import Column
from bot.content.spreadsheet.fault import Fault
from bot.content.spreadsheet.proposal import Proposal, bad_words
from bot.content.spreadsheet.rows import Row, entry_documents
from bot.content.spreadsheet.table import Table
from bot.i18n.locale import Locale


@dataclass(frozen=True)
class Field:
    """One text that changes; `condition` says which wording, where it is an answer."""

    row: int
    column: Column
    was: str
    now: str
    condition: str = ""


@dataclass(frozen=True)
class Change:
    """One document that changes: its path, its values before (none where it is new) and after, and the fields between them."""

    path: str
    was: Mapping[str, Any] | None
    now: Mapping[str, Any]
    fields: tuple[Field, ...]

    @property
    def entry(self) -> str:
        """The entry's id."""
        return str(self.now["id"])


@dataclass(frozen=True)
class Plan:
    """Everything that a table would change, and every row of it that cannot be used."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    ignored: tuple[str, ...] = ()
    rows: int = 0

    def as_json(self, locale: Locale) -> dict[str, Any]:
        """Return the plan as the page and the command line show it."""
        changes = [{"path": one.path, "entry": one.entry, "new": one.was is None, "fields": [asdict(field) for field in one.fields]} for one in self.changes]
        return {"rows": self.rows, "changes": changes, "faults": [fault.as_json(locale) for fault in self.faults], "ignored": list(self.ignored)}


def plan(table: Table, documents: Mapping[str, str], library: Library) -> Plan:
    """Return what `table` would change in `documents` (path to text); `library` knows which facts there are."""
    known = {str(document.values.get("id")): document for document in entry_documents(documents)}
    faults = list(table.faults)
    by_entry: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    left_out = {fault.row for fault in faults if fault.row and fault.why in {"cell-too-long", "quotes"}}
    for number, row in table.rows:
        if number in left_out:
            continue
        wrong = bad_words(number, row, known.get(row.get("id", "")), library)
        faults += wrong
        if not wrong:
            by_entry[row["id"]].append((number, row))
    changes = [change for entry, rows in by_entry.items() if (change := _change(entry, rows, known, library, faults))]
    return Plan(tuple(changes), tuple(sorted(faults)), table.ignored, len(table.rows))


def _change(entry: str, rows: Sequence[tuple[int, Row]], known: Mapping[str, Document], library: Library, faults: list[Fault]) -> Change | None:
    document = known.get(entry)
    proposal = Proposal(entry, copy.deepcopy(document.values) if document else None, library)
    fields: list[Field] = []
    for number, row in rows:
        changed, wrong = proposal.take(number, row)
        faults += wrong
        fields += [Field(number, column, was, now, row.get("condition", "")) for column, was, now in changed]
    missing = proposal.missing(rows[0][0])
    faults += missing
    if missing or not fields:
        return None
    path = document.file if document else f"entries/{entry}.yaml"
    return Change(path, document.values if document else None, proposal.values, tuple(fields))
