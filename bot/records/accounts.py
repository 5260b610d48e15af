"""Accounts of editors and moderators: who may do what, and who is locked out for a while."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import Column, ForeignKey, Integer, String, Table, delete, insert, select, update
from sqlalchemy.engine import Connection

from bot.records.deeds import CONSOLE, Deed, record
from bot.records.passwords import MAX_CHARACTERS, MIN_CHARACTERS, Passwords
from bot.records.tables import METADATA, Moment

Role = Literal["editor", "moderator"]
ROLES: tuple[Role, ...] = get_args(Role)
ACCOUNT = Table(
    "account",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("password", String(200), nullable=False),
    Column("created", Moment, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment, nullable=True),
)
ACCOUNT_ROLE = Table(
    "account_role",
    METADATA,
    Column("account", String(64), ForeignKey("account.name", ondelete="CASCADE"), primary_key=True),
    Column("role", String(20), primary_key=True),
)
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class BadAccount(ValueError):
    """An account cannot be made, found or changed as asked; the message says why."""


@dataclass(frozen=True)
class Account:
    """Someone who may log in."""

    name: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Lockout:
    """After so many failures in a row an account takes no password for so many minutes."""

    failures: int
    minutes: int


def add(connection: Connection, name: str, password: str, roles: Collection[Role], *, now: datetime, passwords: Passwords, by: str = CONSOLE) -> Account:
    """Make an account; raises `BadAccount`."""
    name = name.strip().lower()
    if not _NAME.fullmatch(name) or name == CONSOLE:
        raise BadAccount(f"{name!r}: a name is made of up to 64 letters a–z, figures, dots and hyphens, and is not «{CONSOLE}»")
    if not roles or not set(roles) <= set(ROLES):
        raise BadAccount(f"an account has one or more of the roles {', '.join(ROLES)}")
    if find(connection, name):
        raise BadAccount(f"{name} has an account already")
    connection.execute(insert(ACCOUNT).values(name=name, password=passwords.hashed(_checked(password)), created=now, failures=0, locked_until=None))
    connection.execute(insert(ACCOUNT_ROLE), [{"account": name, "role": role} for role in sorted(set(roles))])
    record(connection, Deed(now, by, "account-added", f"{name} {' '.join(sorted(set(roles)))}"))
    return Account(name, frozenset(roles))


def find(connection: Connection, name: str) -> Account | None:
    """Return the account called `name`."""
    return {account.name: account for account in accounts(connection)}.get(name)


def accounts(connection: Connection) -> list[Account]:
    """Return every account, by name."""
    roles: Mapping[str, set[Role]] = {row.name: set() for row in connection.execute(select(ACCOUNT.c.name).order_by(ACCOUNT.c.name))}
    for row in connection.execute(select(ACCOUNT_ROLE)):
        roles[row.account].add(row.role)
    return [Account(name, frozenset(held)) for name, held in roles.items()]


def remove(connection: Connection, name: str, *, now: datetime, by: str = CONSOLE) -> None:
    """Remove the account and end its sessions; raises `BadAccount`."""
    if not connection.execute(delete(ACCOUNT).where(ACCOUNT.c.name == name)).rowcount:
        raise BadAccount(f"{name} has no account")
    record(connection, Deed(now, by, "account-removed", name))


def set_password(connection: Connection, name: str, password: str, *, now: datetime, passwords: Passwords, by: str = CONSOLE) -> None:
    """Give the account another password, and lift a lock; raises `BadAccount`. Ending its sessions is `logins.end_all`."""
    changed = {"password": passwords.hashed(_checked(password)), "failures": 0, "locked_until": None}
    if not connection.execute(update(ACCOUNT).where(ACCOUNT.c.name == name).values(**changed)).rowcount:
        raise BadAccount(f"{name} has no account")
    record(connection, Deed(now, by, "password-set", name))


def attempt(connection: Connection, name: str, *, now: datetime, lockout: Lockout) -> str | None:
    """Count an attempt to log in before its password is verified, so that attempts at once are counted too.

    Returns the hash to verify against; None for an unknown or locked account.
    """
    row = connection.execute(select(ACCOUNT).where(ACCOUNT.c.name == name).with_for_update()).one_or_none()  # PostgreSQL's writers do not queue by themselves
    if row is None or (row.locked_until is not None and now < row.locked_until):
        return None
    failures = row.failures + 1
    locked = now + timedelta(minutes=lockout.minutes) if failures >= lockout.failures else None
    connection.execute(update(ACCOUNT).where(ACCOUNT.c.name == name).values(failures=0 if locked else failures, locked_until=locked))
    if locked:
        record(connection, Deed(now, name, "locked-out", name))
    return str(row.password)


def succeeded(connection: Connection, name: str, *, now: datetime) -> Account | None:
    """Forget the failures of `name`, whose password was right; None if the account has gone meanwhile."""
    connection.execute(update(ACCOUNT).where(ACCOUNT.c.name == name).values(failures=0, locked_until=None))
    account = find(connection, name)
    if account:
        record(connection, Deed(now, name, "log-in", name))
    return account


def _checked(password: str) -> str:
    if not MIN_CHARACTERS <= len(password) <= MAX_CHARACTERS:
        raise BadAccount(f"a password has {MIN_CHARACTERS} to {MAX_CHARACTERS} characters")
    return password
