"""Everything in one file and back, with SQLite and with PostgreSQL, while others write; a bad file changes nothing."""

from __future__ import annotations

import gzip
import os
import tarfile
import threading
from pathlib import Path

import pytest

from bot.cli import main
from bot.records import accounts, conversations, logins
from bot.records.database import Database
from bot.records.passwords import Passwords
from tests.conftest import BETWEEN
from tests.records.conftest import programs


@pytest.fixture
def guichet(url, monkeypatch):
    monkeypatch.setenv("GUICHET_DATABASE", url)
    monkeypatch.setattr("bot.cli.silence", lambda: None)  # once is enough: Rasa may be there from another test
    if found := programs():
        monkeypatch.setenv("PATH", f"{found}{os.pathsep}{os.environ['PATH']}")
    return lambda *arguments: main([str(argument) for argument in arguments])


def names(database: Database) -> list[str]:
    with database.read() as connection:
        return [account.name for account in accounts.accounts(connection)]


def add(database: Database, name: str) -> None:
    with database.begin() as connection:
        accounts.add(connection, name, "a long enough password", ["editor"], now=BETWEEN, passwords=Passwords())


def test_everything_comes_back(guichet, database, tmp_path):
    add(database, "edith")
    with database.begin() as connection:
        conversations.save(connection, "key", {}, now=BETWEEN)
        logins.begin(connection, "edith", {}, now=BETWEEN)
    assert guichet("backup", tmp_path / "all.tar.gz") == 0
    add(database, "later")
    assert guichet("restore", tmp_path / "all.tar.gz") == 0
    assert names(database) == ["edith"]
    with database.read() as connection:
        assert connection.execute(logins.LOGIN.select()).all() == [], "nobody is logged in by an old session"
        assert conversations.load(connection, "key") is None
    assert guichet("restore", tmp_path / "all.tar.gz.replaced") == 0
    assert names(database) == ["edith", "later"], "what a restore replaced is not lost"


def test_a_backup_is_for_its_owner_s_eyes(guichet, database, tmp_path):
    assert guichet("backup", tmp_path / "all.tar.gz") == 0
    assert (tmp_path / "all.tar.gz").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "var") == ["all.tar.gz"]


def test_a_backup_while_others_write_is_of_one_moment(guichet, database, tmp_path):
    stop = threading.Event()

    def write() -> None:
        for number in range(10_000):
            if stop.is_set():
                return
            with database.begin(hasty=True) as connection:
                conversations.save(connection, f"one-{number}", {}, now=BETWEEN)
                conversations.save(connection, f"other-{number}", {}, now=BETWEEN)

    writing = threading.Thread(target=write)
    writing.start()
    code = guichet("backup", tmp_path / "all.tar.gz")
    stop.set()
    writing.join(30)
    assert code == 0
    if database.is_sqlite:
        with tarfile.open(tmp_path / "all.tar.gz") as archive:
            archive.extract("records.sqlite3", tmp_path / "out")
        copy = Database(f"sqlite:///{tmp_path / 'out' / 'records.sqlite3'}")
        with copy.read() as connection:
            assert len(connection.execute(conversations.CONVERSATION.select()).all()) % 2 == 0
        copy.close()


@pytest.mark.parametrize("damage", ["cut", "other", "empty", "absent"])
def test_a_bad_backup_changes_nothing_and_says_so(guichet, database, tmp_path, damage, capsys):
    add(database, "edith")
    file = tmp_path / "all.tar.gz"
    assert guichet("backup", file) == 0
    whole = file.read_bytes()
    file.write_bytes({"cut": whole[: len(whole) // 2], "other": gzip.compress(b"something else"), "empty": b"", "absent": b""}[damage])
    if damage == "absent":
        file.unlink()
    assert guichet("restore", file) == 2
    assert "all.tar.gz" in capsys.readouterr().err
    assert names(database) == ["edith"]


def test_a_backup_of_the_other_database_is_refused(guichet, database, tmp_path, monkeypatch, capsys):
    assert guichet("backup", tmp_path / "all.tar.gz") == 0
    monkeypatch.setenv("GUICHET_DATABASE", "postgresql+psycopg2://nobody@127.0.0.1:1/none" if database.is_sqlite else f"sqlite:///{tmp_path / 'other.db'}")
    assert guichet("restore", tmp_path / "all.tar.gz") == 2
    assert "the setting «database» names" in capsys.readouterr().err


def test_without_records_there_is_nothing_to_keep(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setenv("GUICHET_DATABASE", f"sqlite:///{tmp_path / 'none.db'}")
    monkeypatch.setattr("bot.cli.silence", lambda: None)
    assert main(["backup", str(tmp_path / "all.tar.gz")]) == 2
    assert "there are no records" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
