"""Offline, slow, busy, down, lost: the applicant's words are never lost, and a message is never answered twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.replies import MESSAGES, answer_with, block, fail_with, hold, reply

QUESTION = "How much are interns paid?"


def test_offline_and_back_is_one_press(visit):
    widget = visit().open()
    widget.page.context.set_offline(True)
    widget.send(QUESTION)
    expect(widget.trouble).to_contain_text("offline")
    expect(widget.questions.last).to_contain_text(QUESTION)
    widget.page.context.set_offline(False)
    widget.button("retry").click()
    expect(widget.answers).not_to_have_count(0)
    expect(widget.trouble).to_have_count(0)


def test_slow_is_said_after_a_second_and_a_way_out_is_shown_after_ten(visit):
    widget = visit(clock=True).open()
    held = hold(widget.page, lambda: widget.send(QUESTION))
    widget.page.clock.run_for(900)
    expect(widget.log).not_to_contain_text("Looking it up")
    widget.page.clock.run_for(200)
    expect(widget.log).to_contain_text("Looking it up")
    expect(widget.spoken).to_contain_text("Looking it up")
    widget.page.clock.run_for(9_000)
    expect(widget.button("retry")).to_be_visible()
    widget.button("stop").click()
    widget.button("edit").click()
    expect(widget.field).to_have_value(QUESTION)
    expect(widget.questions).to_have_count(0)
    held.abort()


def test_a_late_answer_still_comes_when_nothing_is_pressed(visit):
    widget = visit(clock=True).open()
    held = hold(widget.page, lambda: widget.send(QUESTION))
    widget.page.clock.run_for(12_000)
    expect(widget.trouble).to_be_visible()
    held.fulfill(json=reply(block()))
    expect(widget.answers).to_have_count(1)
    expect(widget.trouble).to_have_count(0)


@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_that_the_server_asks_for_is_counted_down(visit, status):
    widget = visit(clock=True)
    answer_with(widget.page, reply(block()))
    fail_with(widget.page, status, **{"Retry-After": "12"})
    widget.open().send(QUESTION)
    expect(widget.button("retry")).to_have_text("Try again in 12 s")
    expect(widget.button("retry")).to_be_disabled()
    widget.page.clock.run_for(5_000)
    expect(widget.button("retry")).to_contain_text("in 7 s")
    widget.page.clock.run_for(8_000)
    expect(widget.button("retry")).to_be_enabled()
    widget.button("retry").click()
    expect(widget.answers).to_have_count(1)


def test_where_the_server_is_down_the_static_page_is_offered(visit):
    widget = visit("fr")
    fail_with(widget.page, 503)
    widget.open().send("Combien ?")
    expect(widget.trouble.get_by_role("link")).to_have_attribute("href", beside(widget.page.url, "/faq/fr"))


def test_a_refusal_is_given_in_the_server_s_words_and_can_be_edited(visit):
    widget = visit()
    fail_with(widget.page, 422, title="The text is too long.")
    widget.open().send(QUESTION)
    expect(widget.trouble).to_contain_text("The text is too long.")
    expect(widget.button("retry")).to_have_count(0)
    widget.button("edit").click()
    expect(widget.field).to_have_value(QUESTION)
    expect(widget.field).to_be_focused()


def test_an_answer_lost_on_the_way_is_the_same_answer_when_asked_again(visit):
    widget = visit()
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().json()["reply"]["id"])
        route.abort()

    widget.page.route(MESSAGES, lose, times=1)
    widget.open().send(QUESTION)
    expect(widget.button("retry")).to_be_visible()
    with widget.page.expect_response(MESSAGES) as second:
        widget.button("retry").click()
    expect(widget.answers).not_to_have_count(0)
    assert second.value.json()["reply"]["id"] == lost[0]


def test_half_an_answer_is_no_answer(visit):
    widget = visit()
    widget.page.route(MESSAGES, lambda route: route.fulfill(status=200, content_type="application/json", body='{"conv'), times=1)
    widget.open().send(QUESTION)
    expect(widget.trouble).to_contain_text("lost")


def test_a_reload_keeps_the_conversation_and_the_draft(visit):
    widget = visit().open()
    widget.ask(QUESTION)
    widget.field.fill("and half a thought")
    said = widget.log.locator(".turns").inner_text()
    widget.page.reload()
    expect(widget.panel).to_be_visible()
    expect(widget.field).to_have_value("and half a thought")
    expect(widget.log.locator(".turns")).to_have_text(said, use_inner_text=True)


def test_a_question_on_its_way_survives_a_reload_and_keeps_its_key(visit):
    widget = visit().open()
    held = hold(widget.page, lambda: widget.send(QUESTION))
    widget.page.reload()
    expect(widget.trouble).to_contain_text("not been answered")
    widget.page.unroute(MESSAGES)
    with widget.page.expect_request(MESSAGES) as again:
        widget.button("retry").click()
    expect(widget.answers).not_to_have_count(0)
    assert again.value.headers["idempotency-key"] == held.request.headers["idempotency-key"]


def test_blocked_storage_is_no_obstacle(visit):
    widget = visit()
    widget.page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } })")
    widget.page.reload()
    widget.open().ask(QUESTION)


def test_without_the_list_of_questions_it_still_answers(visit, server):
    widget = visit(path="/faq/en")
    widget.page.route("**/api/v1/entries*", lambda route: route.abort())
    widget.page.goto(server.url + "/?lang=en")
    widget.open().ask(QUESTION)
    widget.button("topics").click()
    widget.page.unroute("**/api/v1/entries*")
    widget.button("retry").click()
    expect(widget.root.locator("summary").first).to_be_visible()


def test_two_questions_in_a_row_are_answered_in_order(visit):
    widget = visit()
    sent = answer_with(widget.page, reply(block("First.")), reply(block("Second.")))
    widget.open()
    widget.send("one")
    widget.send("two")
    expect(widget.answers).to_have_count(2)
    assert [message["text"] for message in sent] == ["one", "two"]
    assert sent[1]["conversation"] == "c-1"


def beside(address: str, path: str) -> str:
    """The same server, another path."""
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.split('/')[0]}{path}"
