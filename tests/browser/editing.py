"""Editors at work: a server of their own with real records and a copy of the content, and what they press."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.content import FAQ
from bot.content.library import load_library
from bot.records import accounts
from bot.records.database import Database
from bot.records.passwords import Passwords
from bot.settings import Settings
from bot.web.assistant import Assistant, real_time
from bot.web.publishing.known import known_phrasings
from bot.web.publishing.service import ContentService
from tests.conftest import BETWEEN, Server

PASSWORD = "a long enough password"


@dataclass
class Newsroom:
    """A server with two editors."""

    server: Server
    content: ContentService
    browser: Browser
    contexts: list[BrowserContext]
    faults: list[str]

    def come(self, name: str, path: str = "/editor", **options: object) -> Page:
        """Log in as `name` in a browser of their own, and go to `path`."""
        options.setdefault("reduced_motion", "reduce")
        context = self.browser.new_context(**options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(f"{self.server.url}/login")
        page.locator("#name").fill(name)
        page.locator("#password").fill(PASSWORD)
        page.locator("#password").press("Enter")
        page.wait_for_url("**/editor")
        page.goto(self.server.url + path)
        return page

    def asked(self, page: Page, entry: str, *, language: str = "en") -> str:
        """Return what the API answers to an entry, as the widget asks it."""
        sent = {"entry": entry, "language": language, "notice": "250697"}
        response = page.request.post(f"{self.server.url}/api/v1/messages", data=json.dumps(sent), headers={"Content-Type": "application/json"})
        return str(response.json()["reply"]["blocks"][0]["text"])


@contextmanager
def newsroom(assistant: Assistant, settings: Settings, browser: Browser, folder: Path) -> Iterator[Newsroom]:
    """Give a newsroom over a copy of the content; what was served before is served again afterwards."""
    before = assistant.library
    database = Database(f"sqlite:///{folder / 'guichet.db'}")
    root = Path(shutil.copytree(FAQ, folder / "faq"))
    content = ContentService(database, assistant.live, real_time, root=root, known=known_phrasings)
    content.start()
    with database.begin() as connection:
        for name in ("edith", "marc"):
            accounts.add(connection, name, PASSWORD, ["editor"], now=BETWEEN, passwords=Passwords())
    server = Server(assistant, replace(settings, logins_per_minute=1_000), database, content)
    room = Newsroom(server, content, browser, [], [])
    yield room
    for context in room.contexts:
        context.close()
    server.close()
    database.close()
    assistant.live.swap(before)
    assert load_library(FAQ).notices.keys() == before.notices.keys()
    assert room.faults == []


def answer(page: Page, language: str, number: int = 0) -> object:
    """Return the field of a wording in `language`."""
    return page.locator(f"#answer-{number}-{language}")


def save(page: Page) -> None:
    """Save the draft, and wait until it is one."""
    page.locator("#document button.primary").click()
    expect(page.locator("#state")).to_have_text("Saved as a draft")


def publish(page: Page, why: str) -> None:
    """Publish every draft, with a reason for each matter of style."""
    page.goto(page.url.split("/editor")[0] + "/editor/publish")
    for reason in page.locator("[name^='reason:']").all():
        reason.fill("It is meant so.")
    page.locator("#why").fill(why)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("is live")).to_be_visible()
