"""``guichet backup`` and ``guichet restore``: everything that would be missed, in one file."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.commands.outcome import FINE, Commands
from bot.records.backup import KINDS, BadBackup, bring_back, dump, kind_of
from bot.records.database import Database
from bot.settings import Settings
from bot.web.assistant import clock_of

FORM = 1
ABOUT = "about.json"


def add(commands: Commands) -> None:
    """Add these commands."""
    one = commands.add_parser("backup", help="write all records (releases, drafts, accounts, sessions, questions) to one file, while the service runs")
    one.add_argument("file", type=Path)
    one.set_defaults(run=_backup)
    one = commands.add_parser("restore", help="bring all records back from such a file; what they replace is kept beside it")
    one.add_argument("file", type=Path)
    one.set_defaults(run=_restore)


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    with _records(settings) as database:
        _write(database, options.file, settings)
    print(f"{options.file}: {options.file.stat().st_size / 1e6:.1f} MB")
    return FINE


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    with _records(settings) as database, tempfile.TemporaryDirectory() as folder:
        records = _read(options.file, Path(folder), kind_of(database))
        replaced = options.file.with_name(f"{options.file.name}.replaced")
        if not database.is_sqlite or Path(str(database.url.database)).exists():
            _write(database, replaced, settings)
            print(f"what was there before is in {replaced}")
        bring_back(database, records)
    print("restored; the next start trains the model if it must")
    return FINE


@contextmanager
def _records(settings: Settings) -> Iterator[Database]:
    database = Database(settings.database)
    try:
        yield database
    finally:
        database.close()


def _write(database: Database, file: Path, settings: Settings) -> None:
    """Write the backup beside `file` and then in its place: half a backup never bears the name of a whole one."""
    about = {"form": FORM, "made": clock_of(settings)().isoformat(), "records": kind_of(database)}
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
        records = dump(database, Path(folder))
        (Path(folder) / ABOUT).write_text(json.dumps(about), encoding="utf-8")
        made = Path(folder) / "backup.tar.gz"
        with tarfile.open(made, "w:gz") as archive:
            archive.add(Path(folder) / ABOUT, ABOUT)
            archive.add(records, records.name)
        made.chmod(0o600)  # it holds questions and hashes of passwords
        os.replace(made, file)  # noqa: PTH105 -- atomic


def _read(file: Path, folder: Path, kind: str) -> Path:
    """Return the records in the backup `file`, unpacked into `folder`; raises `BadBackup`."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive.getmembers():
                if (packed := archive.extractfile(member)) is not None:
                    with packed, (folder / Path(member.name).name).open("wb") as out:  # its name alone: no way leads out of the folder
                        shutil.copyfileobj(packed, out)
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        form, records = about["form"], about["records"]
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError, TypeError) as error:
        raise BadBackup(f"{file.name} is not a backup, or a damaged one ({type(error).__name__})") from error
    if form != FORM or records not in KINDS or not (folder / KINDS[records]).is_file():
        raise BadBackup(f"{file.name} is a backup of another form")
    if records != kind:
        raise BadBackup(f"{file.name} holds records of {records}; the setting «database» names {kind}")
    return folder / KINDS[records]
