"""``guichet webinar``: what may be done with a live session's questions without a browser."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bot.commands.model import trained
from bot.commands.outcome import FINE, WRONG, Commands
from bot.content.library import load_library
from bot.settings import Settings
from bot.webinar.reading_in.asked import Fault

UNREADABLE = frozenset({"no-questions", "too-large"})
_WHY = {
    "empty": "no question in this row",
    "cut": "longer than is read: cut",
    "quotes": "a quotation mark is never closed: the line is read by itself",
    "not-read": "not a question",
    "no-questions": "no questions in this file (a table with other headers needs --column question=NAME)",
    "too-many": "more questions than one import may bring: the rest is left out",
    "too-large": "larger than an import may be",
}


def add(commands: Commands) -> None:
    """Add these commands."""
    webinar = commands.add_parser("webinar", help="questions of a live session")
    kinds = webinar.add_subparsers(dest="what", required=True, metavar="WHAT")
    one = kinds.add_parser("group", help="group the questions of a file: a Zoom report, pasted text, JSON or any table")
    one.add_argument("file", type=Path)
    one.add_argument(
        "--column", action="append", type=_column, default=[], metavar="ROLE=COLUMN", help="which column (its header, or its number from 1) holds question, person, time, votes"
    )
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_group)


def _column(text: str) -> tuple[str, str | int]:
    role, mark, column = text.partition("=")
    if not mark or role not in {"question", "person", "time", "votes"} or not column.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not like question=Frage or question=2")
    return role, int(column) - 1 if column.isascii() and column.isdigit() and column != "0" else column


def _group(options: argparse.Namespace, settings: Settings) -> int:
    from bot.webinar.group_file import group_file
    from bot.webinar.understanding import read_model

    data = options.file.read_bytes()
    understands = read_model(trained(settings, load_library()))
    result, imported = group_file(data, understands, mapping=dict(options.column) or None)
    _tell(imported.faults)
    if any(fault.why in UNREADABLE for fault in imported.faults):
        return WRONG
    print(json.dumps(result, ensure_ascii=False, indent=2) if options.json else _as_words(result))
    return FINE


def _tell(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        where = f"line {fault.line}: " if fault.line else ""
        print(f"guichet: {where}{_WHY[fault.why]}", file=sys.stderr)


def _as_words(result: dict[str, Any]) -> str:
    lines = []
    for group in result["groups"]:
        answer = f"{group['entry']} ({group['confidence']:.0%})" if group["entry"] else f"gap ({group['confidence']:.0%})"
        rows = ", ".join(str(row) for row in group["rows"])
        lines.append(f"{len(group['rows']):>4}  {group['head']}\n      {answer} · {' '.join(group['languages'])} · rows {rows}")
    aside: dict[str, list[str]] = {}
    for row in result["set_aside"]:
        aside.setdefault(row["why"], []).append(str(row["row"]))
    return "\n".join([*lines, *(f"set aside, {why}: {', '.join(rows)}" for why, rows in sorted(aside.items()))])
