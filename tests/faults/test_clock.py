"""A clock that jumps neither loses a conversation too soon nor keeps one for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from bot.settings import Settings
from bot.web.conversations import InMemory, Kept
from bot.web.limits import Gate
from bot.web.problem import Refused
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


@pytest.mark.parametrize("jump", [-timedelta(days=1), timedelta(days=1)], ids=["back", "on"])
async def test_a_limit_counts_on_over_a_jump(jump):
    """Nobody waits for a day because the clock was set back, and nobody gets a fresh limit because it was set on."""
    seconds = [0.0]
    gate = Gate(Settings(messages_per_minute=2), clock=lambda: seconds[0])
    for _ in range(2):
        await gate.check("198.51.100.1")
    with time_machine.travel(BETWEEN + jump):
        with pytest.raises(Refused) as refused:
            await gate.check("198.51.100.1")
        assert refused.value.retry_after == 30
        seconds[0] += 30
        await gate.check("198.51.100.1")


async def test_a_limit_of_none_lets_nobody_through():
    with pytest.raises(Refused):
        await Gate(Settings(messages_per_minute=0)).check("198.51.100.1")
