"""A clock that jumps neither loses a conversation too soon nor keeps one for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.settings import Settings
from bot.web.conversations import InMemory, Kept
from tests.conftest import BETWEEN

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("jump", "there"),
    [
        pytest.param(timedelta(0), True, id="no jump"),
        pytest.param(60 * MINUTE, True, id="to the last moment"),
        pytest.param(60 * MINUTE + timedelta(microseconds=1), False, id="a moment past it"),
        pytest.param(-timedelta(days=365), True, id="a year back"),
        pytest.param(timedelta(days=365), False, id="a year on"),
    ],
)
async def test_a_conversation_over_a_jump(jump, there):
    conversations = InMemory(Settings(silence_minutes=60))
    await conversations.put("one", Kept(BETWEEN))
    assert (await conversations.get("one", now=BETWEEN + jump) is not None) is there


async def test_after_a_jump_back_conversations_still_end():
    conversations = InMemory(Settings(silence_minutes=60))
    await conversations.put("ahead", Kept(BETWEEN + timedelta(days=1)))
    await conversations.put("now", Kept(BETWEEN))
    assert await conversations.get("now", now=BETWEEN + 61 * MINUTE) is None
    assert await conversations.get("ahead", now=BETWEEN + timedelta(days=1, minutes=61)) is None
    assert len(conversations) == 0
