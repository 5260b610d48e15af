"""A server that is killed while editors work: what was published is served again, and no draft is lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from bot.content import FAQ
from bot.records import accounts
from bot.records.database import Database
from bot.records.passwords import Passwords
from tests.browser.editing import PASSWORD, answer, publish, save
from tests.conftest import BETWEEN

PATIENCE = 120  # seconds for a start on a busy machine
NEW = "Interns have a week of"


@contextmanager
def guichet(port: int, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """Run a real server; it is killed at the end, as by a power cut."""
    with log.open("ab") as out:
        process = subprocess.Popen([sys.executable, "-m", "bot", "serve", "--port", str(port)], env=environment, stdout=out, stderr=out, start_new_session=True)
        try:
            until = time.monotonic() + PATIENCE
            while not listens(port):
                assert process.poll() is None, log.read_text(encoding="utf-8")[-2000:]
                assert time.monotonic() < until
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)


def listens(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/login", timeout=5) as response:
            return response.status == 200
    except (URLError, TimeoutError, ConnectionError):
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    database = Database(f"sqlite:///{tmp_path / 'guichet.db'}")
    database.upgrade()
    with database.begin() as connection:
        accounts.add(connection, "edith", PASSWORD, ["editor"], now=BETWEEN, passwords=Passwords())
    database.close()
    root = shutil.copytree(FAQ, tmp_path / "faq")
    own = {"GUICHET_DATABASE": f"sqlite:///{tmp_path / 'guichet.db'}", "GUICHET_CONTENT": str(root), "GUICHET_NOW": BETWEEN.isoformat()}
    return {**os.environ, **own}


def test_published_killed_and_started_again(browser, environment, tmp_path):
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    with guichet(port, environment, tmp_path / "log"):
        page.goto(f"{url}/login?next=/editor/entries/hours&language=en")
        page.locator("#name").fill("edith")
        page.locator("#password").fill(PASSWORD)
        page.locator("#password").press("Enter")
        answer(page, "en").fill(f"{NEW} {{hours-per-week|unit}}.")
        answer(page, "fr").fill("La semaine des stagiaires est de {hours-per-week|unit}.")
        save(page)
        publish(page, "Shorter.")
        page.goto(f"{url}/editor/entries/stipend")
        page.locator("#notes").fill("not published yet")
        save(page)
        page.locator("#question-en").fill("typed, and never saved")
        expect(page.locator("#state")).to_have_text("Not saved")  # and kept in the browser
    with guichet(port, environment, tmp_path / "log"):
        page.goto(f"{url}/faq/en")
        expect(page.locator("main")).to_contain_text(NEW)
        page.goto(f"{url}/editor/publish")  # the log-in outlives the kill as well
        expect(page.locator(".release").first).to_contain_text("Shorter.")
        expect(page.locator(".release").first).to_contain_text("live")
        page.goto(f"{url}/editor/entries/stipend")
        expect(page.locator("#notes")).to_have_value("not published yet")
        page.get_by_role("button", name="Bring it back").click()
        expect(page.locator("#question-en")).to_have_value("typed, and never saved")
    context.close()
