"""What the browser's tests share: a visit to the try-out page in any guise, and axe-core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.widget import Widget

AXE = Path(str(resources.files("axe_playwright_python"))) / "axe.min.js"
# Every rule of WCAG 2.2 AA, and axe's own good practices.
RUN_AXE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}"""

NOON = datetime(2025, 6, 15, 12, tzinfo=UTC)
Visit = Callable[..., Widget]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and run it last; the hook sees the items of every folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
    # Playwright keeps an event loop running in this thread, beside which no asynchronous test can run its own.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture
def visit(server: Any, browser: Browser) -> Iterator[Visit]:
    """Open the try-out page (or `path`) in a fresh context; a fault on the page is a fault of the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def go(language: str = "en", path: str = "", *, width: int = 1280, height: int = 800, clock: bool = False, **options: Any) -> Widget:
        options.setdefault("reduced_motion", "reduce")
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        if clock:
            page.clock.install(time=NOON)
        page.goto(server.url + (path or f"/?lang={language}"))
        if clock:
            page.clock.pause_at(NOON + timedelta(minutes=1))  # from here on only a test moves it
        return Widget(page, language)

    yield go
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def violations(axe_source: str) -> Callable[[Page], list[str]]:
    """What axe-core finds wrong with the page as it now stands."""

    def look(page: Page) -> list[str]:
        page.evaluate(axe_source)
        found: list[str] = page.evaluate(RUN_AXE)
        return found

    return look


@pytest.fixture(autouse=True)
def patience() -> None:
    """A first answer of the real model may take a moment on a busy machine."""
    expect.set_options(timeout=10_000)
