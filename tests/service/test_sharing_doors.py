"""The limits at the log-in page and at a session's public page hold for all processes together: two applications, one real Redis."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.records import webinars
from bot.settings import Settings
from bot.web.api import GATE
from bot.web.limits import Gate
from bot.web.session.participants import COOKIE, DOORS, Doors
from bot.web.staff.login import LOGIN_GATE
from tests.conftest import BETWEEN
from tests.service.debian import Daemon, free_port
from tests.service.test_sharing import meet  # noqa: F401 -- a fixture
from tests.web.moderator.conftest import Participant, with_small_model
from tests.web.staff.staffroom import Make, clock, database, log_in, make_client  # noqa: F401 -- fixtures


@pytest.fixture
async def two(make_client: Make, redis: Daemon, meet: Any) -> list[Any]:  # noqa: F811
    """Two processes' applications on the same records and the same Redis; each of them refuses the third of anything."""
    settings: dict[str, Any] = {"redis": f"redis://127.0.0.1:{redis.port}/0", "logins_per_minute": 2, "webinar_asks": 2, "webinar_requests": 5}
    return [with_small_model(await make_client(**settings)) for _ in range(2)]


def begun(database: Any) -> str:  # noqa: F811
    with database.begin() as connection:
        return webinars.begin(connection, "Info session", notice=None, rehearsal=False, by="maud", now=BETWEEN).code


def participant(client: Any, code: str) -> Participant:
    return Participant(client.session, str(client.make_url("")).rstrip("/"), code)


async def test_attempts_to_log_in_are_counted_wherever_they_arrive(two: list[Any]):
    one, other = two
    said = [(await log_in(client, "maud", "a wrong password")).status for client in (one, other, one, other)]
    assert said == [401, 401, 429, 429]


async def test_a_participant_is_counted_wherever_questions_arrive(two: list[Any], database: Any):  # noqa: F811
    code = begun(database)
    one, other = (participant(client, code) for client in two)
    page = await one.session.get(f"{one.base}/session/{code}")
    other.session.headers["Cookie"] = f"{COOKIE}={page.cookies[COOKIE].value}"
    said = [(await door.ask("Is it paid?")).status for door in (one, other, one, other)]
    assert said == [200, 200, 429, 429]


async def test_the_three_doors_do_not_count_for_each_other(meet: Any):  # noqa: F811
    settings = Settings(messages_per_minute=1, webinar_asks=1, webinar_requests=1, logins_per_minute=1)
    meeting = meet()
    doors = Doors(settings, meeting)
    for gate in (Gate(settings, meeting), doors.asks, doors.requests):
        await gate.check_one("192.0.2.1")


async def test_without_redis_the_doors_count_for_themselves(make_client: Make):  # noqa: F811
    client = await make_client(redis=f"redis://127.0.0.1:{free_port()}/0", logins_per_minute=1)
    assert [(await log_in(client, "maud", "a wrong password")).status for _ in range(2)] == [401, 429]


async def test_hundreds_at_once_do_not_use_redis_up(two: list[Any]):
    gates = [two[0].app[key] for key in (GATE, LOGIN_GATE)] + [two[0].app[DOORS].requests]
    meeting, told = gates[0]._meeting, list[bool]()
    meeting.part.told = lambda _, gone: told.append(gone)
    await asyncio.gather(*(gates[2].check_one(f"participant {number}") for number in range(500)))
    assert told == [], "every one of them was counted at Redis"
    assert all(gate._meeting is meeting for gate in gates)
