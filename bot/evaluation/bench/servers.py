"""Servers under measurement: processes of their own on free ports, with what they cost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

START_SECONDS = 600.0
_STEP = 0.05
Ask = Callable[[str, str], tuple[str, dict[str, Any]]]  # text, conversation → path and body


class NotReady(RuntimeError):
    """A server did not start; the message ends with what it said last."""


@dataclass
class Server:
    """A server of one or more processes, asked at `url`."""

    name: str
    commands: Sequence[Sequence[str]]
    folder: Path
    url: str
    ready: Callable[[str], bool]
    ask: Ask
    understood: Callable[[Any], bool]  # whether a body of status 200 is a reply at all
    environment: Mapping[str, str] = field(default_factory=dict)
    seconds_to_ready: float = 0.0
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Start it and wait until it answers; raises `NotReady`."""
        begun = time.perf_counter()
        for number, command in enumerate(self.commands):
            with (self.folder / f"{self.name}-{number}.log").open("wb") as log:
                process = subprocess.Popen(list(command), cwd=self.folder, env={**os.environ, **self.environment}, stdout=log, stderr=log, start_new_session=True)  # noqa: S603 -- our own
            self._processes.append(process)
        while not self.ready(self.url):
            if time.perf_counter() - begun > START_SECONDS or any(process.poll() is not None for process in self._processes):
                self.stop()
                raise NotReady(f"{self.name}: {(self.folder / f'{self.name}-0.log').read_text(errors='replace')[-800:]}")
            time.sleep(_STEP)
        self.seconds_to_ready = time.perf_counter() - begun

    def stop(self) -> None:
        """Stop all its processes."""
        for process in self._processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._processes.clear()

    def megabytes(self) -> float:
        """Return the memory that it alone holds (proportional set size) with its children, in MB."""
        return sum(_memory(pid) for process in self._processes for pid in _family(process.pid))

    def processor_seconds(self) -> float:
        """Return the processor's time it has used so far."""
        return sum(_processor(pid) for process in self._processes for pid in _family(process.pid))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def ours(folder: Path, *, workers: int, now: str, environment: Mapping[str, str] | None = None) -> Server:
    """Return our server, as `guichet serve` starts it, with limits that do not hold the measurement up."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "bot", "serve", "--port", str(port), "--workers", str(workers), "--now", now]
    settings = {
        "GUICHET_DATABASE": f"sqlite:///{folder / 'bench.db'}",
        "GUICHET_MESSAGES_PER_MINUTE": "1000000",
        "GUICHET_MAX_WAITING": "64",
        "GUICHET_REQUESTS_PER_MINUTE_OVERALL": "1000000",
        "GUICHET_REQUESTS_PER_MINUTE": "1000000",
        **(environment or {}),
    }
    settings["PYTHONPATH"] = str(Path(__file__).parents[3])

    def ask(text: str, conversation: str) -> tuple[str, dict[str, Any]]:
        return "/api/v1/messages", {"text": text}

    return Server("ours", [command], folder, f"http://127.0.0.1:{port}", lambda url: _ok(f"{url}/api/v1/health"), ask, lambda body: bool(body["reply"]["blocks"]), settings)


def stock(project: Path) -> Server:
    """Return the stock server of the trained `project`: `rasa run` and its action server."""
    port, actions = free_port(), free_port()
    (project / "endpoints.yml").write_text(f"action_endpoint:\n  url: http://127.0.0.1:{actions}/webhook\n", encoding="utf-8")
    rasa = str(Path(sys.executable).with_name("rasa"))
    run = [rasa, "run", "--port", str(port), "--interface", "127.0.0.1", "--credentials", "credentials.yml", "--endpoints", "endpoints.yml", "--enable-api"]
    commands = [run, [rasa, "run", "actions", "--port", str(actions)]]

    def ready(url: str) -> bool:
        return _ok(f"{url}/status") and _listens(actions)

    def ask(text: str, conversation: str) -> tuple[str, dict[str, Any]]:
        return "/webhooks/rest/webhook", {"sender": conversation, "message": text}

    return Server("stock", commands, project, f"http://127.0.0.1:{port}", ready, ask, bool, {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"})


def _ok(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 -- our own address
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _processor(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
