"""The database: all or nothing, writers that queue, one kind of error, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.records import deeds
from bot.records.database import Database, Unavailable
from bot.records.deeds import Deed
from tests.conftest import BETWEEN

ONE = Deed(BETWEEN, "edith", "tried", "something")


def written(database: Database) -> list[Deed]:
    with database.read() as connection:
        return deeds.recent(connection)


def test_what_is_written_is_read_with_its_zone(database):
    with database.begin() as connection:
        deeds.record(connection, ONE)
    (found,) = written(database)
    assert found == ONE
    assert found.at.tzinfo is not None


def test_a_moment_without_a_zone_is_refused(database):
    with pytest.raises(Exception, match="no time zone"), database.begin() as connection:
        deeds.record(connection, Deed(datetime(2025, 1, 1), "edith", "tried", ""))  # noqa: DTZ001


def test_a_transaction_that_fails_leaves_nothing(database):
    def fail() -> None:
        with database.begin() as connection:
            deeds.record(connection, ONE)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert written(database) == []


def test_writers_queue_and_none_is_lost(database):
    def write(number: int) -> None:
        with database.begin(hasty=number % 2 == 0) as connection:
            before = len(deeds.recent(connection, 1000))
            deeds.record(connection, Deed(BETWEEN, "edith", "tried", str(before)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    assert len(written(database)) == 40


def test_a_reader_waits_for_no_writer(database):
    with database.begin() as connection:
        deeds.record(connection, ONE)
        assert written(database) == []
    assert written(database) == [ONE]


def test_processes_that_start_at_once_bring_the_tables_up_once(url):
    script = f"from bot.records.database import Database; Database({url!r}).upgrade()"
    started = [subprocess.Popen([sys.executable, "-W", "error", "-c", script], cwd=Path(__file__).parents[2], stderr=subprocess.PIPE) for _ in range(3)]
    assert [(one.communicate()[1], one.returncode) for one in started] == [(b"", 0)] * 3


def test_faults_of_the_code_are_not_taken_for_faults_of_the_database(database):
    from sqlalchemy import text

    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(text("INSERT INTO account_role (account, role) VALUES ('nobody', 'editor')"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "var" / "guichet.db"
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    database.close()
    return path


def test_a_locked_database_is_told_after_a_wait_and_serves_again(file):
    holder, waiter = Database(f"sqlite:///{file}"), Database(f"sqlite:///{file}", busy_milliseconds=50)
    with holder.begin():
        with pytest.raises(Unavailable), waiter.begin():
            pytest.fail("the lock is held")
        assert written(waiter) == []
    with waiter.begin() as connection:
        deeds.record(connection, ONE)
    assert written(holder) == [ONE]
    holder.close()
    waiter.close()


def test_a_waiting_writer_gets_its_turn(file):
    database = Database(f"sqlite:///{file}")
    held, done = threading.Event(), threading.Event()

    def second() -> None:
        held.wait(10)
        with database.begin() as connection:
            deeds.record(connection, ONE)
        done.set()

    thread = threading.Thread(target=second)
    thread.start()
    with database.begin():
        held.set()
        assert not done.is_set()
    assert done.wait(10)
    thread.join()
    database.close()


@pytest.mark.parametrize("content", [b"this is no database at all, however long it may be " * 100, b"SQLite format 3\0" + b"\xff" * 5000], ids=["a text", "damaged"])
def test_a_damaged_file_is_told_and_not_overwritten(tmp_path, content):
    path = tmp_path / "guichet.db"
    path.write_bytes(content)
    database = Database(f"sqlite:///{path}")
    with pytest.raises(Unavailable):
        database.upgrade()
    database.close()
    assert path.read_bytes() == content


def test_a_server_that_is_not_there_is_told():
    database = Database("postgresql+psycopg2://guichet@127.0.0.1:1/none")
    with pytest.raises(Unavailable), database.read():
        pytest.fail("there is none")


def test_nothing_of_an_error_shows_what_was_stored(database):
    from sqlalchemy import text

    with pytest.raises(IntegrityError) as raised, database.begin() as connection:
        connection.execute(text("INSERT INTO account_role (account, role) VALUES (:name, 'editor')"), {"name": "xylophonist"})
    assert "parameters hidden" in str(raised.value)
    assert "[parameters" not in str(raised.value)


def test_the_file_is_its_owners_alone(file):
    assert [oct(path.stat().st_mode & 0o777) for path in file.parent.iterdir()] == ["0o600"]


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "taken").write_text("a file")
    database = Database(f"sqlite:///{tmp_path / 'taken' / 'guichet.db'}")
    with pytest.raises(Unavailable):
        database.upgrade()
    database.close()
