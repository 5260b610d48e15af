"""Limits, locks and repeats that processes share through a real Redis, and what each does while it is gone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest

from bot.settings import Settings
from bot.web.limits import Gate
from bot.web.problem import Refused
from bot.web.sharing.meeting import Meeting
from bot.web.sharing.part import Part
from bot.web.sharing.repeats import Repeats
from bot.web.sharing.turns import Turns
from tests.service.debian import Daemon, free_port

Connect = Callable[[], Meeting]


@pytest.fixture
async def meet(redis: Daemon) -> AsyncIterator[Connect]:
    made: list[Meeting] = []

    def connect() -> Meeting:
        made.append(Meeting(f"redis://127.0.0.1:{redis.port}/0", Part("redis")))
        return made[-1]

    await connect().client.flushall()
    yield connect
    for meeting in made:
        await meeting.close()


@pytest.fixture
async def gone() -> AsyncIterator[Meeting]:
    meeting = Meeting(f"redis://127.0.0.1:{free_port()}/0", Part("redis"))
    yield meeting
    await meeting.close()


async def test_an_address_is_counted_once_for_all_processes(meet):
    one, two = (Gate(Settings(messages_per_minute=3), meet()) for _ in range(2))
    for gate in (one, two, one):
        await gate.check("192.0.2.1")
    for gate in (one, two):
        with pytest.raises(Refused) as refused:
            await gate.check("192.0.2.1")
        assert refused.value.status == 429
        assert 1 <= (refused.value.retry_after or 0) <= 60
    await two.check("192.0.2.2")


@pytest.mark.parametrize("jump", [pytest.param(-3_600, id="back"), pytest.param(3_600, id="forth")])
async def test_a_clock_that_jumps_or_differs_lets_nobody_in_and_keeps_nobody_out(meet, monkeypatch, jump):
    one, two = (Gate(Settings(messages_per_minute=2), meet()) for _ in range(2))
    real = time.time
    await one.check("192.0.2.1")
    monkeypatch.setattr(time, "time", lambda: real() + jump)
    await two.check("192.0.2.1")
    with pytest.raises(Refused) as refused:
        await two.check("192.0.2.1")
    assert 1 <= (refused.value.retry_after or 0) <= 60
    monkeypatch.setattr(time, "time", real)
    with pytest.raises(Refused):
        await one.check("192.0.2.1")
    await one.check("192.0.2.2")


async def test_two_kinds_of_limit_do_not_count_for_each_other(meet):
    messages, logins = (Gate(Settings(messages_per_minute=1), meet(), what=what) for what in ("messages", "logins"))
    await messages.check("192.0.2.1")
    await logins.check("192.0.2.1")


async def test_without_redis_each_process_counts_for_itself(gone):
    gate = Gate(Settings(messages_per_minute=1), gone)
    await gate.check("192.0.2.1")
    with pytest.raises(Refused):
        await gate.check("192.0.2.1")
    assert gone.part.gone


async def test_a_conversation_has_one_turn_at_a_time_wherever_messages_arrive(meet):
    turns, inside, most = [Turns(meet(), seconds=10) for _ in range(3)], 0, 0

    async def message(number: int) -> None:
        nonlocal inside, most
        async with turns[number % 3].held("conversation"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(message(number) for number in range(12)))
    assert most == 1
    assert [turn._locks for turn in turns] == [{}, {}, {}], "what nobody waits for is not kept"


async def test_other_conversations_do_not_wait(meet):
    turns = Turns(meet(), seconds=10)
    async with turns.held("one"), asyncio.timeout(5), turns.held("other"), turns.held(None):
        assert set(turns._locks) == {"one", "other"}


async def test_the_turn_of_a_killed_process_comes_to_its_end(meet):
    await meet().client.set(f"guichet:turn:{'0' * 64}", "killed", px=100)
    killed, next_one = Turns(meet(), seconds=0.3), Turns(meet(), seconds=5)
    holding = killed.held("conversation")
    await holding.__aenter__()
    async with asyncio.timeout(3), next_one.held("conversation"):
        assert True


async def test_without_redis_a_process_keeps_order_by_itself(gone):
    turns, order = Turns(gone, seconds=10), []

    async def message(number: int) -> None:
        async with turns.held("conversation"):
            order.append(number)
            await asyncio.sleep(0)
            order.append(number)

    await asyncio.gather(*(message(number) for number in range(4)))
    assert order == [0, 0, 1, 1, 2, 2, 3, 3]


async def test_a_message_sent_to_two_processes_at_once_is_answered_once(meet):
    answered = []

    async def answer() -> bytes:
        answered.append(1)
        await asyncio.sleep(0.1)
        return b"said"

    given = await asyncio.gather(*(Repeats(meet()).once("key", b"body", answer) for _ in range(3)))
    assert [said for said, _ in given] == [b"said"] * 3
    assert len(answered) == 1
    assert sorted(again for _, again in given) == [False, True, True]


async def test_what_failed_may_be_tried_elsewhere(meet):
    async def fail() -> bytes:
        raise Refused(503, "error-busy")

    async def answer() -> bytes:
        return b"said"

    with pytest.raises(Refused):
        await Repeats(meet()).once("key", b"body", fail)
    assert await Repeats(meet()).once("key", b"body", answer) == (b"said", False)


async def test_an_answer_that_a_killed_process_owes_is_given_by_another(meet, monkeypatch):
    monkeypatch.setattr(Repeats, "PATIENCE_SECONDS", 0.2)
    stuck, other, begun = Repeats(meet()), Repeats(meet()), asyncio.Event()

    async def never() -> bytes:
        begun.set()
        await asyncio.Event().wait()
        return b""

    async def answer() -> bytes:
        return b"said"

    killed = asyncio.create_task(stuck.once("key", b"body", never))
    await begun.wait()
    async with asyncio.timeout(5):
        assert await other.once("key", b"body", answer) == (b"said", False)
    killed.cancel()


async def test_without_redis_a_repeat_is_known_where_it_was_answered(gone):
    repeats = Repeats(gone)

    async def answer() -> bytes:
        return b"said"

    assert [await repeats.once("key", b"body", answer) for _ in range(2)] == [(b"said", False), (b"said", True)]
