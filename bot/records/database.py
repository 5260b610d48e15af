"""The database: the same code for SQLite and PostgreSQL, and one kind of error when it cannot serve."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event, exc, text
from sqlalchemy.engine import Connection, Engine, make_url

__all__ = ["Connection", "Database", "Unavailable"]  # those who pass a connection on need know nothing of SQLAlchemy
MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MILLISECONDS = 5_000
_UPGRADE_LOCK = 7_846_001  # any number, the same in every process: PostgreSQL's advisory locks are numbers
_READING, _HASTY = "guichet_reading", "guichet_hasty"


class Unavailable(RuntimeError):
    """The database cannot serve now: locked, full, gone or damaged. Nothing of the transaction was kept."""


class Database:
    """Where records are kept. Its calls block: the web's edges make them in a thread."""

    def __init__(self, url: str, *, busy_milliseconds: int = BUSY_MILLISECONDS) -> None:
        self.url = make_url(url)
        self._engine: Engine = create_engine(self.url, future=True, hide_parameters=True, pool_pre_ping=True, **_options(self.url, busy_milliseconds))
        if self.is_sqlite:
            event.listen(self._engine, "connect", _prepare(busy_milliseconds))
            event.listen(self._engine, "begin", _begin)

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is a file of SQLite's."""
        return bool(self.url.get_backend_name() == "sqlite")

    @contextmanager
    def begin(self, *, hasty: bool = False) -> Iterator[Connection]:
        """Yield a connection whose work is kept as a whole at the end, or not at all; raises `Unavailable`.

        Once this returns, the work survives a loss of power; `hasty` spares that wait where the last second may be lost.
        """
        with _told(), self._engine.connect().execution_options(**{_HASTY: hasty}) as connection, connection.begin():
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the records and waits for no writer; raises `Unavailable`."""
        options = {_READING: True} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with _told(), self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def upgrade(self) -> None:
        """Bring the tables to the form that this code expects; of several processes that start at once one does it, the others wait."""
        if self.is_sqlite and self.url.database:
            _make_file(Path(self.url.database))
        with self.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")  # raises where two revisions follow the same one

    def settle(self) -> None:
        """Fold SQLite's log into its file, so that what was erased stands nowhere any more; waits for nobody and may be called at any time."""
        if self.is_sqlite:
            with _told(), self._engine.connect() as connection:
                connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def close(self) -> None:
        """Give back the connections."""
        self._engine.dispose()


def _make_file(path: Path) -> None:
    """Make the database's file for its owner alone; SQLite gives the files beside it the same rights."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"{path.name}: {error.strerror}") from error


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (exc.IntegrityError, exc.ProgrammingError, exc.DataError):
        raise
    except (exc.DBAPIError, exc.TimeoutError) as error:
        raise Unavailable(type(error).__name__) from error


def _options(url: Any, busy_milliseconds: int) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        # SQLAlchemy's own pool for files makes a connection each time; ours are prepared once and may change threads between uses.
        from sqlalchemy.pool import QueuePool

        return {"poolclass": QueuePool, "pool_size": 8, "max_overflow": 8, "connect_args": {"check_same_thread": False, "timeout": busy_milliseconds / 1000}}
    return {"pool_size": 5, "max_overflow": 5, "connect_args": {"connect_timeout": 5}}


def _prepare(busy_milliseconds: int) -> Any:
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver would begin transactions late, and none for a change of tables: `_begin` does
        for pragma in (f"busy_timeout={busy_milliseconds}", "journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    return prepare


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(_READING):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA synchronous={'NORMAL' if options.get(_HASTY) else 'FULL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # a reader that turns writer could not wait for another writer
