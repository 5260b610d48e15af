"""``guichet check``, ``guichet import`` and ``guichet export``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bot.commands.clock import add_now
from bot.commands.outcome import FAULTS, FINE, Commands
from bot.content import FAQ
from bot.content.check import Phrasing, problems
from bot.content.library import load_library
from bot.content.notice_import import disagreements, import_notice
from bot.content.reader import Reader
from bot.nlu.intents import entry_of
from bot.nlu.utterances import read_utterances
from bot.settings import Settings
from bot.web.assistant import clock_of, real_time


def add(commands: Commands) -> None:
    """Add these commands."""
    one = commands.add_parser("check", help="report every fault of the content at once")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_check)
    one = commands.add_parser("import", help="read a notice as published into draft facts").add_subparsers(dest="what", required=True, metavar="WHAT").add_parser("notice")
    one.add_argument("file", type=Path)
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_import)
    one = commands.add_parser("export", help="write the static pages to a folder").add_subparsers(dest="what", required=True, metavar="WHAT").add_parser("site")
    one.add_argument("--output", type=Path, required=True)
    one.add_argument("--assistant", help="address of a page with the widget, for links into it")
    add_now(one)
    one.set_defaults(run=_export)


def _import(options: argparse.Namespace, _: Settings) -> int:
    imported = import_notice(options.file.read_text(encoding="utf-8"))
    found = imported.as_json(disagreements(imported))
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return FINE
    for fact in found["facts"]:
        print(f"{fact['line']:>5}  {fact['language']}  {fact['id']:<20} {json.dumps(fact['value'], ensure_ascii=False)}")
    for one in found["disagreements"]:
        print(f"disagree: {one['id']}: {one['why']}")
    for line in found["not_understood"]:
        print(f"not understood, line {line['line']} ({line['language']}): {line['text']}")
    return FINE


def _export(options: argparse.Namespace, settings: Settings) -> int:
    from bot.web.site.export import export_site

    for path in export_site(load_library(), options.output, now=clock_of(settings)(), assistant=options.assistant):
        print(path)
    return FINE


def _check(options: argparse.Namespace, settings: Settings) -> int:
    reader = Reader(FAQ)
    library = reader.library()
    phrasings = [Phrasing(entry_of(one.intent), one.locale, one.text, one.file, one.line) for one in read_utterances()]
    today = (settings.now or real_time()).date()
    found = sorted(problems(library, reader, today=today, phrasings=phrasings))
    if options.json:
        print(json.dumps({"problems": [problem.as_json() for problem in found]}, ensure_ascii=False, indent=2))
    else:
        for problem in found:
            print(f"{problem.file}:{problem.line}: {problem.message} {problem.mend}")
        print(f"{len(found)} problems")
    return FAULTS if any(problem.severity == "fault" for problem in found) else FINE
