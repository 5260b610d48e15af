"""A server in a process of its own, with its own records and content, to be starved, damaged and ended."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.content import FAQ
from tests.service.conftest import call
from tests.service.debian import free_port, until

ROOT = Path(__file__).parents[2]
START_SECONDS = 120


class Serving:
    """One `guichet serve` of a folder; its log is read as it comes, so that a full disk cannot stop it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database, self.content = folder / "records" / "guichet.db", folder / "faq"
        self._said: list[str] = []
        given = {"GUICHET_DATABASE": f"sqlite:///{self.database}", "GUICHET_CONTENT": str(self.content), "PYTHONPATH": str(ROOT), **environment}
        command = [sys.executable, "-W", "ignore", "-m", "tests.faults.slow", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **given}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout
        self._said.extend(iter(self.process.stdout.readline, ""))

    @property
    def log(self) -> str:
        return "".join(self._said)

    def ready(self) -> Serving:
        until(lambda: self.process.poll() is not None or "ready model=" in self.log, "the server is ready", START_SECONDS)
        assert self.process.poll() is None, self.log
        return self

    def ask(self, **body: str) -> int:
        return call(f"{self.url}/api/v1/messages", {"entry": "stipend", **body})[0]

    def problems(self) -> list[str]:
        return [problem["rule"] for problem in call(f"{self.url}/api/v1/health")[1]["problems"]]

    def end(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(60)
        self._reading.join(10)
        if self.process.stdout:
            self.process.stdout.close()
        return code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FAQ, tmp_path / "faq")
    return tmp_path


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., Serving]]:
    """Start a server of the test's folder; whatever is left at the end is killed."""
    started: list[Serving] = []

    def one(**environment: str) -> Serving:
        started.append(Serving(folder, **environment))
        return started[-1]

    yield one
    for serving in started:
        serving.end(signal.SIGKILL)
