"""What was done by whom: a line for each deed, kept for a while, never holding what applicants wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Integer, String, Table, delete, insert, select
from sqlalchemy.engine import Connection

from bot.records.tables import METADATA, Moment

DEED = Table(
    "deed",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("by", String(64), nullable=False),
    Column("what", String(40), nullable=False),
    Column("about", String(200), nullable=False),
)
CONSOLE = "console"  # who works on the command line has no account: no account may bear this name


@dataclass(frozen=True)
class Deed:
    """One line: when, who, what (a short key such as ``log-in``), about which account, entry or session."""

    at: datetime
    by: str
    what: str
    about: str


def record(connection: Connection, deed: Deed) -> None:
    """Write `deed` in the transaction of what was done: both are kept, or neither."""
    connection.execute(insert(DEED).values(at=deed.at, by=deed.by[:64], what=deed.what, about=deed.about[:200]))


def recent(connection: Connection, limit: int = 100) -> list[Deed]:
    """Return the last deeds, the newest first."""
    rows = connection.execute(select(DEED).order_by(DEED.c.at.desc(), DEED.c.id.desc()).limit(limit))
    return [Deed(row.at, row.by, row.what, row.about) for row in rows]


def expire(connection: Connection, now: datetime, *, days: int) -> int:
    """Erase deeds older than `days`; return how many."""
    return int(connection.execute(delete(DEED).where(DEED.c.at < now - timedelta(days=days))).rowcount)
