"""What is published is what the real assistant says, at once, and each reply is from one release."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.content.library import load_library
from bot.content.release import with_changes
from bot.web.app import make_app
from bot.web.assistant import AssistantDown, Question
from tests.web.publishing.conftest import HOURS
from tests.web.publishing.test_publisher import ENGLISH, reword_both


@pytest.fixture
def following(assistant, service, monkeypatch):
    """The session's assistant, answering from the service's holder for one test."""
    before = assistant.live.library
    service.live.swap = assistant.live.swap
    assistant.live.swap(service.live.library)
    yield assistant
    assistant.live.swap(before)


def hours(assistant) -> dict:
    return assistant.ask_now(Question("How many hours a week do interns work?", language="en"))["reply"]


def test_published_words_are_said_within_a_second(following, desk, publisher):
    assert ENGLISH[0] in hours(following)["blocks"][0]["text"]
    reword_both(desk)
    review = desk.review()
    assert review.faults == ()
    publisher.publish(by="edith", why="")
    began = time.perf_counter()
    reply = hours(following)
    taken = time.perf_counter() - began
    assert ENGLISH[1] in reply["blocks"][0]["text"]
    assert reply["content_version"].startswith("2-")
    assert taken < 1.0
    began = time.perf_counter()
    publisher.roll_back(1, by="edith", why="")
    reply = hours(following)
    print(f"published words said after {1000 * taken:.0f} ms; rolled back and said in {1000 * (time.perf_counter() - began):.0f} ms")
    assert ENGLISH[0] in reply["blocks"][0]["text"]


def test_every_reply_is_from_one_release(following, desk):
    found = desk.live()
    other = load_library(with_changes(found.documents, {HOURS: found.documents[HOURS].replace(*ENGLISH)}), 99)
    texts = {found.library.version: ENGLISH[0], other.version: ENGLISH[1]}
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(hours, following) for _ in range(40)]
        for index in range(200):
            following.live.swap(other if index % 2 else found.library)
            time.sleep(0.005)
        replies = [one.result() for one in asked]
    assert {reply["content_version"] for reply in replies} <= set(texts)
    assert all(texts[reply["content_version"]] in reply["blocks"][0]["text"] for reply in replies)


def test_an_entry_that_was_taken_away_is_declined_until_the_model_has_forgotten_it(following, desk):
    found = desk.live()
    following.live.swap(load_library(with_changes(found.documents, {HOURS: None}), 99))
    assert hours(following)["kind"] in {"out_of_scope", "clarify", "answer", "not_in_notice"}
    assert "hours" not in {block["entry"] for block in hours(following)["blocks"]}
    assert following.ask_now(Question(entry="hours", language="en"))["reply"]["kind"] == "out_of_scope"


async def test_health_says_what_could_not_be_published(assistant, settings, service, root, aiohttp_client):
    (root / HOURS).write_text("id: [", encoding="utf-8")
    client = await aiohttp_client(make_app(assistant, settings, None, service))
    body = {"problems": []}
    deadline = time.monotonic() + 10
    while not body["problems"]:
        assert time.monotonic() < deadline
        body = await (await client.get("/api/v1/health")).json()
    assert (HOURS, "yaml") in {(problem["file"], problem["rule"]) for problem in body["problems"]}


def test_conversations_go_on_with_a_new_model(assistant, model):
    first = assistant.ask_now(Question("When is the info session?", language="en"))
    assistant.load(model)
    reply = assistant.ask_now(Question("at what time?", conversation=first["conversation"]))
    assert reply["conversation"] == first["conversation"]
    assert [block["entry"] for block in reply["reply"]["blocks"]] == ["webinar-when"]


def test_a_model_that_does_not_pass_is_not_served(assistant, model):
    before = assistant._agent
    with pytest.raises(AssistantDown, match="it knows nothing"):
        assistant.load(model, lambda ranking: "it knows nothing" if ranking("How much are interns paid?") else "")
    assert assistant._agent is before
    assert hours(assistant)["kind"] == "answer"
