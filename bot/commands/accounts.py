"""``guichet user``: who may log in, and as what."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.commands.outcome import FINE, Commands
from bot.records import accounts, logins
from bot.records.accounts import ROLES, BadAccount
from bot.records.database import Connection, Database
from bot.records.passwords import Passwords
from bot.settings import Settings
from bot.web.assistant import clock_of


def add(commands: Commands) -> None:
    """Add this command."""
    whats = commands.add_parser("user", help="say who may log in as editor or moderator").add_subparsers(dest="what", required=True, metavar="WHAT")
    one = whats.add_parser("add", help="make an account")
    one.add_argument("name")
    one.add_argument("--role", choices=ROLES, action="append", required=True, help="may be given twice: an account may have both")
    _password_option(one)
    one.set_defaults(run=_add)
    one = whats.add_parser("list", help="name every account with its roles")
    one.set_defaults(run=_list)
    one = whats.add_parser("remove", help="remove an account and end its sessions")
    one.add_argument("name")
    one.set_defaults(run=_remove)
    one = whats.add_parser("password", help="set another password, lift a lock and end the sessions")
    one.add_argument("name")
    _password_option(one)
    one.set_defaults(run=_password)


def _password_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password-stdin", action="store_true", help="read the password from the first line of standard input instead of asking for it")


def _add(options: argparse.Namespace, settings: Settings) -> int:
    password = _asked(options)
    with _records(settings) as connection:
        account = accounts.add(connection, options.name, password, options.role, now=clock_of(settings)(), passwords=Passwords())
    print(f"{account.name} may log in as {' and '.join(sorted(account.roles))}")
    return FINE


def _list(_: argparse.Namespace, settings: Settings) -> int:
    with _records(settings) as connection:
        for account in accounts.accounts(connection):
            print(f"{account.name}  {' '.join(sorted(account.roles))}")
    return FINE


def _remove(options: argparse.Namespace, settings: Settings) -> int:
    with _records(settings) as connection:
        accounts.remove(connection, options.name, now=clock_of(settings)())
    print(f"{options.name} is removed")
    return FINE


def _password(options: argparse.Namespace, settings: Settings) -> int:
    password = _asked(options)
    with _records(settings) as connection:
        accounts.set_password(connection, options.name, password, now=clock_of(settings)(), passwords=Passwords())
        logins.end_all(connection, options.name)
    print(f"{options.name} has another password")
    return FINE


def _asked(options: argparse.Namespace) -> str:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise BadAccount("the two passwords differ")
    return password


@contextmanager
def _records(settings: Settings) -> Iterator[Connection]:
    database = Database(settings.database)
    try:
        database.upgrade()
        with database.begin() as connection:
            yield connection
    finally:
        database.close()
