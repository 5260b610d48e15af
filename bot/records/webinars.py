"""Live question-and-answer sessions: what each is called, whether it goes on, and until when it is kept."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Boolean, Column, Integer, LargeBinary, String, Table, and_, delete, func, insert, or_, select, update
from sqlalchemy.engine import Connection

from bot.records.tables import METADATA, Moment

WEBINAR = Table(
    "webinar",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("code", String(16), nullable=False, unique=True),
    Column("title", String(200), nullable=False),
    Column("notice", String(40), nullable=True),
    Column("rehearsal", Boolean, nullable=False),
    Column("opened", Moment, nullable=False),
    Column("closed", Moment, nullable=True),
    Column("by", String(64), nullable=False),
    Column("secret", LargeBinary(32), nullable=False),
    Column("handed", Moment, nullable=True),
)
_LETTERS = "bcdfghjkmnpqrstvwxz23456789"  # no vowels, so that no code is a word; no signs that look alike
CODE_LENGTH = 6
REHEARSAL_DAYS = 1  # a rehearsal that nobody ended is wiped from the day after


@dataclass(frozen=True)
class Webinar:
    """One session. `secret` keys the hashes of imports and of participants; `handed` is when its gaps went to the editors."""

    id: int
    code: str
    title: str
    notice: str | None
    rehearsal: bool
    opened: datetime
    closed: datetime | None
    by: str
    secret: bytes
    handed: datetime | None

    @property
    def is_open(self) -> bool:
        """Tell whether questions still come in."""
        return self.closed is None

    def kept_until(self, days: int) -> datetime:
        """Return when it is erased, `days` after its end."""
        return (self.closed or self.opened) + timedelta(days=REHEARSAL_DAYS if self.rehearsal else days)


def begin(connection: Connection, title: str, *, notice: str | None, rehearsal: bool, by: str, now: datetime) -> Webinar:
    """Open a session under a new code."""
    code = next(code for code in iter(_code, "") if find(connection, code) is None)
    values = {"code": code, "title": title[:200], "notice": notice, "rehearsal": rehearsal, "opened": now, "closed": None, "by": by, "secret": secrets.token_bytes(32)}
    connection.execute(insert(WEBINAR).values(handed=None, **values))
    found = find(connection, code)
    assert found is not None
    return found


def find(connection: Connection, code: str) -> Webinar | None:
    """Return the session called `code`."""
    row = connection.execute(select(WEBINAR).where(WEBINAR.c.code == code)).one_or_none()
    return Webinar(**row) if row else None


def webinars(connection: Connection) -> list[Webinar]:
    """Return every session, the newest first."""
    return [Webinar(**row) for row in connection.execute(select(WEBINAR).order_by(WEBINAR.c.opened.desc(), WEBINAR.c.id.desc()))]


def lock(connection: Connection, webinar: int) -> bool:
    """Hold the session for this transaction, so that events are numbered one after another; tell whether it still exists and is open."""
    row = connection.execute(select(WEBINAR.c.closed).where(WEBINAR.c.id == webinar).with_for_update()).one_or_none()
    return row is not None and row.closed is None


def close(connection: Connection, code: str, *, now: datetime) -> None:
    """End a session: a rehearsal is wiped at once, another is kept for some time."""
    connection.execute(delete(WEBINAR).where(WEBINAR.c.code == code, WEBINAR.c.rehearsal.is_(True)))
    connection.execute(update(WEBINAR).where(WEBINAR.c.code == code, WEBINAR.c.closed.is_(None)).values(closed=now))


def reopen(connection: Connection, code: str) -> None:
    """Let questions in again."""
    connection.execute(update(WEBINAR).where(WEBINAR.c.code == code).values(closed=None))


def erase(connection: Connection, code: str) -> None:
    """Erase a session with all that belongs to it."""
    connection.execute(delete(WEBINAR).where(WEBINAR.c.code == code))


def note_handed(connection: Connection, code: str, *, now: datetime) -> None:
    """Note that the gaps went to the editors."""
    connection.execute(update(WEBINAR).where(WEBINAR.c.code == code).values(handed=now))


def expire(connection: Connection, now: datetime, *, days: int) -> int:
    """Erase sessions that ended more than `days` ago, and rehearsals that nobody ended; return how many."""
    ended = func.coalesce(WEBINAR.c.closed, WEBINAR.c.opened)
    old = and_(WEBINAR.c.rehearsal.is_(False), ended < now - timedelta(days=days))
    forgotten = and_(WEBINAR.c.rehearsal.is_(True), ended < now - timedelta(days=REHEARSAL_DAYS))
    return int(connection.execute(delete(WEBINAR).where(or_(old, forgotten))).rowcount)


def codes(connection: Connection) -> Sequence[str]:
    """Return the codes of all sessions."""
    return [str(code) for code in connection.execute(select(WEBINAR.c.code)).scalars()]


def _code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))
