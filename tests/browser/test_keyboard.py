"""Everything by keyboard, and the focus always where a person left it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.replies import answer_with, block, hold, reply

CHOICES = [{"entry": "deadline", "label": "What is the last day to apply?"}, {"entry": "hours", "label": "How many hours?"}]


def test_a_journey_without_a_mouse(visit):
    widget = visit()
    keyboard = widget.page.keyboard
    widget.button("launcher").focus()
    keyboard.press("Enter")
    expect(widget.field).to_be_focused()
    keyboard.type("How much are interns paid?")
    keyboard.press("Enter")
    expect(widget.answers).not_to_have_count(0)
    expect(widget.field).to_be_focused()
    keyboard.press("Shift+Tab")
    assert widget.focused().startswith("button"), "what can be pressed in the last answer comes before the field"
    keyboard.press("Home")
    assert widget.focused().startswith("article Hello.")
    keyboard.press("ArrowDown")
    assert widget.focused().startswith("article You asked")
    keyboard.press("End")
    assert widget.focused().startswith("article Assistant")
    keyboard.press("Escape")
    expect(widget.field).to_be_focused()
    keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()
    expect(widget.button("launcher")).to_be_focused()


def test_the_log_is_one_stop_of_the_tab_key(visit):
    widget = visit()
    answer_with(widget.page, reply(block()))
    widget.open()
    for _ in range(3):
        widget.ask("A question")
    stops = widget.log.locator("article[tabindex='0']")
    expect(stops).to_have_count(1)
    reachable = widget.log.locator("button:not([tabindex='-1'])")
    assert reachable.evaluate_all("buttons => new Set(buttons.map((button) => button.closest('.turn'))).size") == 1


def test_an_answer_does_not_steal_the_focus(visit):
    widget = visit()
    held = hold(widget.page, lambda: widget.open().send("A question"))
    widget.page.get_by_role("combobox").focus()
    held.fulfill(json=reply(block()))
    expect(widget.answers).to_have_count(1)
    expect(widget.page.get_by_role("combobox")).to_be_focused()


def test_a_choice_that_goes_leaves_the_focus_in_the_field_and_its_words_in_the_log(visit):
    widget = visit()
    answer_with(widget.page, reply(block("Which?", entry=None), kind="clarify", suggestions=CHOICES), reply(block()))
    widget.open().ask("dates")
    widget.offers.filter(has_text="last day").focus()
    widget.page.keyboard.press("Enter")
    expect(widget.field).to_be_focused()
    expect(widget.questions.last).to_contain_text("What is the last day to apply?")
    expect(widget.offers.filter(has_text="How many hours?")).to_have_count(0)


@pytest.mark.parametrize("way", ["more", "topics"])
def test_escape_closes_what_is_nearest_and_goes_back_to_its_button(visit, way):
    widget = visit().open()
    widget.button(way).click()
    widget.page.keyboard.press("Escape")
    expect(widget.button(way)).to_be_focused()
    expect(widget.panel).to_be_visible()


def test_closing_gives_the_focus_back_to_the_link_that_opened(visit):
    widget = visit()
    link = widget.page.get_by_role("link", name="Ask the assistant")
    link.focus()
    widget.page.keyboard.press("Enter")
    expect(widget.field).to_be_focused()
    widget.page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_a_retry_keeps_the_focus_in_its_turn(visit):
    widget = visit()
    widget.page.route("**/api/v1/messages", lambda route: route.abort(), times=1)
    widget.open().send("How much are interns paid?")
    widget.button("retry").focus()
    widget.page.keyboard.press("Enter")
    expect(widget.answers).not_to_have_count(0)
    assert widget.focused().startswith("article You asked")


def test_shift_enter_is_a_new_line(visit):
    widget = visit().open()
    widget.field.press_sequentially("one")
    widget.field.press("Shift+Enter")
    widget.field.press_sequentially("two")
    expect(widget.field).to_have_value("one\ntwo")
    expect(widget.questions).to_have_count(0)


@pytest.mark.parametrize("has_touch", [False, True])
def test_escape_closes_the_sheet_of_a_telephone_too(visit, has_touch):
    widget = visit(width=360, height=740, has_touch=has_touch, is_mobile=has_touch).open()
    if has_touch:
        assert widget.focused().startswith("h2"), "no keyboard comes up over the greeting"
    widget.page.keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()
    expect(widget.button("launcher")).to_be_focused()
