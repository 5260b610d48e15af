"""Accounts: what makes one, attempts at once, and the command line."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from bot.cli import main
from bot.records import accounts, deeds, logins
from bot.records.accounts import Account, BadAccount, Lockout
from bot.records.logins import Ends
from bot.records.passwords import Passwords
from tests.conftest import BETWEEN

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PASSWORD = "a long enough password"
ENDS = Ends(60, 12)


def make(database, name="edith", password=PASSWORD, roles=("editor",)) -> Account:
    with database.begin() as connection:
        return accounts.add(connection, name, password, roles, now=BETWEEN, passwords=CHEAP)


def test_an_account_is_found_with_its_roles(database):
    make(database, "Edith", roles=["moderator", "editor", "editor"])
    with database.read() as connection:
        assert accounts.accounts(connection) == [Account("edith", frozenset({"editor", "moderator"}))]
        assert accounts.find(connection, "nobody") is None


@pytest.mark.parametrize(
    ("name", "password", "roles"),
    [
        pytest.param("", PASSWORD, ["editor"], id="no name"),
        pytest.param("é", PASSWORD, ["editor"], id="a name that can be typed in two ways"),
        pytest.param("a b", PASSWORD, ["editor"], id="a space"),
        pytest.param("../a", PASSWORD, ["editor"], id="a path"),
        pytest.param("a" * 65, PASSWORD, ["editor"], id="a long name"),
        pytest.param("console", PASSWORD, ["editor"], id="the command line's own name"),
        pytest.param("ann", "x" * 11, ["editor"], id="a short password"),
        pytest.param("ann", "x" * 1001, ["editor"], id="an endless password"),
        pytest.param("ann", PASSWORD, [], id="no role"),
        pytest.param("ann", PASSWORD, ["root"], id="an unknown role"),
        pytest.param("edith", PASSWORD, ["editor"], id="a second of that name"),
    ],
)
def test_what_makes_no_account(database, name, password, roles):
    make(database)
    with pytest.raises(BadAccount):
        make(database, name, password, roles)
    with database.read() as connection:
        assert len(accounts.accounts(connection)) == 1


def test_attempts_at_once_are_all_counted(database):
    make(database)

    def attempt(_: int) -> bool:
        with database.begin() as connection:
            return accounts.attempt(connection, "edith", now=BETWEEN, lockout=Lockout(5, 15)) is not None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(30))) == 5


def test_removing_an_account_ends_its_sessions_and_is_noted(database):
    make(database)
    with database.begin() as connection:
        token = logins.begin(connection, "edith", {"csrf": "x"}, now=BETWEEN)
        assert logins.load(connection, token, now=BETWEEN, ends=ENDS)
        accounts.remove(connection, "edith", now=BETWEEN, by="maud")
        assert logins.load(connection, token, now=BETWEEN, ends=ENDS) is None
        assert next((deed.by, deed.what, deed.about) for deed in deeds.recent(connection)) == ("maud", "account-removed", "edith")


@pytest.mark.parametrize(("passed", "left"), [(timedelta(minutes=59, seconds=59), 1), (timedelta(minutes=60), 0)])
def test_sessions_that_ended_are_erased(database, passed, left):
    make(database)
    with database.begin() as connection:
        token = logins.begin(connection, "edith", {}, now=BETWEEN)
        assert logins.expire(connection, BETWEEN + passed, ends=ENDS) == 1 - left
        assert (logins.load(connection, token, now=BETWEEN, ends=ENDS) is not None) == bool(left)


def test_only_the_hash_of_a_password_is_kept_and_it_is_argon2id(database):
    make(database)
    with database.begin() as connection:
        kept = accounts.attempt(connection, "edith", now=BETWEEN, lockout=Lockout(5, 15))
    assert kept.startswith("$argon2id$")
    assert Passwords().fits(kept, PASSWORD)
    assert not Passwords().fits(kept, PASSWORD + "x")
    assert not Passwords().fits(None, "nobody's password")


def test_the_command_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GUICHET_DATABASE", f"sqlite:///{tmp_path / 'guichet.db'}")
    monkeypatch.setattr("bot.cli.silence", lambda: None)  # it must come before Rasa, which other tests have imported

    def run(*arguments: str, password: str = PASSWORD) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        code = main(["user", *arguments])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    assert run("add", "edith", "--role", "editor", "--role", "moderator", "--password-stdin") == (0, "edith may log in as editor and moderator\n")
    assert run("add", "edith", "--role", "editor", "--password-stdin")[0] == 2
    assert run("list") == (0, "edith  editor moderator\n")
    assert run("password", "edith", "--password-stdin", password="short") == (2, "guichet: a password has 12 to 1000 characters\n")
    assert run("password", "edith", "--password-stdin")[0] == 0
    assert run("remove", "nobody") == (2, "guichet: nobody has no account\n")
    assert run("remove", "edith")[0] == 0
    assert run("list") == (0, "")
