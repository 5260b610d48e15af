"""What tests share: one trained model, one assistant, one real server, one browser."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import hypothesis
import pytest

from bot.silence import silence

silence()

from bot.content.library import load_library  # noqa: E402 -- nothing of Rasa may be imported before
from bot.content.model import Library  # noqa: E402
from bot.records.database import Database  # noqa: E402
from bot.settings import Settings  # noqa: E402
from bot.web.assistant import Assistant, clock_of  # noqa: E402
from bot.web.publishing.service import ContentService  # noqa: E402
from tests.browser.host import HOST_ORIGIN  # noqa: E402

BEFORE_THE_SESSION = datetime.fromisoformat("2025-06-05T12:00:00+02:00")
BETWEEN = datetime.fromisoformat("2025-06-15T12:00:00+02:00")
AFTER_THE_DEADLINE = datetime.fromisoformat("2025-07-10T12:00:00+02:00")
SHARED = Path(__file__).parents[2] / "shared"
CHROMIUM = shutil.which("chromium")

hypothesis.settings.register_profile("guichet", deadline=None)  # the first example builds what the others use
hypothesis.settings.load_profile("guichet")


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings(now=BETWEEN, messages_per_minute=10_000, requests_per_minute=100_000, development=True, origins=(HOST_ORIGIN,))


@pytest.fixture(scope="session")
def model(library: Library, settings: Settings) -> Path:
    """Train once for all tests; the training itself is quick when nothing has changed."""
    from bot.nlu.training import train

    return train(settings.models, library, say=lambda text: print(text, file=sys.stderr))


@pytest.fixture(scope="session")
def assistant(library: Library, settings: Settings, model: Path) -> Iterator[Assistant]:
    assistant = Assistant(library, settings, clock_of(settings))
    assistant.load(model)
    yield assistant
    assistant.close()


class Server:
    """The real application on a free port of this machine, in a thread of its own."""

    def __init__(self, assistant: Assistant, settings: Settings, database: Database | None = None, content: ContentService | None = None) -> None:
        self._assistant, self._settings, self._database, self._content = assistant, settings, database, content
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(20)

    def _run(self) -> None:
        import asyncio

        from aiohttp import web

        from bot.web.app import make_app

        async def serve() -> None:
            self._stop = asyncio.Event()
            self._loop = asyncio.get_running_loop()
            self.app = make_app(self._assistant, self._settings, self._database, self._content)
            runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=1)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self.port = runner.addresses[0][1]
            self.url = f"http://127.0.0.1:{self.port}"
            self._ready.set()
            await self._stop.wait()
            await runner.cleanup()

        asyncio.run(serve())

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)


@pytest.fixture(scope="session")
def server(assistant: Assistant, settings: Settings) -> Iterator[Server]:
    server = Server(assistant, settings)
    yield server
    server.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: `apt-get install chromium` runs these tests")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"])
        yield browser
        browser.close()
