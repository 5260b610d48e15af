"""What is said, where it comes from, and what can be done with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.replies import answer_with, block, reply
from tests.browser.widget import loosely

AFTER = "2025-07-01T12:00:00+02:00"
BEFORE = "2025-06-01T12:00:00+02:00"


@pytest.mark.parametrize(
    ("language", "promises"),
    [("en", ["automated", "published", "no generative AI", "no personal data"]), ("fr", ["automatique", "publiées", "pas d’IA générative", "aucune donnée personnelle"])],
)
def test_it_says_up_front_what_it_is(visit, language, promises):
    widget = visit(language).open()
    for promise in promises:
        expect(widget.log).to_contain_text(promise)
    expect(widget.suggestions.first).to_be_visible()


def test_a_question_to_start_from_is_answered(visit):
    widget = visit().open()
    chosen = widget.suggestions.first
    words = chosen.inner_text()
    chosen.click()
    expect(widget.questions.first).to_contain_text(words)
    expect(widget.answers.first).to_be_visible()


def test_the_topics_are_searched_and_asked(visit):
    widget = visit("fr").open()
    widget.button("topics").click()
    widget.root.get_by_label(widget.word("filter")).fill("teletravail")
    found = widget.root.locator(".question:visible")
    expect(found).not_to_have_count(0)
    words = found.first.inner_text()
    found.first.click()
    expect(widget.questions.last).to_have_text(loosely(words))
    expect(widget.answers.last).to_be_visible()


def test_an_answer_names_its_source(visit):
    answer = visit().open().ask_entry("stipend")
    expect(answer.locator("[part~=source]")).to_have_text(loosely("Source: notice"))
    expect(answer.locator("[part~=source]")).to_contain_text("250697")


@pytest.mark.parametrize(("now", "past"), [(BEFORE, False), (AFTER, True)])
def test_what_is_past_is_said_to_be_past(visit, now, past):
    widget = visit()
    widget.root.evaluate("(node, now) => node.setAttribute('now', now)", now)
    answer = widget.open().ask_entry("deadline")
    if past:
        expect(answer).to_contain_text("As published; the date has passed")
        expect(answer.locator("[part~=source]")).to_contain_text("closed since 22 June 2025")
    else:
        expect(answer).not_to_contain_text("the date has passed")
        expect(answer).not_to_contain_text("closed since")


def test_text_is_text_and_a_list_is_a_list(visit):
    hostile = '<img src=x onerror="window.hit=1">\n• <b>one</b>\n• [two](javascript:alert(1))\n\n<script>window.hit=1</script>'
    links = [{"label": "bad", "url": "javascript:window.hit=1"}, {"label": "<i>good</i>", "url": "https://www.nato.int/"}]
    widget = visit()
    answer_with(widget.page, reply(block(hostile, links=links), suggestions=[{"entry": "hours", "label": "<u>hours</u>"}]))
    answer = widget.open().ask("<b>me</b>")
    expect(answer.locator("li").filter(has_text="<b>one</b>")).to_have_count(1)
    expect(answer.locator("a")).to_have_count(1)
    expect(widget.questions.last).to_contain_text("<b>me</b>")
    expect(widget.offers.last).to_have_text("<u>hours</u>")
    assert widget.root.locator("img, script, b, i, u").count() == 0
    assert widget.page.evaluate("window.hit") is None


def test_checks_are_shown_criterion_by_criterion(visit):
    checks = [{"criterion": "nationality", "given": "Sweden", "outcome": "meets"}, {"criterion": "age", "given": "21", "outcome": "depends"}]
    widget = visit()
    answer_with(widget.page, reply(block("Both.", checks=checks)))
    answer = widget.open().ask("Sweden, 21")
    expect(answer.locator("dt")).to_have_text([loosely("Nationality Sweden"), loosely("Age 21")])
    expect(answer.locator("dd")).to_have_text(["Meets the criterion", "It depends: see the answer"])
    expect(answer).to_contain_text("the Internship Office decides")


def test_two_answers_are_two_articles(visit):
    widget = visit()
    answer_with(widget.page, reply(block("One."), block("Two.", entry="hours")))
    widget.open().ask("both")
    expect(widget.root.get_by_role("article", name="Assistant, answer 1 of 2")).to_contain_text("One.")
    expect(widget.root.get_by_role("article", name="Assistant, answer 2 of 2")).to_contain_text("Two.")


def test_a_courtesy_beside_an_answer_is_not_rated_or_copied(visit):
    widget = visit().open()
    answer_with(widget.page, reply(block("Hello.", entry="greeting", sources=[]), block(), block("You’re welcome.", entry="thanks", sources=[])))
    widget.ask("Hello! Is it paid? Thanks")
    expect(widget.answers).to_have_count(3)
    assert [answer.get_by_role("button").count() for answer in widget.answers.all()] == [0, 4, 0]


def test_helpful_is_sent_once_pressed_and_a_new_question_is_just_a_question(visit):
    widget = visit().open()
    answer = widget.ask_entry("stipend")
    with widget.page.expect_request("**/api/v1/feedback") as sent:
        answer.get_by_role("button", name=widget.word("yes")).click()
    assert {**sent.value.post_data_json, "conversation": "", "reply": ""} == {"conversation": "", "reply": "", "entry": "stipend", "helpful": True}
    expect(answer.get_by_role("button", name=widget.word("yes"))).to_have_attribute("aria-pressed", "true")
    widget.ask("How many hours a week?")


def test_the_same_answer_in_the_other_language(visit):
    widget = visit().open()
    answer = widget.ask_entry("stipend")
    answer.get_by_role("button", name=widget.word("into other")).click()
    expect(widget.answers.last).to_have_attribute("lang", "fr")
    expect(widget.answers.last).to_have_attribute("data-entry", "stipend")


def test_a_switch_of_language_loses_nothing(visit):
    widget = visit().open()
    widget.ask_entry("stipend")
    widget.field.fill("half a thought")
    said = widget.answers.first.locator(".prose").inner_text()
    widget.button("other").click()
    french = widget.in_other_language()
    expect(french.field).to_have_value("half a thought")
    expect(french.answers.first.locator(".prose")).to_have_text(said, use_inner_text=True)
    expect(french.answers.first).to_have_attribute("lang", "en")
    french.ask_entry("hours")
    expect(french.answers.last).to_have_attribute("lang", "fr")


def test_who_writes_in_the_other_language_may_go_on_in_it(visit):
    widget = visit()
    answer_with(widget.page, reply(block("Une réponse."), language="fr"))
    widget.open().ask("Combien ?")
    widget.root.get_by_role("button", name="Continuer en français").click()
    expect(widget.in_other_language().field).to_be_focused()


def test_copying(visit):
    widget = visit(permissions=["clipboard-read", "clipboard-write"]).open()
    answer = widget.ask_entry("stipend")
    answer.get_by_role("button", name=widget.word("copy")).click()
    expect(answer).to_contain_text("Copied")
    copied = widget.page.evaluate("navigator.clipboard.readText()")
    assert "250697" in copied
    assert answer.locator(".prose p").first.inner_text() in copied


def test_the_transcript_as_text_and_as_a_replay_s_line(visit):
    widget = visit().open()
    widget.ask_entry("stipend")
    with widget.page.expect_download() as text:
        widget.option("text")
    assert "250697" in Path(text.value.path()).read_text(encoding="utf-8-sig")
    with widget.page.expect_download() as data:
        widget.option("json")
    kept = json.loads(Path(data.value.path()).read_text(encoding="utf-8"))
    assert [turn["reply"]["blocks"][0]["entry"] for turn in kept["turns"]] == ["stipend"]
    assert kept["turns"][0]["reply"]["content_version"]


def test_forgetting_here_and_on_the_server(visit):
    widget = visit().open()
    with widget.page.expect_response("**/api/v1/messages") as answered:
        widget.ask_entry("stipend")
    conversation = answered.value.json()["conversation"]
    widget.option("forget")
    with widget.page.expect_response(f"**/api/v1/conversations/{conversation}") as forgotten:
        widget.button("erase").click()
    assert forgotten.value.status == 204
    expect(widget.questions).to_have_count(0)
    expect(widget.spoken).to_contain_text("erased, here and on the server")
    assert conversation not in widget.page.evaluate("JSON.stringify(sessionStorage)")
