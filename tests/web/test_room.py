"""How many may wait for an answer, and how long: the rest are told at once when to come back."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from bot.settings import Settings
from bot.web.limits import Gate
from bot.web.problem import RETRY_SECONDS, Refused


class Hand:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def answered(gate: Gate, clock: Hand, seconds: float, times: int) -> None:
    for _ in range(times):
        async with gate.room():
            clock.now += seconds


async def held(gate: Gate, places: AsyncExitStack, number: int) -> None:
    for _ in range(number):
        await places.enter_async_context(gate.room())


async def test_no_more_wait_than_there_is_room_for():
    gate = Gate(Settings(max_waiting=3))
    async with AsyncExitStack() as places:
        await held(gate, places, 3)
        with pytest.raises(Refused) as refused:
            await held(gate, places, 1)
        assert (refused.value.status, refused.value.retry_after) == (503, RETRY_SECONDS)
    await answered(gate, Hand(), 0, 1)


async def test_nobody_waits_longer_than_promised():
    clock = Hand()
    gate = Gate(Settings(max_waiting=100, max_wait_seconds=8), clock=clock)
    await answered(gate, clock, 1.0, 100)  # what an answer takes has been learnt: a second
    async with AsyncExitStack() as places:
        await held(gate, places, 9)
        with pytest.raises(Refused) as refused:
            await held(gate, places, 1)
        assert 8 <= (refused.value.retry_after or 0) <= 10


async def test_once_answers_are_quick_again_more_may_wait():
    clock = Hand()
    gate = Gate(Settings(max_waiting=100, max_wait_seconds=8), clock=clock)
    await answered(gate, clock, 10.0, 100)
    await answered(gate, clock, 0.02, 100)
    async with AsyncExitStack() as places:
        await held(gate, places, 100)
