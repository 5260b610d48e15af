"""``guichet check``, ``guichet import`` and ``guichet export``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bot.commands import spreadsheet
from bot.commands.clock import add_now
from bot.commands.model import content_in_service, content_service
from bot.commands.outcome import FAULTS, FINE, WRONG, Commands
from bot.content.check import problems
from bot.content.notice_import import disagreements, import_notice
from bot.content.reader import Reader
from bot.records.database import Database
from bot.settings import Settings
from bot.web.assistant import clock_of, real_time
from bot.web.publishing.desk import Desk, NoRelease
from bot.web.publishing.files import write_documents
from bot.web.publishing.known import known_phrasings


def add(commands: Commands) -> None:
    """Add these commands."""
    one = commands.add_parser("check", help="report every fault of the content at once")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_check)
    whats = commands.add_parser("import", help="read a notice as published, or the content's files").add_subparsers(dest="what", required=True, metavar="WHAT")
    one = whats.add_parser("content", help="make the files a release, as a running server does when git changes them")
    one.set_defaults(run=_import_content)
    one = whats.add_parser("notice", help="read a notice as published into draft facts")
    one.add_argument("file", type=Path)
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_import)
    spreadsheet.add_import(whats)
    whats = commands.add_parser("export", help="write the static pages, or the content's files, to a folder").add_subparsers(dest="what", required=True, metavar="WHAT")
    one = whats.add_parser("content", help="write the live release back as files")
    one.add_argument("folder", type=Path)
    one.set_defaults(run=_export_content)
    one = whats.add_parser("site", help="write the static pages")
    one.add_argument("--output", type=Path, required=True)
    one.add_argument("--assistant", help="address of a page with the widget, for links into it")
    add_now(one)
    one.set_defaults(run=_export)
    spreadsheet.add_export(whats)


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


def _import_content(_: argparse.Namespace, settings: Settings) -> int:
    with content_service(settings) as service:
        for problem in service.problems:
            print(f"{problem.file}:{problem.line}: {problem.message} {problem.mend}")
        print(f"live: release {service.number}")
        return FAULTS if service.problems else FINE


def _export_content(options: argparse.Namespace, settings: Settings) -> int:
    database = Database(settings.database)
    try:
        release = Desk(database, real_time).live()
    except NoRelease:
        print("nothing was published yet: the files are the content", file=sys.stderr)
        return WRONG
    finally:
        database.close()
    for path in write_documents(release.documents, options.folder):
        print(path)
    return FINE


def _export(options: argparse.Namespace, settings: Settings) -> int:
    from bot.web.site.export import export_site

    for path in export_site(content_in_service(settings), options.output, now=clock_of(settings)(), assistant=options.assistant):
        print(path)
    return FINE


def _check(options: argparse.Namespace, settings: Settings) -> int:
    reader = Reader(settings.content)
    library = reader.library()
    today = (settings.now or real_time()).date()
    found = sorted(problems(library, reader, today=today, phrasings=known_phrasings()))
    if options.json:
        print(json.dumps({"problems": [problem.as_json() for problem in found]}, ensure_ascii=False, indent=2))
    else:
        for problem in found:
            print(f"{problem.file}:{problem.line}: {problem.message} {problem.mend}")
        print(f"{len(found)} problems")
    return FAULTS if any(problem.severity == "fault" for problem in found) else FINE
