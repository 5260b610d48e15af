"""Several workers and machines behind nginx are one service: what is shared, and what an applicant notices when one of them goes."""

from __future__ import annotations

import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.records.database import Database
from bot.web.publishing.desk import Desk
from bot.web.publishing.publisher import Publisher
from tests.conftest import BETWEEN
from tests.service.conftest import Installation, ask, call, entries
from tests.service.debian import until

ROOT = Path(__file__).parents[2]
REQUESTS_EACH = 12  # of two workers, one is missed by all of them once in 2,000 times


def test_a_conversation_goes_on_at_another_machine(installation: Installation):
    first = ask(installation.one.url, {"text": "How much money do interns get each month?", "notice": "250697"})
    second = ask(installation.two.url, {"text": "and in French?", "conversation": first["conversation"]})
    assert entries(first) == entries(second) == ["stipend"]
    assert second["conversation"] == first["conversation"]
    assert (first["reply"]["language"], second["reply"]["language"]) == ("en", "fr")


def test_a_conversation_forgotten_at_one_machine_is_forgotten_at_all(installation: Installation):
    first = ask(installation.one.url, {"entry": "hours"})["conversation"]
    assert _delete(f"{installation.two.url}/api/v1/conversations/{first}") == 204
    assert ask(installation.one.url, {"entry": "hours", "conversation": first})["conversation"] != first


def test_a_message_sent_again_to_another_machine_is_answered_once(installation: Installation):
    key = uuid.uuid4().hex
    first, again = (ask(machine.url, {"entry": "hours"}, key=key) for machine in (installation.one, installation.two))
    assert first == again
    assert ask(installation.two.url, {"entry": "hours"}, key=uuid.uuid4().hex)["reply"]["id"] != first["reply"]["id"]


def test_nginx_keeps_the_figures_to_the_machine_and_sends_browsers_to_https(installation: Installation):
    assert call(f"{installation.url}/metrics")[0] == 404
    assert call(f"{installation.url}/api/v1/health")[0] == 200


def test_figures_of_two_workers_are_read_as_one(installation: Installation):
    for _ in range(6):
        ask(installation.one.url, {"entry": "hours"})
    seen = {_figure(installation.one.url, "guichet_ready_workers") for _ in range(4)}
    assert seen == {2.0}


def test_a_release_is_live_on_every_worker_within_seconds(installation: Installation):
    database = Database(f"postgresql+psycopg2://guichet@127.0.0.1:{installation.postgres.port}/guichet")
    desk = Desk(database, lambda: BETWEEN)
    Publisher(desk, lambda _: None).roll_back(desk.live().head.number, by="edith", why="the same words under a new number")
    version, begun = desk.live().head.version, time.monotonic()
    database.close()

    def said() -> set[str]:
        return {ask(machine.url, {"entry": "hours"})["reply"]["content_version"] for machine in (installation.one, installation.two) for _ in range(8)}

    until(lambda: said() == {version}, "the release is live everywhere", 5)
    assert time.monotonic() - begun < 5


def test_a_rolling_restart_fails_no_request(installation: Installation):
    asking = Applicants(installation.url)
    installation.one.process.send_signal(signal.SIGHUP)
    until(lambda: installation.one.said("replaced workers=2"), "the workers are replaced", 300)
    asking.stop()
    assert asking.asked > 20
    assert asking.failed == []
    assert asking.retried == []


def test_a_worker_killed_is_started_anew(installation: Installation):
    asking = Applicants(installation.url)
    born, worker = installation.one.said("ready model="), _workers(installation.one.process.pid)[0]
    subprocess.run(["kill", "-KILL", str(worker)], check=True)
    installation.one.wait_until_ready(born + 1)
    asking.stop()
    assert asking.failed == []
    assert len(asking.retried) <= len(asking.threads), "each applicant retries at most once"


def test_a_machine_killed_in_mid_conversation_costs_a_retry_at_most(installation: Installation):
    begun = ask(installation.two.url, {"text": "How much money do interns get each month?"})
    asking = Applicants(installation.url)
    until(lambda: asking.asked > 5, "messages are under way")
    installation.two.stop(signal.SIGKILL)
    goes_on = ask(installation.url, {"text": "and in French?", "conversation": begun["conversation"]})
    assert (entries(goes_on), goes_on["conversation"]) == (["stipend"], begun["conversation"])
    begin = asking.asked
    until(lambda: asking.asked > begin + 10, "messages go on")
    asking.stop()
    born = installation.two.said("ready model=")
    installation.two.start()
    installation.two.wait_until_ready(born + 1)
    assert asking.failed == []
    assert len(asking.retried) <= len(asking.threads)


