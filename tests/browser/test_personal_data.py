"""A warning before something that looks like personal data is sent; none for what only has digits in it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

NB = "\u00a0"
PERSONAL = {
    "write to me at jane.doe@example.org": "email",
    "jean+stage@exemple.be": "email",
    "call +32 470 12 34 56": "phone",
    "0032 2 707 41 11": "phone",
    "mon numéro : 06 12 34 56 78": "phone",
    "0470/12.34.56": "phone",
    "85.07.30-033.61": "identity",
    "n° 2 85 05 78 006 084 36": "identity",
    "passport AB1234567": "identity",
    "BE68 5390 0754 7034": "identity",
}
HARMLESS = [
    "What is the deadline for 250697?",
    "250697 or 250813?",
    "250697 250813",
    "Is it 1,286.09 EUR?",
    f"1{NB}286,09{NB}€ par mois",
    "22/06/2025 23:59",
    "2025-06-22 at 23:59",
    "le 22.06.2025 à 23 h 59",
    "38 hours, 6 months, 2026",
    "I got my degree in 2023, 2024 or 2025",
    "I am 21 and started in 2019",
    "NATO 2030",
]


@pytest.fixture(scope="module")
def page(server, browser):
    page = browser.new_page()
    page.goto(server.url)
    yield page
    page.close()


@pytest.mark.parametrize(("text", "kind"), [*PERSONAL.items(), *((text, None) for text in HARMLESS)])
def test_what_looks_personal(page, text, kind):
    assert page.evaluate("async (text) => (await import('/widget/privacy.js')).personalData(text)", text) == kind


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_sent_before_the_warning_is_answered(visit, language):
    widget = visit(language).open()
    sent: list[str] = []
    widget.page.on("request", lambda request: sent.append(request.url) if "messages" in request.url else None)
    widget.send("jane.doe@example.org")
    expect(widget.warning).to_be_visible()
    expect(widget.warning.get_by_role("button", name=widget.word("edit warned"))).to_be_focused()
    widget.page.keyboard.press("Enter")
    expect(widget.field).to_be_focused()
    expect(widget.field).to_have_value("jane.doe@example.org")
    expect(widget.warning).to_be_hidden()
    assert sent == []
    widget.field.press("Enter")
    widget.button("send anyway").click()
    expect(widget.questions).to_have_count(1)
