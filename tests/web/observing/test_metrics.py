"""Figures: what is counted, who may see them, and that nothing of a message is among them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from bot.settings import Settings
from bot.web.app import make_app
from bot.web.observing.stages import STAGES
from tests.conftest import BETWEEN
from tests.web.guarding.fake import Speaking

MESSAGES = "/api/v1/messages"


@pytest.fixture
async def client(assistant, settings) -> AsyncIterator[TestClient[Any, Any]]:
    async with TestClient(TestServer(make_app(assistant, settings))) as client:
        yield client


async def figures(client) -> dict[tuple[str, ...], float]:
    response = await client.get("/metrics")
    assert response.status == 200
    return {(sample.name, *sample.labels.values()): sample.value for family in text_string_to_metric_families(await response.text()) for sample in family.samples}


async def test_replies_are_counted_by_kind_and_language(client):
    await client.post(MESSAGES, json={"entry": "hours", "language": "fr"})
    await client.post(MESSAGES, json={"entry": "hours", "language": "en"})
    await client.post(MESSAGES, json={"entry": "hours", "language": "en"})
    await client.post(MESSAGES, json={"entry": "out-of-scope", "language": "en"})
    await client.post(MESSAGES, json={"entry": "nothing"})
    found = await figures(client)
    assert found[("guichet_replies_total", "answer", "en")] == 2
    assert found[("guichet_replies_total", "answer", "fr")] == 1
    assert found[("guichet_misses_total", "out_of_scope", "en")] == 1
    assert ("guichet_misses_total", "answer", "en") not in found
    assert found[("guichet_responses_total", MESSAGES, "422")] == 1
    assert found[("guichet_message_seconds_count",)] == 4
    assert found[("guichet_waiting",)] == 0


async def test_every_stage_of_a_message_is_timed(client):
    await client.post(MESSAGES, json={"text": "How much money do interns get each month?"})
    found = await figures(client)
    timed = {labels[0] for (name, *labels) in found if name == "guichet_stage_seconds_count"}
    assert timed == set(STAGES)
    whole = found[("guichet_message_seconds_sum",)]
    assert sum(found[("guichet_stage_seconds_sum", stage)] for stage in STAGES) == pytest.approx(whole, rel=0.2)


async def test_what_is_in_service_is_named(client, assistant):
    await client.post(MESSAGES, json={"entry": "hours"})
    named = [set(labels) for (name, *labels), value in (await figures(client)).items() if name == "guichet_in_service" and value == 1]
    assert named == [{assistant.model, assistant.library.version}]


async def test_nothing_of_a_message_is_in_the_figures(client):
    conversation = (await (await client.post(MESSAGES, json={"text": "my word is xylophonist, when is the deadline?"})).json())["conversation"]
    await client.get("/xylophonist")
    text = await (await client.get("/metrics")).text()
    assert "xylophonist" not in text
    assert conversation not in text
    assert "127.0.0.1" not in text


@pytest.mark.parametrize(
    ("allowed", "headers", "status"),
    [
        pytest.param(Settings(), {}, 200, id="this machine"),
        pytest.param(Settings(), {"X-Forwarded-For": "127.0.0.1"}, 404, id="through a proxy"),
        pytest.param(Settings(metrics_from=("192.0.2.0/24",)), {}, 404, id="not on the list"),
        pytest.param(Settings(metrics_from=(), metrics_token="s3cret"), {"Authorization": "Bearer s3cret", "X-Forwarded-For": "192.0.2.1"}, 200, id="with the token"),
        pytest.param(Settings(metrics_from=(), metrics_token="s3cret"), {"Authorization": "Bearer s3cre"}, 404, id="with part of the token"),
        pytest.param(Settings(metrics_from=(), metrics_token=""), {"Authorization": "Bearer "}, 404, id="without a token set, none is right"),
    ],
)
async def test_who_may_see_the_figures(assistant, allowed, headers, status):
    async with TestClient(TestServer(make_app(assistant, allowed))) as client:
        assert (await client.get("/metrics", headers=headers)).status == status


async def test_living_is_told_apart_from_being_ready(library):
    from bot.web.assistant import Assistant

    assistant = Assistant(library, Settings(), lambda: BETWEEN)
    async with TestClient(TestServer(make_app(assistant, Settings()))) as client:
        checks = {check: (await client.get("/api/v1/health", params={"check": check})).status for check in ("live", "ready", "other")}
    assistant.close()
    assert checks == {"live": 200, "ready": 503, "other": 422}


async def test_a_message_that_waits_and_a_release_are_counted(library):
    chosen = Settings(now=BETWEEN)
    speaking = Speaking(library, chosen)
    speaking.slow.clear()
    async with TestClient(TestServer(make_app(speaking, chosen))) as client:
        asking = asyncio.create_task(client.post(MESSAGES, json={"text": "hello"}))
        await speaking.begun.wait()
        assert (await figures(client))[("guichet_waiting",)] == 1
        speaking.slow.set()
        await asking
        found = await figures(client)
        assert (found[("guichet_waiting",)], found[("guichet_releases_total",)]) == (0, 0)
        speaking.live.swap(replace(library, version="2-another"))
        await client.post(MESSAGES, json={"text": "hello again"})
        assert (await figures(client))[("guichet_releases_total",)] == 1
    speaking.close()
