"""Conversations that several processes share: kept by a hash, without a message, and not for longer than they are needed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.records import conversations
from tests.conftest import BETWEEN

MEMORY = {"notice": "250697", "entries": ["stipend"], "choices": [], "locale": "en"}


def test_a_conversation_is_kept_as_it_was_last(database):
    with database.begin() as connection:
        conversations.save(connection, "key", {}, now=BETWEEN)
        conversations.save(connection, "key", MEMORY, now=BETWEEN + timedelta(minutes=1))
        assert conversations.load(connection, "key") == (BETWEEN + timedelta(minutes=1), MEMORY)
        assert conversations.load(connection, "other") is None


def test_the_key_itself_is_not_kept(database):
    with database.begin() as connection:
        conversations.save(connection, "a-key-that-opens", MEMORY, now=BETWEEN)
        rows = connection.execute(conversations.CONVERSATION.select()).all()
    assert "a-key-that-opens" not in str(rows)


def test_a_conversation_is_forgotten_once(database):
    with database.begin() as connection:
        conversations.save(connection, "key", MEMORY, now=BETWEEN)
        assert conversations.forget(connection, "key")
        assert not conversations.forget(connection, "key")
        assert conversations.load(connection, "key") is None


@pytest.mark.parametrize(("silent", "erased"), [pytest.param(60, 0, id="at the limit"), pytest.param(61, 1, id="over it")])
def test_a_silent_conversation_comes_to_its_end(database, silent, erased):
    with database.begin() as connection:
        conversations.save(connection, "key", MEMORY, now=BETWEEN)
        assert conversations.expire(connection, BETWEEN + timedelta(minutes=silent), silence_minutes=60) == erased