def test_redis_gone_and_back(installation: Installation):
    installation.redis.stop()
    first = ask(installation.one.url, {"entry": "hours"}, key=uuid.uuid4().hex)
    second = ask(installation.one.url, {"entry": "stipend", "conversation": first["conversation"]}, key=uuid.uuid4().hex)
    assert second["conversation"] == first["conversation"], "conversations are in the database"
    until(lambda: "redis" in _unreachable(installation.one.url), "health says that Redis is gone", 10)
    installation.redis.start()
    until(lambda: _back(installation, "redis"), "Redis is used again", 60)
    key = uuid.uuid4().hex
    assert ask(installation.one.url, {"entry": "hours"}, key=key) == ask(installation.two.url, {"entry": "hours"}, key=key)


def test_the_database_gone_and_back(installation: Installation):
    begun = ask(installation.two.url, {"text": "How much money do interns get each month?"})
    installation.postgres.stop(signal.SIGQUIT)
    goes_on = ask(installation.two.url, {"text": "and in French?", "conversation": begun["conversation"]})
    assert entries(goes_on) == ["stipend"], "the process that has seen a conversation goes on with it"
    assert goes_on["conversation"] == begun["conversation"]
    assert entries(ask(installation.one.url, {"entry": "hours"})) == ["hours"]
    assert "database" in _unreachable(installation.two.url)
    assert _delete(f"{installation.two.url}/api/v1/conversations/{begun['conversation']}") == 503, "what cannot be forgotten is not said to be"
    installation.postgres.start()
    until(lambda: _back(installation, "database"), "the database is used again", 60)
    ask(installation.two.url, {"text": "and in English?", "conversation": begun["conversation"]})
    on_the_other = ask(installation.one.url, {"text": "and in French?", "conversation": begun["conversation"]})
    assert on_the_other["conversation"] == begun["conversation"]


def test_the_unit_file_is_one_that_systemd_takes(tmp_path):
    analyse = shutil.which("systemd-analyze")
    if analyse is None:
        pytest.skip("systemd is not installed here")
    unit = (ROOT / "docs" / "tasks" / "deploy" / "guichet.service").read_text(encoding="utf-8").replace("/opt/guichet/.venv/bin/guichet", "/bin/true")
    (tmp_path / "guichet.service").write_text(unit, encoding="utf-8")
    done = subprocess.run([analyse, "verify", "--man=no", str(tmp_path / "guichet.service")], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "guichet.service" in line]
    assert complaints == []


@dataclass
class Applicants:
    """Some who ask without a pause, each in one conversation, and try a failed request once more under the same key."""

    url: str
    asked: int = 0
    retried: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self.threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(3)]
        for thread in self.threads:
            thread.start()

    def _ask(self) -> None:
        conversation = None
        while not self._stop.is_set():
            key, body = uuid.uuid4().hex, {"entry": "hours", "conversation": conversation}
            status, said = call(f"{self.url}/api/v1/messages", body, key=key)
            if status != 200:
                self.retried.append(f"{time.strftime('%X')} {status}")
                status, said = call(f"{self.url}/api/v1/messages", body, key=key)
            if status != 200 or (conversation and said["conversation"] != conversation):
                self.failed.append(f"{time.strftime('%X')} {status} {said}")
                return
            conversation = said["conversation"]
            self.asked += 1

    def stop(self) -> None:
        self._stop.set()
        for thread in self.threads:
            thread.join(60)


def _workers(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def _figure(url: str, name: str) -> float:
    with urllib.request.urlopen(f"{url}/metrics", timeout=10) as response:
        lines = response.read().decode().splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


def _delete(url: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method="DELETE"), timeout=20) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return int(error.code)


def _unreachable(url: str) -> str:
    _, health = call(f"{url}/api/v1/health")
    return " ".join(problem["message"] for problem in health["problems"] if problem["rule"] == "unreachable")


def _back(installation: Installation, part: str) -> bool:
    """Tell whether every worker uses `part` again: which of a machine's workers takes a request is left to chance, so that each has many."""
    machines = [machine for machine in (installation.one, installation.two) for _ in range(REQUESTS_EACH)]
    for machine in machines:
        call(f"{machine.url}/api/v1/messages", {"entry": "hours"}, key=uuid.uuid4().hex)
    return all(part not in _unreachable(machine.url) for machine in machines)
