"""What is promised when things break (docs/design/faults.md): answers go on where they can, nothing is lost, and health says what is wrong."""

from __future__ import annotations

import resource
import signal
import sqlite3
import threading
from pathlib import Path

import pytest

from bot.records import accounts
from bot.records.database import Database
from bot.records.passwords import Passwords
from tests.conftest import BETWEEN
from tests.service.conftest import call
from tests.service.debian import until

STRANGER = "a-name-nobody-has"


def log_in(url: str, name: str = STRANGER) -> int:
    """Try to log in with a wrong password; for a name that exists the failure is written into the records. Return the status."""
    import requests

    session = requests.Session()
    form = session.get(f"{url}/login", timeout=30)
    if form.status_code != 200:
        return form.status_code
    token = form.text.split('name="csrf" value="')[1].split('"')[0]
    return session.post(f"{url}/login", data={"csrf": token, "name": name, "password": "x"}, timeout=60).status_code


def test_a_message_under_way_at_the_end_is_answered(start, tmp_path):
    gate = tmp_path / "gate"
    server = start(GUICHET_TEST_WAITS_FOR=str(gate)).ready()
    said: list[int] = []
    asking = threading.Thread(target=lambda: said.append(server.ask()))
    asking.start()
    until(lambda: gate.with_name("gate.begun").exists(), "the answer has begun", 30)
    server.process.send_signal(signal.SIGTERM)
    until(lambda: call(f"{server.url}/api/v1/health")[0] == 0, "new connections are refused", 30)
    gate.touch()
    asking.join(30)
    assert said == [200]
    assert server.end() == 0


def test_killed_in_mid_message_it_starts_again_with_all_its_records(start, tmp_path):
    gate = tmp_path / "gate"
    server = start(GUICHET_TEST_WAITS_FOR=str(gate)).ready()
    add_account(server.database)
    asking = threading.Thread(target=server.ask)
    asking.start()
    until(lambda: gate.with_name("gate.begun").exists(), "the answer has begun", 30)
    server.end(signal.SIGKILL)
    asking.join(30)
    again = start().ready()
    assert again.ask(conversation="known-to-the-one-killed") == 200
    assert again.problems() == []
    assert accounts_in(server.database) == ["edith"]


def add_account(database: Path) -> None:
    """Another process writes while the server runs."""
    records = Database(f"sqlite:///{database}")
    with records.begin() as connection:
        accounts.add(connection, "edith", "a long enough password", ["editor"], now=BETWEEN, passwords=Passwords())
    records.close()


def accounts_in(database: Path) -> list[str]:
    with sqlite3.connect(database) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM account")]


def test_a_full_disk_or_a_locked_database_stops_records_and_no_answer(start):
    """One after the other, of one server: each leaves it as it was."""
    server = start().ready()
    add_account(server.database)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    assert [server.ask() for _ in range(3)] == [200] * 3
    assert log_in(server.url, "edith") == 503
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    until(lambda: log_in(server.url, "edith") == 401, "records are kept again", 30)
    holder = sqlite3.connect(server.database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert server.ask() == 200
    assert log_in(server.url) == 503
    holder.execute("ROLLBACK")
    holder.close()
    assert log_in(server.url) == 401
    assert accounts_in(server.database) == ["edith"]
    assert server.end() == 0


def test_a_damaged_database_at_the_start_is_told_and_answers_come_from_the_files(start, folder):
    (folder / "records").mkdir()
    (folder / "records" / "guichet.db").write_bytes(b"no database at all " * 400)
    server = start().ready()
    assert server.ask() == 200
    assert "database" in server.problems()
    assert log_in(server.url) == 503
    assert server.database.read_bytes().startswith(b"no database at all"), "what is damaged is left for whoever mends it"


def test_damaged_files_at_the_first_start_are_told_by_name(start, folder):
    (folder / "faq" / "entries" / "stipend.yaml").write_text("id: stipend\nanswers: [", encoding="utf-8")
    server = start()
    assert server.process.wait(120) == 1
    server.end()
    assert "entries/stipend.yaml:" in server.log
    assert "Traceback" not in server.log


def test_damaged_files_at_a_later_start_leave_the_live_release_in_service(start, folder):
    start().ready().end()
    (folder / "faq" / "entries" / "stipend.yaml").write_text("id: stipend\nanswers: [", encoding="utf-8")
    server = start().ready()
    assert server.ask() == 200
    assert server.problems() != []


@pytest.mark.parametrize("damage", [b"", b"half a model", b"PK\x03\x04"], ids=["empty", "half", "another format"])
def test_a_damaged_model_is_no_model(damage, tmp_path, library):
    """The archive that Rasa cannot open raises our own error; the trainer then makes another (tests/web/publishing)."""
    from bot.settings import Settings
    from bot.web.assistant import Assistant, clock_of

    assistant = Assistant(library, Settings(), clock_of(Settings()))
    path = tmp_path / "guichet-0.tar.gz"
    path.write_bytes(damage)
    with pytest.raises(Exception):  # noqa: B017, PT011 -- whatever tar, JSON or Rasa think of it: `Trainer` takes all of them
        assistant.load(path)
    assert not assistant.ready
    assistant.close()


def test_forgetting_leaves_no_trace(start):
    """Of a conversation forgotten nothing stands in the records' files or in the log, and nothing of its words ever did."""
    server = start(GUICHET_WORKERS="1").ready()
    marker = "Zanzibar-Quokka-4711"
    status, said = call(f"{server.url}/api/v1/messages", {"text": f"How much is paid, {marker}?"})
    assert status == 200
    conversation = said["conversation"]
    import requests

    assert requests.delete(f"{server.url}/api/v1/conversations/{conversation}", timeout=30).status_code == 204
    assert call(f"{server.url}/api/v1/messages", {"entry": "stipend", "conversation": conversation})[1]["conversation"] != conversation
    server.end()
    kept = b"".join(path.read_bytes() for path in server.database.parent.iterdir())
    for trace in (marker, conversation):
        assert trace not in server.log
        assert trace.encode() not in kept


def test_a_database_that_disappears_and_comes_back(start):
    server = start().ready()
    aside = server.database.with_suffix(".aside")
    for path in list(server.database.parent.iterdir()):
        path.rename(aside.with_name(path.name + ".aside"))
    assert server.ask() == 200
    assert log_in(server.url) in {401, 503}
    for path in list(server.database.parent.iterdir()):
        if path.suffix == ".aside":
            path.rename(path.with_name(path.name.removesuffix(".aside")))
    until(lambda: log_in(server.url) == 401, "records are kept again", 30)
    Database(f"sqlite:///{server.database}").upgrade()
