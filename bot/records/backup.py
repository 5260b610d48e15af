"""All records in one file, taken while the service runs, and brought back as a whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import delete

from bot.records.conversations import CONVERSATION
from bot.records.database import Database
from bot.records.logins import LOGIN

KINDS = {"sqlite": "records.sqlite3", "postgresql": "records.dump"}


class BadBackup(ValueError):
    """A backup cannot be made or brought back; the message says why. Nothing has changed."""


def kind_of(database: Database) -> str:
    """Return ``sqlite`` or ``postgresql``."""
    return "sqlite" if database.is_sqlite else "postgresql"


def dump(database: Database, folder: Path) -> Path:
    """Write the records as they are at one moment into `folder` and return the file."""
    file = folder / KINDS[kind_of(database)]
    if database.is_sqlite:
        if not Path(str(database.url.database)).exists():
            raise BadBackup(f"there are no records at {database.url.database}")
        with closing(sqlite3.connect(f"file:{database.url.database}?mode=ro", uri=True)) as source, closing(sqlite3.connect(file)) as copy:
            source.backup(copy)
    else:
        _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={file}"], database)
    return file


def bring_back(database: Database, file: Path) -> None:
    """Put the records in `file` in the place of all that is in `database`; those who were logged in must log in again."""
    if database.is_sqlite:
        _into_sqlite(Path(str(database.url.database)), file)
    else:
        _run(
            ["pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", f"--dbname={database.url.database}", str(file)],
            database,
        )
    database.upgrade()
    with database.begin() as connection:
        for table in (LOGIN, CONVERSATION):  # a session that was ended since must not come back to life
            connection.execute(delete(table))


def _into_sqlite(target: Path, file: Path) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source:
        try:
            sound = source.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError as error:
            raise BadBackup("the records in the backup are damaged") from error
        if not sound:
            raise BadBackup("the records in the backup are damaged")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(sqlite3.connect(target, timeout=30)) as records:
            source.backup(records)  # page by page under SQLite's own locks: a service that runs sees all of it or nothing


def _run(command: Sequence[str], database: Database) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, never by the command line."""
    url = database.url
    told = {"PGHOST": url.host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password, "PGDATABASE": url.database}
    environment = {**os.environ, **{name: str(value) for name, value in told.items() if value}}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
    except FileNotFoundError as error:
        raise BadBackup(f"{command[0]} is not installed: Debian's package postgresql-client has it") from error
    if done.returncode:
        raise BadBackup(f"{command[0]} ended with code {done.returncode}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'no word why'}")
