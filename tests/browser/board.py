"""A server with records, moderators and a small model, for the journeys of a live session."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from aiohttp import web
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page

from bot.content.model import Library
from bot.records import accounts
from bot.records.database import Database
from bot.records.passwords import Passwords
from bot.settings import Settings
from bot.web.app import make_app
from bot.web.assistant import Assistant, clock_of
from bot.web.staff.login import PASSWORDS
from tests.conftest import BETWEEN
from tests.webinar.small_model import understand

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PASSWORD = "a long enough password"


class BoardServer:
    """The application on a port of this machine, in a thread; it can be stopped and started again on the same port and records."""

    def __init__(self, library: Library, folder: Path) -> None:
        self._library, self.database = library, Database(f"sqlite:///{folder / 'guichet.db'}")
        self.database.upgrade()
        with self.database.begin() as connection:
            for name in ("maud", "ben"):
                accounts.add(connection, name, PASSWORD, ["moderator"], now=BETWEEN, passwords=CHEAP)
        self.port = 0
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(20)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)

    def close(self) -> None:
        self.stop()
        self.database.close()

    async def _serve(self) -> None:
        settings = Settings(now=BETWEEN, logins_per_minute=1_000, webinar_asks=1_000)
        assistant = Assistant(self._library, settings, clock_of(settings))
        app = make_app(assistant, settings, self.database)
        understand(app)
        app[PASSWORDS] = CHEAP
        self._stop, self._loop = asyncio.Event(), asyncio.get_running_loop()
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = runner.addresses[0][1]
        self._ready.set()
        await self._stop.wait()
        await runner.cleanup()
        assistant.close()


class Desk:
    """Somebody's browser at the board: a context of its own."""

    def __init__(self, browser: Browser, server: BoardServer, faults: list[str], **options: object) -> None:
        options.setdefault("reduced_motion", "reduce")
        self.context = browser.new_context(**options)  # type: ignore[arg-type]
        self.server, self.page = server, self.context.new_page()
        watch(self.page, faults)

    def log_in(self, name: str, language: str = "en") -> Page:
        self.page.goto(f"{self.server.url}/login?next=/moderator&language={language}")
        self.page.fill("input[name=name]", name)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_selector("#title")
        return self.page

    def begin(self, title: str = "Info session") -> str:
        self.page.fill("#title", title)
        self.page.click("main button.primary")
        self.page.wait_for_selector("html[data-heard]")
        return self.page.url.split("/")[-1].split("?")[0]

    def board(self, code: str) -> Page:
        self.page.goto(f"{self.server.url}/moderator/{code}")
        self.page.wait_for_selector("html[data-heard]")
        return self.page

    def join(self, code: str, language: str = "en") -> Page:
        self.page.goto(f"{self.server.url}/session/{code}?language={language}")
        self.page.wait_for_selector("html[data-heard]")
        return self.page

    def bring(self, text: str) -> None:
        self.page.click("#open-bring")
        self.page.fill("#bring-text", text)
        self.page.click("#bring-form button.primary")
        self.page.wait_for_selector("#bring-result .good")
        self.page.click("#bring [data-close]")


def watch(page: Page, faults: list[str]) -> None:
    """A script's error or a breach of the policy is a fault of the test."""
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
