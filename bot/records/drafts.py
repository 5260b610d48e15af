"""Drafts of documents: saved over restarts, guarded against overwriting, and who has one open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Integer, String, Table, Text, delete, insert, select, update
from sqlalchemy.engine import Connection

from bot.records.tables import METADATA, Moment

DRAFT = Table(
    "draft",
    METADATA,
    Column("path", String(200), primary_key=True),
    Column("text", Text, nullable=True),  # null: the document is to be taken away
    Column("base", String(64), nullable=False),  # digest of the live text that the editor had before them
    Column("revision", Integer, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)
REVISION = Table("draft_revision", METADATA, Column("id", Integer, primary_key=True, autoincrement=False), Column("last", Integer, nullable=False))
PRESENCE = Table(
    "presence",
    METADATA,
    Column("path", String(200), primary_key=True),
    Column("by", String(64), primary_key=True),
    Column("seen", Moment, nullable=False),
)
NO_DRAFT = 0  # the revision of a document that has none
PRESENT_FOR = timedelta(seconds=10)  # pages say every three seconds that they are open


@dataclass(frozen=True)
class Draft:
    """A document as an editor left it; `text` None asks for it to be taken away. A revision is never used twice."""

    path: str
    text: str | None
    base: str
    revision: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Conflict:
    """Someone saved meanwhile: nothing was overwritten. `theirs` is None where their draft was published or discarded."""

    mine: str | None
    theirs: Draft | None


def drafts(connection: Connection) -> dict[str, Draft]:
    """Return every draft by its path."""
    return {row.path: _draft(row) for row in connection.execute(select(DRAFT).order_by(DRAFT.c.path))}


def draft(connection: Connection, path: str) -> Draft | None:
    """Return the draft of the document at `path`."""
    row = connection.execute(select(DRAFT).where(DRAFT.c.path == path)).one_or_none()
    return _draft(row) if row else None


def save(connection: Connection, path: str, text: str | None, *, revision: int, base: str, by: str, now: datetime) -> Draft | Conflict:
    """Keep `text` as the draft of `path`, if it was made from `revision` (`NO_DRAFT`: from none)."""
    revision_now = _next(connection)  # first: it locks out whoever saves at the same time
    theirs = draft(connection, path)
    if theirs and theirs.text == text and theirs.base == base:
        return theirs
    if (theirs.revision if theirs else NO_DRAFT) != revision:
        return Conflict(text, theirs)
    mine = Draft(path, text, base, revision_now, by, now)
    values = {"text": text, "base": base, "revision": revision_now, "by": by, "at": now}
    connection.execute(update(DRAFT).where(DRAFT.c.path == path).values(**values) if theirs else insert(DRAFT).values(path=path, **values))
    return mine


def discard(connection: Connection, path: str, *, revision: int) -> Conflict | None:
    """Throw the draft away, if it is still the one of `revision`; returns the conflict if it is not."""
    done = connection.execute(delete(DRAFT).where(DRAFT.c.path == path, DRAFT.c.revision == revision))
    theirs = None if done.rowcount else draft(connection, path)
    return Conflict(None, theirs) if theirs else None


def drop(connection: Connection, revisions: Mapping[str, int]) -> bool:
    """Take away drafts that are being published; False if one of them is no longer what it was, and then the caller must undo it all."""
    gone = sum(connection.execute(delete(DRAFT).where(DRAFT.c.path == path, DRAFT.c.revision == revision)).rowcount for path, revision in revisions.items())
    return bool(gone == len(revisions))


def expire(connection: Connection, now: datetime, *, days: int) -> int:
    """Erase drafts that nobody has saved for `days`, and who had what open; return how many drafts."""
    connection.execute(delete(PRESENCE).where(PRESENCE.c.seen <= now - PRESENT_FOR))
    return int(connection.execute(delete(DRAFT).where(DRAFT.c.at < now - timedelta(days=days))).rowcount)


def see(connection: Connection, path: str, by: str, *, now: datetime) -> tuple[str, ...]:
    """Note that `by` has the document open, and return who else has."""
    connection.execute(delete(PRESENCE).where((PRESENCE.c.seen <= now - PRESENT_FOR) | ((PRESENCE.c.path == path) & (PRESENCE.c.by == by))))
    connection.execute(insert(PRESENCE).values(path=path, by=by, seen=now))
    return tuple(connection.execute(select(PRESENCE.c.by).where(PRESENCE.c.path == path, PRESENCE.c.by != by).order_by(PRESENCE.c.by)).scalars())


def leave(connection: Connection, path: str, by: str) -> None:
    """Note that `by` has closed the document."""
    connection.execute(delete(PRESENCE).where(PRESENCE.c.path == path, PRESENCE.c.by == by))


def present(connection: Connection, *, now: datetime) -> dict[str, tuple[str, ...]]:
    """Return who has which document open."""
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(select(PRESENCE).where(PRESENCE.c.seen > now - PRESENT_FOR).order_by(PRESENCE.c.path, PRESENCE.c.by)):
        found[row.path] = (*found.get(row.path, ()), row.by)
    return found


def chosen(found: Mapping[str, Draft], paths: Iterable[str] | None) -> dict[str, Draft]:
    """Return the drafts at `paths`, or all of them."""
    wanted = set(found) if paths is None else set(paths)
    return {path: one for path, one in found.items() if path in wanted}


def _next(connection: Connection) -> int:
    connection.execute(update(REVISION).values(last=REVISION.c.last + 1))
    return int(connection.execute(select(REVISION.c.last)).scalar_one())


def _draft(row: object) -> Draft:
    get = row._mapping  # type: ignore[attr-defined]  # noqa: SLF001 -- SQLAlchemy's public name for a row's values by column
    return Draft(get["path"], get["text"], get["base"], get["revision"], get["by"], get["at"])
