"""PostgreSQL, Redis and nginx from Debian's packages, each started on a free port by an unprivileged user."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

NOBODY = "nobody"
PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", *(str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))])
DEADLINE = 60


def program(name: str) -> str:
    found = shutil.which(name, path=PATH)
    if found is None:
        pytest.skip(f"{name} is not installed: `scripts/services` installs what these tests need where it may")
    return found


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def until(holds: Callable[[], object], what: str, seconds: float = DEADLINE) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"{what} within {seconds} s"
        time.sleep(0.05)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.5).close()
    except OSError:
        return False
    return True


def given_away(folder: Path) -> Path:
    """Make `folder`, which an unprivileged user then owns: these servers refuse to run as root."""
    folder.mkdir()
    if os.getuid() == 0:
        shutil.chown(folder, NOBODY)
    return folder


@contextmanager
def place() -> Iterator[Path]:
    """Give a folder that everybody may pass through: pytest's own are for one user, and another run makes them so again."""
    with tempfile.TemporaryDirectory(prefix="guichet-services-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


class Daemon:
    """A server that a test may stop, start and kill."""

    def __init__(self, command: Sequence[str], folder: Path, port: int) -> None:
        self.command, self.folder, self.port = list(command), folder, port
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True, **unprivileged())
        until(lambda: answers(self.port), f"{self.command[0]} listens")

    def stop(self, number: int = signal.SIGTERM) -> None:
        assert self.process is not None
        self.process.send_signal(number)
        self.process.wait(30)


def unprivileged() -> dict[str, object]:
    return {"user": NOBODY, "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}


def start_postgres(folder: Path) -> Daemon:
    data, port = given_away(folder / "postgres"), free_port()
    initdb = [program("initdb"), "-D", str(data), "-A", "trust", "-U", "guichet", "-E", "UTF8", "--locale", "C.UTF-8", "-N"]
    subprocess.run(initdb, check=True, capture_output=True, cwd=data, **unprivileged())
    return Daemon([program("postgres"), "-D", str(data), "-p", str(port), "-k", str(data), "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60"], data, port)


def start_redis(folder: Path) -> Daemon:
    data, port = given_away(folder / "redis"), free_port()
    return Daemon([program("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(data)], data, port)


def start_nginx(folder: Path, written: str, *, secure: int, plain: int, upstreams: Sequence[int]) -> Daemon:
    """Start nginx with the file that the documentation gives, its ports and places replaced."""
    data = given_away(folder / "nginx")
    certificate = [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=guichet.example", "-days", "1"]
    subprocess.run([*certificate, "-keyout", "privkey.pem", "-out", "fullchain.pem"], check=True, capture_output=True, cwd=data, **unprivileged())
    replaced = {
        "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "server 127.0.0.1:8081": f"server 127.0.0.1:{upstreams[0]}",
        "server 127.0.0.1:8082": f"server 127.0.0.1:{upstreams[1]}",
        "/etc/guichet/tls/": f"{data}/",
        "/var/log/nginx/": f"{data}/",
        "/run/nginx.pid": f"{data}/nginx.pid",
    }
    for old, new in replaced.items():
        assert old in written, old
        written = written.replace(old, new)
    places = " ".join(f"{name}_temp_path {data};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (data / "nginx.conf").write_text(written.replace("http {", f"http {{ {places}", 1), encoding="utf-8")
    return Daemon([program("nginx"), "-c", str(data / "nginx.conf"), "-p", str(data), "-g", "daemon off;"], data, secure)
