"""The contract's API: replies, errors, headers, and the document that describes them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import jsonschema
import pytest
from aiohttp.test_utils import TestClient, TestServer
from openapi_spec_validator import validate

from bot.i18n.catalogue import phrase, phrase_ids
from bot.settings import Settings
from bot.web.api import OPENAPI, routes
from bot.web.app import make_app
from bot.web.assistant import Assistant
from bot.web.sharing.repeats import Repeats

DOCUMENT = json.loads(OPENAPI.read_text(encoding="utf-8"))
MESSAGES = "/api/v1/messages"


@pytest.fixture
async def client(assistant: Assistant, settings: Settings) -> AsyncIterator[TestClient[Any, Any]]:
    async with TestClient(TestServer(make_app(assistant, settings))) as client:
        yield client


def fits(schema: str, value: object) -> None:
    jsonschema.validate(value, {"$ref": f"#/components/schemas/{schema}", "components": DOCUMENT["components"]}, cls=jsonschema.Draft202012Validator)


def test_the_document_is_valid_and_complete():
    validate(DOCUMENT)
    described = {(method.upper(), path) for path, item in DOCUMENT["paths"].items() for method in item}
    assert described == {(route.method, route.path) for route in routes}


@pytest.mark.parametrize(
    ("text", "entry", "language"),
    [
        pytest.param("How much money do interns get each month?", "stipend", "en", id="English"),
        pytest.param("Les stagiaires touchent combien chaque mois ?", "stipend", "fr", id="French"),
    ],
)
async def test_a_question_gets_its_curated_answer(client, text, entry, language):
    response = await client.post(MESSAGES, json={"text": text})
    body = await response.json()
    assert response.status == 200
    fits("Answered", body)
    assert [block["entry"] for block in body["reply"]["blocks"]] == [entry]
    assert (body["reply"]["language"], body["reply"]["kind"]) == (language, "answer")
    assert {source["notice"] for source in body["reply"]["blocks"][0]["sources"]} == {"250697", "250813"}


async def test_an_entry_is_answered_without_understanding(client):
    body = await (await client.post(MESSAGES, json={"entry": "hours", "language": "fr", "notice": "250697"})).json()
    fits("Answered", body)
    assert body["reply"]["blocks"][0]["entry"] == "hours"
    assert body["reply"]["notices"] == ["250697"]


async def test_a_conversation_goes_on_and_an_unknown_one_starts_afresh(client):
    first = (await (await client.post(MESSAGES, json={"text": "hello"})).json())["conversation"]
    second = (await (await client.post(MESSAGES, json={"text": "hello", "conversation": first})).json())["conversation"]
    unknown = (await (await client.post(MESSAGES, json={"text": "hello", "conversation": "never-seen"})).json())["conversation"]
    assert first == second
    assert unknown not in {first, "never-seen"}
    assert (await client.delete(f"/api/v1/conversations/{first}")).status == 204
    assert (await (await client.post(MESSAGES, json={"text": "hello", "conversation": first})).json())["conversation"] != first


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"{bad", 400, id="malformed JSON"),
        pytest.param(b"[]", 400, id="no object"),
        pytest.param(b'"text"', 400, id="a bare text"),
        pytest.param(b'{"text": 5}', 400, id="a number for a text"),
        pytest.param(b'{"text": ["a"]}', 400, id="a list for a text"),
        pytest.param(b'{"text": "a", "entry": "hours"}', 400, id="text and entry"),
        pytest.param(b'{"text": "\xff"}', 400, id="invalid UTF-8"),
        pytest.param(b"[" * 5000, 400, id="deep nesting"),
        pytest.param(b"{}", 422, id="nothing"),
        pytest.param(b'{"text": ""}', 422, id="empty"),
        pytest.param(b'{"text": " \\n\\u200b "}', 422, id="nothing to see"),
        pytest.param(json.dumps({"text": "x" * 2001}).encode(), 422, id="2,001 characters"),
        pytest.param(b'{"entry": "no-such-entry"}', 422, id="unknown entry"),
        pytest.param(b'{"text": "a", "notice": "1"}', 422, id="unknown notice"),
        pytest.param(b'{"text": "a", "language": "de"}', 422, id="unknown language"),
        pytest.param(json.dumps({"text": "x" * 100_000}).encode(), 413, id="100 kB"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_bad_request_is_told_in_the_language_of_the_request(client, body, status, language):
    response = await client.post(MESSAGES, data=body, headers={"Content-Type": "application/json", "Accept-Language": language})
    problem = await response.json(content_type="application/problem+json")
    assert (response.status, problem["status"]) == (status, status)
    fits("Problem", problem)
    assert problem["title"] in {str(phrase(key, language)) for key in phrase_ids(language) if key.startswith("error-")}
    assert "Traceback" not in await response.text()


async def test_the_largest_message_is_answered(client):
    assert (await client.post(MESSAGES, json={"text": "word " * 400})).status == 200


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("/restart", id="a command of Rasa's"),
        pytest.param("/faq", id="an intent of ours"),
        pytest.param("///", id="only slashes"),
        pytest.param("\ud800 deadline?", id="a lone surrogate"),
        pytest.param("dead\0line?", id="a NUL"),
        pytest.param("\u202edeadline?\u202c", id="right to left"),
        pytest.param("🙂🙂🙂", id="emoji"),
        pytest.param("{stipend} %s {0}", id="format signs"),
        pytest.param("<script>alert(1)</script>", id="a script"),
        pytest.param("a\u0301" * 900, id="many combining marks"),
    ],
)
async def test_odd_text_gets_a_clean_reply(client, text):
    response = await client.post(MESSAGES, data=json.dumps({"text": text}), headers={"Content-Type": "application/json"})
    body = await response.json()
    assert response.status == 200, body
    fits("Answered", body)
    assert body["reply"]["blocks"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        pytest.param("GET", "/api/v1/nothing", 404, id="unknown address"),
        pytest.param("PUT", MESSAGES, 405, id="unknown method"),
        pytest.param("GET", "/widget/../../settings.py", 404, id="out of the folder"),
        pytest.param("GET", "/widget/%2e%2e%2fapp.py", 404, id="out of the folder, encoded"),
        pytest.param("GET", "/api/v1/entries?language=de", 422, id="unknown language"),
    ],
)
async def test_other_errors(client, method, path, status):
    response = await client.request(method, path)
    assert response.status == status
    fits("Problem", await response.json(content_type="application/problem+json"))


async def test_not_json_is_refused(client):
    response = await client.post(MESSAGES, data="text=a", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert response.status == 415


async def test_too_many_messages_are_told_when_to_come_back(assistant):
    async with TestClient(TestServer(make_app(assistant, Settings(messages_per_minute=2)))) as client:
        statuses = [(await client.post(MESSAGES, json={"entry": "hours"})).status for _ in range(2)]
        refused = await client.post(MESSAGES, json={"entry": "hours"})
        assert statuses == [200, 200]
        assert refused.status == 429
        assert 1 <= int(refused.headers["Retry-After"]) <= 60


async def test_without_a_model_nothing_is_lost_and_the_server_says_so(library):
    assistant = Assistant(library, Settings(), lambda: pytest.fail("no clock is needed"))
    async with TestClient(TestServer(make_app(assistant, Settings()))) as client:
        refused = await client.post(MESSAGES, json={"text": "hello"})
        health = await client.get("/api/v1/health")
        assert refused.status == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert (health.status, (await health.json())["ready"]) == (503, False)
    assistant.close()


async def test_a_message_sent_again_is_not_answered_twice(client):
    sent = [await client.post(MESSAGES, json={"entry": "hours"}, headers={"Idempotency-Key": "one"}) for _ in range(2)]
    other = await client.post(MESSAGES, json={"entry": "hours"}, headers={"Idempotency-Key": "two"})
    first, second = [await response.json() for response in sent]
    assert first == second
    assert (await other.json())["reply"]["id"] != first["reply"]["id"]


async def test_a_key_used_again_for_another_question_is_another_message(client):
    asked = [await client.post(MESSAGES, json={"entry": entry}, headers={"Idempotency-Key": "mine"}) for entry in ("hours", "stipend")]
    assert [(await response.json())["reply"]["blocks"][0]["entry"] for response in asked] == ["hours", "stipend"]


async def test_answers_kept_for_repetition_are_bounded():
    repeats = Repeats()

    async def said() -> bytes:
        return b"said"

    for number in range(Repeats.MOST + 10):
        await repeats.once(str(number), b"", said)
    assert len(repeats) == Repeats.MOST
    assert await repeats.once("0", b"", said) == (b"said", False)
    assert await repeats.once(str(Repeats.MOST), b"", said) == (b"said", True)


async def test_lists_and_health(client):
    entries = await (await client.get("/api/v1/entries?language=fr&notice=250697")).json()
    fits("Entries", entries)
    assert "daily-work-nor" not in {entry["id"] for entry in entries["entries"]}
    notices = await (await client.get("/api/v1/notices?language=en")).json()
    fits("Notices", notices)
    assert {notice["open"] for notice in notices["notices"]} == {True}
    health = await (await client.get("/api/v1/health")).json()
    fits("Health", health)
    assert health["ready"]


async def test_feedback_is_checked(client):
    assert (await client.post("/api/v1/feedback", json={"entry": "hours", "helpful": True})).status == 204
    assert (await client.post("/api/v1/feedback", json={"entry": "hours"})).status == 400
    assert (await client.post("/api/v1/feedback", json={"entry": "nothing", "helpful": True})).status == 422


@pytest.mark.parametrize("path", ["/", "/widget.js", "/api/v1/health", "/api/v1/nothing"])
async def test_every_response_is_secured(client, path):
    headers = (await client.get(path)).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


async def test_only_allowed_origins_may_ask(assistant):
    settings = Settings(origins=("https://careers.example",))
    async with TestClient(TestServer(make_app(assistant, settings))) as client:
        preflight = {"Access-Control-Request-Method": "POST"}
        allowed = await client.options(MESSAGES, headers={"Origin": "https://careers.example", **preflight})
        refused = await client.options(MESSAGES, headers={"Origin": "https://elsewhere.example", **preflight})
        assert allowed.headers["Access-Control-Allow-Origin"] == "https://careers.example"
        assert "Access-Control-Allow-Origin" not in refused.headers


async def test_a_message_is_never_logged(client, caplog):
    with caplog.at_level("DEBUG"):
        await client.post(MESSAGES, json={"text": "my very secret word is xylophonist, when is the deadline?"})
    assert "xylophonist" not in caplog.text
    assert "answered kind=" in caplog.text
