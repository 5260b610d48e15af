"""The static questions and answers in a browser: for everyone, on paper, in both languages, and on to the widget."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessible import GUISES
from tests.browser.widget import Widget, loosely

BOTH = pytest.mark.parametrize("language", ["en", "fr"])


@BOTH
@pytest.mark.parametrize("guise", GUISES)
def test_axe_finds_nothing(visit, violations, language, guise):
    page = visit(language, f"/faq/{language}", **GUISES[guise]).page
    page.locator("summary").last.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_text_at_200_percent_loses_nothing(visit, violations):
    page = visit(path="/faq/fr", width=360, height=740).page
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_targets_are_at_least_24_pixels(visit):
    page = visit(path="/faq/en", width=320, height=640).page
    for summary in page.locator("summary").all():
        summary.click()
    size = "nodes => nodes.map((node) => [node.outerHTML, node.getBoundingClientRect()])"
    found = page.locator("main a:visible, main summary").evaluate_all(size)
    assert [html for html, box in found if min(box["width"], box["height"]) < 24] == []


@BOTH
def test_it_needs_no_script_and_breaks_no_policy(visit, language):
    page = visit(language, f"/faq/{language}", java_script_enabled=False).page
    expect(page.get_by_role("heading", level=3)).not_to_have_count(0)
    with_script = visit(language, f"/faq/{language}").page  # the fixture fails on any violation of the policy
    assert with_script.evaluate("JSON.parse(document.querySelector('script').textContent)['@type']") == "FAQPage"


def test_the_contents_lead_to_a_question(visit):
    page = visit(path="/faq/en").page
    contents = page.get_by_role("navigation", name="Contents")
    contents.locator("summary").filter(has_text="Conditions and dates").click()
    contents.get_by_role("link", name="How much are interns paid?").click()
    expect(page.locator("#stipend")).to_be_in_viewport()
    page.locator("section").filter(has=page.locator("#stipend")).get_by_role("link", name="Back to the contents").click()
    expect(contents).to_be_in_viewport()


def test_the_same_answer_in_the_other_language(visit):
    page = visit(path="/faq/en").page
    page.locator("#stipend").get_by_role("link", name="In French").click()
    expect(page).to_have_url(re.compile("/faq/fr#stipend$"))
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("#stipend")).to_be_in_viewport()
    page.get_by_role("navigation", name="Language").get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


@BOTH
@pytest.mark.parametrize("entry", ["stipend", "daily-work-nor"])
def test_an_answer_leads_into_the_widget_which_gives_the_same_one(visit, language, entry):
    widget: Widget = visit(language, f"/faq/{language}")
    item = widget.page.locator(f"#{entry}")
    question, words = item.get_by_role("heading", level=3).inner_text(), item.locator(".prose p").first.inner_text()
    item.get_by_role("link", name=loosely("Ask the assistant" if language == "en" else "Interroger l’assistant")).click()
    expect(widget.questions.first).to_contain_text(loosely(question))
    expect(widget.answers.first).to_have_attribute("data-entry", entry)
    expect(widget.answers.first.locator(".prose")).to_contain_text(loosely(words))


@BOTH
def test_the_vacancy_page_and_the_questions_lead_to_each_other(visit, language):
    page = visit(language).page
    page.locator("[data-faq]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("#stipend")).to_have_count(1)
    page.locator(".brand").click()
    expect(page.locator("guichet-assistant")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_gets_the_answers_and_nothing_to_press(visit, scheme):
    page = visit(path="/faq/fr", color_scheme=scheme).page
    page.emulate_media(media="print", color_scheme=scheme)
    expect(page.locator("#stipend .prose")).to_be_visible()
    expect(page.locator("#stipend .source")).to_be_visible()
    for unwanted in (".languages", ".contents", "#stipend .actions", ".back >> nth=0"):
        expect(page.locator(unwanted)).to_be_hidden()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")
    address = page.locator(".links a").first.evaluate("node => getComputedStyle(node, '::after').content")
    assert "http" in address
