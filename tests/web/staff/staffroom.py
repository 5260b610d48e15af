"""What the staff pages' tests share: records in a real file, a cheap hasher, an application without a model, clients."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher

from bot.records import accounts
from bot.records.database import Database
from bot.records.passwords import Passwords
from bot.settings import Settings
from bot.web.api import CLOCK
from bot.web.app import make_app
from bot.web.assistant import Assistant
from bot.web.staff.login import PASSWORDS
from tests.conftest import BETWEEN

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PASSWORD = "a long enough password"
PAGE = {"Accept": "text/html,application/xhtml+xml"}


class Clock:
    """The time as a test sets it."""

    def __init__(self, now: datetime = BETWEEN) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **span: int) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'records' / 'guichet.db'}")
    database.upgrade()
    with database.begin() as connection:
        accounts.add(connection, "edith", PASSWORD, ["editor"], now=BETWEEN, passwords=CHEAP)
        accounts.add(connection, "maud", PASSWORD, ["moderator"], now=BETWEEN, passwords=CHEAP)
        accounts.add(connection, "both", PASSWORD, ["editor", "moderator"], now=BETWEEN, passwords=CHEAP)
    yield database
    database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


Make = Callable[..., Any]


@pytest.fixture
async def make_client(library, database: Database, clock: Clock) -> AsyncIterator[Make]:
    """Serve the application with other settings, or with routes of the test's own."""
    async with AsyncExitStack() as stack:

        async def make(routes: Any = (), **changed: Any) -> TestClient[Any, Any]:
            settings = replace(Settings(now=BETWEEN, logins_per_minute=1_000), **changed)
            assistant = Assistant(library, settings, clock)
            stack.callback(assistant.close)
            app: web.Application = make_app(assistant, settings, database)
            app[CLOCK], app[PASSWORDS] = clock, CHEAP
            app.add_routes(routes)
            return await stack.enter_async_context(TestClient(TestServer(app)))

        yield make


@pytest.fixture
async def client(make_client: Make) -> TestClient[Any, Any]:
    client: TestClient[Any, Any] = await make_client()
    return client


def token_in(html: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', html)
    assert found
    return found[1]


async def log_in(client: TestClient[Any, Any], name: str, password: str = PASSWORD, **fields: str) -> Any:
    """Fill in the form as a browser does; the response is not followed."""
    form = await client.get("/login", headers=PAGE)
    sent = {"csrf": token_in(await form.text()), "name": name, "password": password, **fields}
    return await client.post("/login", data=sent, headers=PAGE, allow_redirects=False)
