"""Should the content itself turn hostile (an editor's account stolen, a file slipped in), every page still shows text as text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from bot.content import FAQ
from bot.content.document import Document, parse_document
from bot.content.library import load_library
from bot.settings import Settings
from bot.web.assistant import clock_of
from tests.browser.replies import answer_with, block, reply
from tests.browser.widget import Widget
from tests.conftest import BETWEEN, Server
from tests.service.light import Light

MARK = "owned"
HOSTILE = f"\"'><img src=x onerror=\"document.title='{MARK}'\"><svg/onload=\"document.title='{MARK}'\"><script>document.title='{MARK}'</script></script><b id={MARK}>"
PLANTED = f"img[src=x], svg[onload], #{MARK}, script:not([src]):not([type])"


def planted(value: Any, *, inside: bool = False) -> Any:
    """Return `value` with hostile words at the end of every text that is said."""
    if isinstance(value, dict):
        words = {"en", "fr"} <= set(value) and all(isinstance(value[locale], str) and " " in value[locale] for locale in ("en", "fr"))
        return {key: planted(one, inside=inside or (words and key in {"en", "fr"})) for key, one in value.items()}
    if isinstance(value, list):
        return [planted(one, inside=inside) for one in value]
    return f"{value} {HOSTILE}" if inside and isinstance(value, str) else value


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("hostile") / "faq"
    shutil.copytree(FAQ, root)
    plant(root)
    settings = Settings(now=BETWEEN, messages_per_minute=10_000, requests_per_minute=100_000)
    assistant = Light(load_library(root), settings, clock_of(settings))
    assistant.load(root)
    server = Server(assistant, settings)
    yield server
    server.close()
    assistant.close()


def plant(root: Path) -> None:
    """Put hostile words into every text of the content at `root`."""
    for path in (*root.glob("entries/**/*.yaml"), *root.glob("notices/*.yaml"), *root.glob("criteria/*.yaml")):
        _plant(path)


def _plant(path: Path) -> None:
    read = parse_document(path.read_text(encoding="utf-8"), file=path.name)
    assert isinstance(read, Document)
    path.write_text(yaml.safe_dump(planted(read.values), allow_unicode=True), encoding="utf-8")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    faults: list[str] = []
    page = browser.new_page(reduced_motion="reduce")
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert faults == [], "the policy must have nothing to stop"
    page.close()


def nothing_planted(page: Page) -> None:
    assert page.title() != MARK
    assert page.locator(PLANTED).count() == 0  # Playwright looks into open shadow roots as well


@pytest.mark.parametrize("path", ["/faq/en", "/faq/fr", "/?lang=en", "/?lang=fr"])
def test_a_page_shows_hostile_content_as_text(page: Page, hostile: Server, path: str):
    page.goto(hostile.url + path)
    expect(page.locator("body")).to_contain_text("<img src=x onerror=")
    nothing_planted(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_widget_shows_hostile_content_as_text(page: Page, hostile: Server, language: str):
    page.goto(f"{hostile.url}/?lang={language}")
    widget = Widget(page, language).open()
    answer = widget.ask("?")
    expect(answer).to_contain_text("<img src=x onerror=")
    nothing_planted(page)


def test_the_widget_shows_every_hostile_field_of_a_reply_as_text(page: Page, hostile: Server):
    page.goto(f"{hostile.url}/?lang=en")
    widget = Widget(page, "en").open()
    sources = [{"notice": HOSTILE, "language": "en", "section": HOSTILE}]
    checks = [{"criterion": HOSTILE, "given": HOSTILE, "outcome": HOSTILE}, {"criterion": "age", "given": HOSTILE, "outcome": "depends"}]
    links = [{"label": HOSTILE, "url": "javascript:document.title='owned'"}, {"label": HOSTILE, "url": "https://example.org/" + HOSTILE}]
    one = block(HOSTILE, entry=HOSTILE, state=HOSTILE, sources=sources, checks=checks, links=links)
    said = reply(one, suggestions=[{"entry": HOSTILE, "label": HOSTILE}])
    said["reply"] |= {"id": HOSTILE, "notices": [HOSTILE], "content_version": HOSTILE}
    answer_with(page, {**said, "conversation": HOSTILE})
    expect(widget.ask(HOSTILE)).to_contain_text("<img src=x onerror=")
    assert page.locator("a[href^='javascript']").count() == 0
    nothing_planted(page)
    page.reload()
    expect(Widget(page, "en").questions.last).to_contain_text("<img src=x onerror=")
    nothing_planted(page)


def test_the_widget_shows_a_hostile_refusal_as_text(page: Page, hostile: Server):
    page.goto(f"{hostile.url}/?lang=en")
    widget = Widget(page, "en").open()
    page.route("**/api/v1/messages", lambda route: route.fulfill(status=422, content_type="application/problem+json", json={"title": HOSTILE, "detail": HOSTILE, "status": 422}))
    widget.send("hello")
    expect(widget.trouble).to_contain_text("<img src=x onerror=")
    nothing_planted(page)
