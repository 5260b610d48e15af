"""Limits hold for whoever really asks, cost a bounded memory, and let the innocent through."""

from __future__ import annotations

import asyncio

import pytest

from bot.settings import BadSetting, Settings
from bot.web.pace import Pace, Turnstile
from bot.web.proxies import behind, client_of, counted_as, trusted

PROXIES = trusted(Settings(proxies=("10.0.0.0/8", "::1")))


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        pytest.param("203.0.113.9", ["198.51.100.1"], "203.0.113.9", id="a stranger claims to forward"),
        pytest.param("10.0.0.1", [], "10.0.0.1", id="the proxy itself"),
        pytest.param("10.0.0.1", ["198.51.100.1"], "198.51.100.1", id="one proxy"),
        pytest.param("10.0.0.1", ["198.51.100.1, 10.9.9.9"], "198.51.100.1", id="two proxies"),
        pytest.param("10.0.0.1", ["1.1.1.1, 198.51.100.1"], "198.51.100.1", id="the client lies about one before it"),
        pytest.param("10.0.0.1", ["1.1.1.1", "198.51.100.1"], "198.51.100.1", id="in two headers"),
        pytest.param("10.0.0.1", ["10.1.1.1, 10.2.2.2"], "10.1.1.1", id="nothing but proxies"),
        pytest.param("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1", id="with a port"),
        pytest.param("::1", ["[2001:db8::5]:80"], "2001:db8::5", id="IPv6 with a port"),
        pytest.param("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1", id="IPv4 in IPv6"),
        pytest.param("10.0.0.1", ["<script>"], "10.0.0.1", id="no address"),
        pytest.param("10.0.0.1", ["198.51.100.1, unknown"], "10.0.0.1", id="a hop that hides"),
        pytest.param("10.0.0.1", [",".join(["10.0.0.2"] * 100_000)], "10.0.0.2", id="endless"),
        pytest.param("", ["198.51.100.1"], "", id="no peer"),
    ],
)
def test_who_asks(peer, forwarded, expected):
    assert client_of(peer, forwarded, PROXIES) == expected


def test_an_ipv6_network_counts_as_one_client():
    assert counted_as("2001:db8:1:2::1") == counted_as("2001:db8:1:2:ffff::9") != counted_as("2001:db8:1:3::1")
    assert counted_as("::ffff:198.51.100.1") == counted_as("198.51.100.1")
    assert counted_as("") == counted_as("no address") == "unknown"


def test_a_proxy_that_is_no_address_is_refused():
    with pytest.raises(BadSetting, match="proxies"):
        behind(Settings(proxies=("proxy.example",)))


async def test_messages_are_counted_by_the_real_client(serve):
    client = await serve(proxies=("127.0.0.1",), messages_per_minute=2)

    async def status(client_address: str) -> int:
        response = await client.post("/api/v1/messages", json={"text": "hello"}, headers={"X-Forwarded-For": client_address})
        return int(response.status)

    assert [await status("198.51.100.1") for _ in range(3)] == [200, 200, 429]
    assert await status("198.51.100.2") == 200


async def test_nobody_gets_round_the_limit_by_claiming_to_forward(serve):
    client = await serve(messages_per_minute=2)
    statuses = [(await client.post("/api/v1/messages", json={"text": "hello"}, headers={"X-Forwarded-For": f"198.51.100.{n}"})).status for n in range(3)]
    assert statuses == [200, 200, 429]


def test_a_bucket_fills_again():
    clock = Seconds()
    pace = Pace(60, clock=clock)
    assert [pace.wait("a") for _ in range(60)] == [0.0] * 60
    assert pace.wait("a") == pytest.approx(1.0)
    assert pace.wait("b") == 0.0
    clock.now = 0.5
    assert pace.wait("a") == pytest.approx(0.5)
    clock.now = 1.0
    assert pace.wait("a") == 0.0
    clock.now = 10_000.0
    assert sum(pace.wait("a") == 0.0 for _ in range(100)) == 60


def test_a_million_addresses_cost_no_more_than_ten_thousand():
    pace = Pace(60, most=10_000)
    for number in range(30_000):
        pace.wait(str(number))
    assert len(pace) == 10_000


async def test_requests_of_any_kind_are_paced_and_health_never(serve):
    client = await serve(requests_per_minute=3, messages_per_minute=0)
    assert [(await client.get("/api/v1/entries")).status for _ in range(4)] == [200, 200, 200, 429]
    refused = await client.get("/api/v1/entries", headers={"Accept-Language": "fr"})
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.content_type == "application/problem+json"
    assert (await client.get("/api/v1/health")).status == 200


async def test_all_together_are_paced_too(serve):
    client = await serve(requests_per_minute=2, requests_per_minute_overall=4, messages_per_minute=0, proxies=("127.0.0.1",))
    statuses = [(await client.get("/api/v1/entries", headers={"X-Forwarded-For": f"198.51.100.{n}"})).status for n in range(6)]
    assert statuses == [200, 200, 200, 200, 429, 429]


async def test_a_whole_office_may_follow_a_session_from_one_address(serve):
    client = await serve(requests_per_minute=1, requests_per_minute_overall=1, messages_per_minute=0, webinar_requests=1)
    assert [(await client.get("/session/x")).status for _ in range(21)] == [404] * 20 + [429]


async def test_a_crowd_at_the_turnstile_lets_others_go_between():
    turnstile, done = Turnstile(at_a_time=4), []

    async def participant(number: int) -> None:
        await turnstile.passed()
        done.append(number)

    crowd = [asyncio.create_task(participant(number)) for number in range(400)]
    for _ in range(10):  # what a moderator's request waits for
        await asyncio.sleep(0)
    assert len(done) <= 40
    await asyncio.gather(*crowd)
    assert sorted(done) == list(range(400))
