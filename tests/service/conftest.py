"""A small installation: PostgreSQL, Redis, two machines of ours (one with two workers), nginx before them."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from tests.service.debian import Daemon, free_port, place, start_nginx, start_postgres, start_redis, until

ROOT = Path(__file__).parents[2]
NGINX = ROOT / "docs" / "tasks" / "deploy" / "nginx.conf"
UNVERIFIED = ssl._create_unverified_context()
START_SECONDS = 600
REAL = os.environ.get("GUICHET_TESTS_REAL") == "1"  # with the real model as well: minutes on a busy machine
RUNS = "bot" if REAL else "tests.service.light"


class Machine:
    """One `guichet serve`, with its own port; machines share the database and Redis."""

    def __init__(self, folder: Path, environment: dict[str, str], *, workers: int) -> None:
        self.port, self.workers = free_port(), workers
        self.log = folder / f"machine-{self.port}.log"
        self._command = [sys.executable, "-W", "ignore", "-m", RUNS, "serve", "--port", str(self.port), "--workers", str(workers), "--now", "2025-06-15T12:00:00+02:00"]
        self._environment = {**os.environ, **environment, "PYTHONPATH": str(ROOT)}
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)

    def said(self, words: str) -> int:
        return self.log.read_text(encoding="utf-8").count(words)

    def wait_until_ready(self, workers: int | None = None) -> None:
        def ready() -> bool:
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")[-2000:]
            return self.said("ready model=") >= (workers or self.workers)

        until(ready, f"machine ready: {self.log.read_text(encoding='utf-8')[-2000:]}", START_SECONDS)

    def stop(self, number: int = signal.SIGTERM) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(60)


@dataclass
class Installation:
    """What the tests of this folder share."""

    postgres: Daemon
    redis: Daemon
    nginx: Daemon
    one: Machine
    two: Machine

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.nginx.port}"


def call(url: str, body: dict[str, Any] | None = None, *, key: str = "", timeout: float = 30) -> tuple[int, dict[str, Any]]:
    """Return the status and the JSON of a request; 0 where the connection failed."""
    request = urllib.request.Request(url, data=json.dumps(body).encode() if body is not None else None, headers={"Content-Type": "application/json"})
    if key:
        request.add_header("Idempotency-Key", key)
    try:
        with urllib.request.urlopen(request, timeout=timeout, context=UNVERIFIED if url.startswith("https") else None) as response:
            return response.status, json.loads(response.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"{}") if "json" in error.headers.get("Content-Type", "") else {}
    except OSError:
        return 0, {}


def ask(url: str, body: dict[str, Any], *, key: str = "") -> dict[str, Any]:
    status, said = call(f"{url}/api/v1/messages", body, key=key)
    assert status == 200, (status, said)
    return said


def entries(said: dict[str, Any]) -> list[str]:
    return [block["entry"] for block in said["reply"]["blocks"]]


@pytest.fixture(scope="session")
def services() -> Iterator[Path]:
    with place() as folder:
        yield folder


@pytest.fixture(scope="session")
def postgres(services) -> Iterator[Daemon]:
    daemon = start_postgres(services)
    until(lambda: _created(daemon.port), "the database is there")
    yield daemon
    daemon.stop(signal.SIGQUIT)


def _created(port: int) -> bool:
    try:
        connection = psycopg2.connect(host="127.0.0.1", port=port, user="guichet", dbname="postgres")
    except psycopg2.OperationalError:
        return False
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE guichet")
    connection.close()
    return True


@pytest.fixture(scope="session")
def redis(services) -> Iterator[Daemon]:
    daemon = start_redis(services)
    yield daemon
    daemon.stop()


@pytest.fixture(scope="session")
def installation(tmp_path_factory, services, postgres, redis, request) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    environment = {
        "GUICHET_DATABASE": f"postgresql+psycopg2://guichet@127.0.0.1:{postgres.port}/guichet",
        "GUICHET_REDIS": f"redis://127.0.0.1:{redis.port}/0",
        **dict.fromkeys(("GUICHET_MESSAGES_PER_MINUTE", "GUICHET_REQUESTS_PER_MINUTE", "GUICHET_REQUESTS_PER_MINUTE_OVERALL"), "1000000"),
        "GUICHET_PROXIES": "127.0.0.1",
    }
    if REAL:
        request.getfixturevalue("model")
    one = Machine(folder, environment, workers=2)
    two = Machine(folder, environment, workers=1)
    nginx = None
    try:
        one.wait_until_ready()
        two.wait_until_ready()
        nginx = start_nginx(services, NGINX.read_text(encoding="utf-8"), secure=free_port(), plain=free_port(), upstreams=(one.port, two.port))
        yield Installation(postgres, redis, nginx, one, two)
    finally:
        for daemon in (nginx, one, two):
            if daemon:
                daemon.stop()
