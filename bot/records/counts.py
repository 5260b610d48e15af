"""Daily counts of what was asked and how it was answered; no words, no moments, nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Column, Date, Integer, String, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.i18n.locale import Locale, parse_locale
from bot.records.tables import METADATA

HELPFUL, UNHELPFUL = "helpful", "unhelpful"
DAILY_COUNT = Table(
    "daily_count",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("locale", String(2), primary_key=True),
    Column("what", String(20), primary_key=True),
    Column("topic", String(40), primary_key=True),
    Column("entry", String(120), primary_key=True),
    Column("number", Integer, nullable=False),
)


@dataclass(frozen=True, order=True)
class Counted:
    """What is counted on a day: `what` is a reply's kind, or helpful or unhelpful.

    Without an entry it counts messages, with one the blocks of replies that said the entry.
    """

    day: date
    locale: Locale
    what: str
    topic: str = ""
    entry: str = ""


def add(connection: Connection, numbers: Mapping[Counted, int]) -> None:
    """Add `numbers` to what was counted before."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    for one, number in sorted(numbers.items()):  # in one order everywhere, so that two writers never wait for each other
        row = {"day": one.day, "locale": one.locale, "what": one.what, "topic": one.topic, "entry": one.entry}
        new = dialect.insert(DAILY_COUNT).values(**row, number=number)
        connection.execute(new.on_conflict_do_update(index_elements=list(row), set_={"number": DAILY_COUNT.c.number + new.excluded.number}))


def between(connection: Connection, first: date, last: date) -> dict[Counted, int]:
    """Return what was counted from `first` to `last`, both included."""
    rows = connection.execute(select(DAILY_COUNT).where(DAILY_COUNT.c.day.between(first, last)))
    return {Counted(row.day, parse_locale(row.locale), row.what, row.topic, row.entry): row.number for row in rows}


def expire(connection: Connection, now: datetime, *, days: int) -> int:
    """Erase counts older than `days`; return how many."""
    return int(connection.execute(delete(DAILY_COUNT).where(DAILY_COUNT.c.day < (now - timedelta(days=days)).date())).rowcount)
