"""One script tag: attributes in, events out, under the strictest policy, and nothing of anyone else's."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.host import host
from tests.browser.widget import Widget

LIMIT = 20_000  # bytes of script and styles, compressed


def test_it_weighs_at_most_20_kilobytes(visit, server):
    widget = visit(path="/faq/en")
    with widget.page.expect_response("**/widget.js"):
        widget.page.goto(server.url)
    widget.open()
    addresses = widget.page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    ours = [address for address in addresses if urlsplit(address).path.startswith("/widget")]
    weights = {address: len(gzip.compress(widget.page.request.get(address).body())) for address in ours}
    assert sum(weights.values()) <= LIMIT, weights


def test_nothing_is_asked_of_third_parties_and_no_cookie_is_set(visit, server):
    widget = visit(path="/faq/en")
    asked: set[str] = set()
    widget.page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    widget.page.goto(server.url)
    widget.open().ask("How much are interns paid?")
    assert asked == {urlsplit(server.url).netloc}
    assert widget.page.context.cookies() == []


def test_another_origin_with_a_strict_policy(visit, server, browser):
    with host(server.url) as origin:
        page = browser.new_context().new_page()
        blocked: list[str] = []
        page.on("console", lambda said: blocked.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(origin)
        widget = Widget(page, "fr").open()
        widget.ask("Combien les stagiaires sont-ils payés ?")
        page.get_by_role("link", name="The grant").click()
        expect(widget.answers.last).to_have_attribute("data-entry", "stipend")
        assert widget.log.evaluate("node => getComputedStyle(node).overflowY") == "auto", "the style sheet is not adopted"
        assert blocked == []
        page.context.close()


def test_the_page_s_language_is_followed_when_it_changes(visit):
    widget = visit("en").open()
    widget.page.evaluate("document.documentElement.lang = 'fr-BE'")
    expect(widget.in_other_language().field).to_be_visible()


def test_the_attribute_language_comes_before_the_page_s(visit):
    widget = visit("en")
    widget.root.evaluate("node => node.setAttribute('language', 'fr')")
    expect(widget.in_other_language().button("launcher")).to_be_visible()
    widget.root.evaluate("node => node.setAttribute('language', 'xx')")
    expect(widget.button("launcher")).to_be_visible()


def test_the_attribute_server_names_another_one(visit):
    widget = visit().open()
    widget.root.evaluate("node => node.setAttribute('server', '/elsewhere')")
    with widget.page.expect_request("**/elsewhere/api/v1/messages") as sent:
        widget.send("How much are interns paid?")
    assert sent.value.method == "POST"


def test_open_opens_without_taking_the_focus(visit):
    widget = visit()
    widget.root.evaluate("node => { node.open = true; }")
    expect(widget.panel).to_be_visible()
    assert widget.focused().startswith("body")
    widget.root.evaluate("node => node.removeAttribute('open')")
    expect(widget.panel).to_be_hidden()


def test_events_tell_what_happens_and_never_what_was_typed(visit):
    widget = visit()
    widget.page.evaluate(
        """() => {
          window.told = [];
          for (const name of ["open", "question", "answer", "language", "forget", "close"])
            document.addEventListener(`guichet-${name}`, ({ type, detail }) => window.told.push([type, JSON.stringify(detail) ?? ""]));
        }""",
    )
    widget.open().ask("How much are interns paid?")
    widget.button("other").click()
    widget.in_other_language().button("close").click()
    told = widget.page.evaluate("window.told")
    assert [name for name, _ in told] == ["guichet-open", "guichet-question", "guichet-answer", "guichet-language", "guichet-close"]
    assert not any("paid" in detail for _, detail in told)


def test_two_on_one_page_do_not_disturb_each_other(visit):
    first = visit()
    first.page.evaluate(
        """() => {
          const other = document.createElement("guichet-assistant");
          other.id = "second";
          other.setAttribute("language", "fr");
          document.body.append(other);
        }""",
    )
    one = Widget(first.page, "en", "guichet-assistant:not(#second)")
    two = Widget(first.page, "fr", "#second")
    one.open().ask("How much are interns paid?")
    two.open()
    expect(two.answers).to_have_count(0)
    two.ask("Combien les stagiaires sont-ils payés ?")
    expect(one.questions).to_have_count(1)
    one.button("close").click()
    expect(two.panel).to_be_visible()


@pytest.mark.parametrize("broken", ["no script", "no module"])
def test_where_scripts_fail_there_are_links_to_the_static_pages(visit, server, broken):
    widget = visit(path="/faq/en", java_script_enabled=broken != "no script")
    if broken == "no module":
        widget.page.route("**/widget.js", lambda route: route.abort())
    widget.page.goto(server.url)
    expect(widget.root.locator("a[href='/faq/en']")).to_be_visible()


def test_a_theme_is_set_by_custom_properties_and_parts(visit):
    widget = visit()
    style = "guichet-assistant { --guichet-accent: rgb(90, 20, 60); } guichet-assistant::part(launcher) { border-radius: 3px; }"
    widget.page.evaluate("css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets.push(sheet); }", style)
    expect(widget.button("launcher")).to_have_css("background-color", "rgb(90, 20, 60)")
    expect(widget.button("launcher")).to_have_css("border-radius", "3px")
