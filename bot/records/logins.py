"""Sessions of those who logged in: known by the hash of a random token, ended by silence, by age or by hand."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table, Text, delete, insert, or_, select, update
from sqlalchemy.engine import Connection

from bot.records.accounts import ACCOUNT_ROLE, Account
from bot.records.tables import METADATA, Moment

LOGIN = Table(
    "login",
    METADATA,
    Column("token", String(64), primary_key=True),
    Column("account", String(64), ForeignKey("account.name", ondelete="CASCADE"), nullable=False),
    Column("data", Text, nullable=False),
    Column("began", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
)
_SEEN_EVERY = timedelta(minutes=1)  # a write for each page would cost more than it tells


@dataclass(frozen=True)
class Ends:
    """A session ends after so many minutes of silence, and after so many hours whatever happens."""

    idle_minutes: int
    hours: int


@dataclass(frozen=True)
class Login:
    """A session that goes on: whose, with what data, and whether its last use should be noted."""

    account: Account
    data: Mapping[str, Any]
    began: datetime
    stale: bool


def begin(connection: Connection, account: str, data: Mapping[str, Any], *, now: datetime) -> str:
    """Begin a session and return its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    connection.execute(insert(LOGIN).values(token=_hashed(token), account=account, data=json.dumps(dict(data)), began=now, seen=now))
    return token


def load(connection: Connection, token: str, *, now: datetime, ends: Ends) -> Login | None:
    """Return the session known by `token`; None if there is none or it has ended."""
    row = connection.execute(select(LOGIN).where(LOGIN.c.token == _hashed(token))).one_or_none()
    if row is None or row.began <= now - timedelta(hours=ends.hours) or row.seen <= now - timedelta(minutes=ends.idle_minutes):
        return None
    roles = connection.execute(select(ACCOUNT_ROLE.c.role).where(ACCOUNT_ROLE.c.account == row.account)).scalars()
    return Login(Account(row.account, frozenset(roles)), json.loads(row.data), row.began, now - row.seen >= _SEEN_EVERY)


def touch(connection: Connection, token: str, *, now: datetime) -> None:
    """Note that the session was used."""
    connection.execute(update(LOGIN).where(LOGIN.c.token == _hashed(token)).values(seen=now))


def save(connection: Connection, token: str, data: Mapping[str, Any]) -> None:
    """Keep other data with the session."""
    connection.execute(update(LOGIN).where(LOGIN.c.token == _hashed(token)).values(data=json.dumps(dict(data))))


def end(connection: Connection, token: str) -> None:
    """End the session, whether or not there is one."""
    connection.execute(delete(LOGIN).where(LOGIN.c.token == _hashed(token)))


def end_all(connection: Connection, account: str) -> None:
    """End every session of `account`."""
    connection.execute(delete(LOGIN).where(LOGIN.c.account == account))


def expire(connection: Connection, now: datetime, *, ends: Ends) -> int:
    """Erase sessions that have ended; return how many."""
    silent, old = LOGIN.c.seen <= now - timedelta(minutes=ends.idle_minutes), LOGIN.c.began <= now - timedelta(hours=ends.hours)
    return int(connection.execute(delete(LOGIN).where(or_(silent, old))).rowcount)


def _hashed(token: str) -> str:
    """Return what is kept of a token: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
