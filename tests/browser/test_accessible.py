"""WCAG 2.2 AA, as far as a machine can tell, in every state and guise; and what is read out, once and in order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.browser.replies import answer_with, block, fail_with, hold, reply
from tests.browser.widget import Widget

CHECKS = [{"criterion": "age", "given": "21", "outcome": o} for o in ("meets", "fails", "depends")]
RICH = reply(
    block("One.\n• a\n• b", state="past", checks=CHECKS, links=[{"label": "nato.int", "url": "https://www.nato.int/"}]),
    block("Deux.", entry="hours"),
    suggestions=[{"entry": "deadline", "label": "What is the last day?"}],
)


def states(widget: Widget) -> Iterator[str]:
    """Walk one widget through its states; each is given when it stands."""
    escape = partial(widget.page.keyboard.press, "Escape")
    yield "closed"
    widget.open()
    expect(widget.suggestions.first).to_be_visible()
    yield "opened"
    answer_with(widget.page, RICH)
    widget.ask("Tell me")
    yield "answered"
    widget.answers.last.get_by_role("button", name=widget.word("yes")).click()
    yield "rated"
    widget.button("topics").click()
    widget.root.locator("summary").first.click()
    yield "topics"
    widget.root.get_by_label(widget.word("filter")).fill("zzz")
    yield "nothing found"
    escape()
    widget.button("more").click()
    yield "options"
    widget.button("forget").click()
    yield "about to forget"
    escape()
    widget.field.fill("x" * 2001)
    yield "too long"
    widget.send("jane.doe@example.org")
    yield "warned"
    escape()
    fail_with(widget.page, 429, **{"Retry-After": "60"})
    widget.send("Busy?")
    expect(widget.trouble).to_be_visible()
    yield "failed"
    hold(widget.page, lambda: widget.send("Slow?"))
    expect(widget.log.locator(".waiting")).to_be_visible()
    yield "waiting"


GUISES = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "320 px": {"width": 320, "height": 640, "has_touch": True},
    "320 px dark": {"width": 320, "height": 640, "has_touch": True, "color_scheme": "dark"},
}


@pytest.mark.parametrize("guise", GUISES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing_in_any_state(visit, violations, language, guise):
    widget = visit(language, **GUISES[guise])
    found = {state: violations(widget.page) for state in states(widget)}
    assert len(found) == 12
    assert {state: faults for state, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_text_at_200_percent_loses_nothing(visit, violations, width, height):
    widget = visit(width=width, height=height)
    widget.page.evaluate("document.documentElement.style.fontSize = '200%'")
    answer_with(widget.page, RICH)
    widget.open().ask("Tell me")
    assert violations(widget.page) == []
    assert widget.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert widget.log.evaluate("node => node.scrollWidth <= node.clientWidth")
    widget.button("close").click()
    expect(widget.button("launcher")).to_be_in_viewport()


def test_targets_are_at_least_24_pixels(visit):
    widget = visit(width=320, height=640)
    parts = widget.root.locator("button:visible, a:visible, summary:visible, input:visible, textarea:visible")
    size = "nodes => nodes.map((node) => [node.outerHTML, node.getBoundingClientRect()])"
    small = [(state, html) for state in states(widget) for html, box in parts.evaluate_all(size) if min(box["width"], box["height"]) < 24]
    assert small == []


def test_an_answer_is_read_once_and_its_source_after_it(visit):
    widget = visit()
    answer_with(widget.page, reply(block("The one answer.\n• with a list")))
    widget.open().ask("Tell me")
    expect(widget.spoken).to_contain_text("Source")
    heard = widget.spoken.inner_text()
    assert heard.count("The one answer.") == 1
    assert heard.index("The one answer.") < heard.index("Source")
    assert "•" not in heard
    expect(widget.log).to_have_attribute("aria-live", "off")


def test_the_live_region_is_mounted_before_anything_is_said(visit):
    widget = visit()
    assert widget.root.locator("[aria-live=polite]").count() == 2
    expect(widget.root.locator("[aria-live=polite]").first).to_be_empty()


def test_an_answer_that_comes_while_the_panel_is_closed_is_announced_and_marked(visit):
    widget = visit()
    held = hold(widget.page, lambda: widget.open().send("Later?"))
    widget.button("close").click()
    expect(widget.panel).to_be_hidden()
    held.fulfill(json=reply(block("Here it is.")))
    expect(widget.root.locator("[aria-live=polite]").filter(has_text="Here it is.")).to_have_count(1)
    expect(widget.button("launcher")).to_contain_text("New answer")


def test_every_message_has_its_language(visit):
    widget = visit("fr")
    answer_with(widget.page, reply(block("An answer."), language="en"))
    answer = widget.open().ask("Tell me")
    expect(widget.questions.last).to_have_attribute("lang", "en")
    expect(answer).to_have_attribute("lang", "en")
    expect(answer.locator("[part~=source]")).to_have_attribute("lang", "fr")


def test_nothing_moves_for_who_asked_for_calm(visit):
    widget = visit(reduced_motion="reduce").open()
    expect(widget.panel).to_have_css("animation-name", "none")
    expect(widget.log).to_have_css("scroll-behavior", "auto")


@pytest.mark.parametrize(("width", "modal"), [(360, True), (1280, False)])
def test_on_a_telephone_the_panel_fills_the_screen(visit, width, modal):
    widget = visit(width=width, height=740).open()
    assert widget.panel.evaluate("node => node.matches(':modal')") is modal
    box = widget.panel.bounding_box()
    assert (box["width"] == width) is modal
