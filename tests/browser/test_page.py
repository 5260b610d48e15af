"""The page to try it on: a vacancy in both languages, a switch of notice, and in development of the clock."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.replies import answer_with, block, reply
from tests.browser.widget import loosely


@pytest.mark.parametrize(("language", "title"), [("en", "NATO Internship"), ("fr", "Programme de stages de l’OTAN")])
def test_a_vacancy_in_each_language(visit, language, title):
    page = visit(language).page
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("dl")).to_contain_text("250697")


def test_the_page_s_language_takes_the_widget_along(visit):
    widget = visit("en").open()
    widget.page.get_by_role("link", name="Français").click()
    expect(widget.in_other_language().field).to_be_visible()


def test_the_notice_shown_is_the_notice_asked_about(visit):
    widget = visit()
    sent = answer_with(widget.page, reply(block()))
    widget.page.get_by_role("combobox").select_option("250813")
    expect(widget.page.locator("dl")).to_contain_text("250813")
    widget.open().ask("What is it?")
    assert sent[0]["notice"] == "250813"


def test_a_link_of_the_page_asks_the_assistant(visit):
    widget = visit()
    link = widget.page.locator("a[href^='#guichet/']").first
    words = link.inner_text()
    link.click()
    expect(widget.questions.first).to_contain_text(loosely(words))
    expect(widget.answers.first).to_be_visible()


@pytest.mark.parametrize("development", [True, False])
def test_the_clock_is_there_in_development_only(visit, server, development):
    widget = visit(path="/faq/en")
    health = {"live": True, "ready": True, "development": development}
    widget.page.route("**/api/v1/health", lambda route: route.fulfill(content_type="application/json", body=json.dumps(health)))
    with widget.page.expect_response("**/api/v1/health"):
        widget.page.goto(server.url)
    clock = widget.page.locator("#now")
    if not development:
        expect(clock).to_be_hidden()
        return
    sent = answer_with(widget.page, reply(block()))
    clock.fill("2025-06-15T12:00")
    clock.dispatch_event("change")
    widget.open().ask("When?")
    assert sent[0]["headers"]["x-guichet-now"].startswith("2025-06-15T12:00:00")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_is_wider_than_the_screen(visit, width):
    page = visit("fr", width=width).page
    expect(page.locator("dl")).to_contain_text("250697")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_notice_that_is_not_answered_for_gives_way_to_one_that_is(visit):
    widget = visit(path="/?lang=en&notice=999999")
    expect(widget.page.locator("dl")).to_contain_text("250697")
    widget.open().ask("How much are interns paid?")


def test_without_a_script_the_page_says_so_first_and_offers_nothing_dead(visit):
    page = visit(path="/", java_script_enabled=False).page
    expect(page.locator(".hero").get_by_role("link", name="en français")).to_be_in_viewport()
    expect(page.get_by_role("combobox")).to_be_hidden()
    expect(page.get_by_role("link", name="Ask the assistant")).to_be_hidden()
