"""Records in real databases: a file of SQLite's, and a PostgreSQL of the tests' own where it is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.records.database import Database

_NUMBERS = count(1)


def programs() -> Path | None:
    """Where PostgreSQL's programs are; Debian keeps them out of the path."""
    installed = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *(Path(found).parent for found in [shutil.which("initdb")] if found)]
    return next((folder for folder in installed if (folder / "initdb").exists()), None)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a server that lives as long as the tests."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed: `apt-get install postgresql` runs these tests")
    run_as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # it refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="guichet-pg-"))
    folder.chmod(0o777)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    subprocess.run([*run_as, found / "initdb", "-D", data, "-U", "guichet", "-A", "trust", "--no-sync", "-E", "UTF8"], check=True, capture_output=True, cwd=folder)
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
    subprocess.run([*run_as, found / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], check=True, capture_output=True, cwd=folder)
    try:
        yield f"postgresql+psycopg2://guichet@127.0.0.1:{port}"
    finally:
        subprocess.run([*run_as, found / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=True, capture_output=True, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'var' / 'guichet.db'}"
    server = request.getfixturevalue("postgresql")
    name = f"records_{next(_NUMBERS)}_{int(time.time())}"
    engine = create_engine(f"{server}/postgres", future=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server}/{name}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url)
    database.upgrade()
    yield database
    database.close()
