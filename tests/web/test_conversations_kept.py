"""Conversations between two messages: how long, how many, and what a database that is gone changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.records.database import Database, Unavailable
from bot.settings import Settings
from bot.web.conversations import InMemory, Kept
from bot.web.sharing.part import Part
from bot.web.sharing.recorded import Recorded
from tests.conftest import BETWEEN

MEMORY = {"entries": ["stipend"]}


class Away(Database):
    """A database that a test takes away."""

    away = False

    def begin(self, *, hasty=False):
        return self._unless_away(super().begin(hasty=hasty))

    def read(self):
        return self._unless_away(super().read())

    def _unless_away(self, connection):
        if self.away:
            raise Unavailable("away")
        return connection


@pytest.fixture
def database(tmp_path):
    database = Away(f"sqlite:///{tmp_path / 'guichet.db'}")
    database.upgrade()
    yield database
    database.close()


@pytest.fixture(params=["memory", "database"])
def kept(request, database):
    settings = Settings(silence_minutes=10)
    return InMemory(settings) if request.param == "memory" else Recorded(database, settings, Part("database"))


@pytest.mark.parametrize(("minutes", "known"), [pytest.param(10, True, id="at the limit"), pytest.param(10.1, False, id="over it")])
async def test_a_silent_conversation_is_not_gone_on_with(kept, minutes, known):
    await kept.put("key", Kept(BETWEEN, MEMORY))
    assert (await kept.get("key", now=BETWEEN + timedelta(minutes=minutes)) is not None) == known


async def test_a_conversation_is_forgotten(kept):
    await kept.put("key", Kept(BETWEEN, MEMORY))
    assert await kept.forget("key")
    assert not await kept.forget("key")
    assert await kept.get("key", now=BETWEEN) is None


async def test_the_longest_silent_go_first():
    kept = InMemory(Settings(max_conversations=2))
    for key in ("first", "second", "first", "third"):
        await kept.put(key, Kept(BETWEEN, MEMORY))
    assert [key in kept for key in ("first", "second", "third")] == [True, False, True]


async def test_while_the_database_is_away_a_process_goes_on_with_what_it_has_seen(database):
    clock = [0.0]
    part = Part("database", clock=lambda: clock[0])
    here, elsewhere = Recorded(database, Settings(), part), Recorded(database, Settings(), Part("database"))
    await here.put("old", Kept(BETWEEN, MEMORY))
    database.away = True
    await here.put("old", Kept(BETWEEN, {"entries": ["hours"]}))
    await here.put("new", Kept(BETWEEN, MEMORY))
    assert await here.get("old", now=BETWEEN) == Kept(BETWEEN, {"entries": ["hours"]})
    assert part.gone
    with pytest.raises(Unavailable):
        await here.forget("old")
    database.away, clock[0] = False, 2.0
    assert await here.get("new", now=BETWEEN) == Kept(BETWEEN, MEMORY), "what could not be saved is not lost"
    await here.put("new", Kept(BETWEEN, MEMORY))
    assert await elsewhere.get("new", now=BETWEEN) == Kept(BETWEEN, MEMORY)
    assert not part.gone


async def test_what_another_process_forgot_is_forgotten_here(database):
    here, elsewhere = (Recorded(database, Settings(), Part("database")) for _ in range(2))
    await here.put("key", Kept(BETWEEN, MEMORY))
    await elsewhere.forget("key")
    assert await here.get("key", now=BETWEEN) is None
