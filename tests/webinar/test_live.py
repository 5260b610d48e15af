"""A live session outlives its process, takes no names in, and loses nobody's work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event as sqlalchemy_event

from bot.records import webinar_log, webinars
from bot.records.database import Database, Unavailable
from bot.webinar import moderation
from bot.webinar.live import Ended, Live
from bot.webinar.moderation import Refused
from bot.webinar.reading_in.asked import Raw, let_in
from bot.webinar.reading_in.read import read_in
from bot.webinar.receiving import understand
from bot.webinar.session import InGroup, SetAside
from tests.webinar.small_model import SmallModel

NOW = datetime(2025, 6, 11, 16, 0, tzinfo=UTC)
PAY, DEADLINE = ["Is it paid?", "What is the salary?", "Le stage est-il rémunéré ?"], ["When is the deadline?", "Quelle est la date limite ?"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'live.db'}")
    database.upgrade()
    yield database
    database.close()


def begun(database: Database, *, rehearsal: bool = False) -> webinars.Webinar:
    with database.begin() as connection:
        return webinars.begin(connection, "Info session", notice=None, rehearsal=rehearsal, by="ada", now=NOW)


@pytest.fixture
def live(database: Database) -> Live:
    return Live(database, begun(database), SmallModel(), model="small")


def again(database: Database, live: Live, model: str = "small") -> Live:
    """The same session as another process, or the next, reads it."""
    return Live(database, live.webinar, SmallModel(), model=model)


def ask(live: Live, *texts: str, minutes: int = 0) -> None:
    imported = let_in([Raw(line, text) for line, text in enumerate(texts, 1)], secret=os.urandom(8))
    live.receive(understand(imported.asked, live.understands), now=NOW + timedelta(minutes=minutes))


def sizes(live: Live) -> list[int]:
    return [view["asked"] for view in live.views()]


def test_a_session_is_the_same_when_it_is_read_again(database: Database, live: Live):
    ask(live, *PAY, *DEADLINE, "hello all", "Is there parking?")
    live.hand(lambda session: moderation.merge(session, "g1", ["g2"], by="ada"), seen={"g1": 0, "g2": 0}, now=NOW)
    live.hand(lambda session: moderation.choose(session, "g1", "state", "next", by="ben"), seen={}, now=NOW)
    live.vote([("q1", b"someone"), ("q1", b"other"), ("q2", b"other")])
    other = again(database, live)
    assert other.session == live.session
    assert other.views() == live.views()
    assert other.views()[0]["votes"] == 2
    ask(live, "What salary?")
    ask(other, "What salary?")
    assert sizes(other) == [7, 1]


def test_another_model_reads_the_words_anew(database: Database, live: Live):
    ask(live, *PAY)
    other = again(database, live, model="newer")
    assert isinstance(other.understands, SmallModel)
    assert other.session == live.session
    assert len(other.understands.encoded) == len(PAY)


def test_two_processes_follow_each_other(database: Database, live: Live):
    other = again(database, live)
    ask(live, *PAY)
    ask(other, *DEADLINE)
    live.vote([("q1", b"someone")])
    other.follow()
    live.follow()
    assert sizes(live) == sizes(other) == [3, 2]
    assert live.session == other.session
    assert other.views()[0]["votes"] == 1


def test_a_hand_that_saw_less_is_refused_and_nothing_is_lost(live: Live):
    ask(live, *PAY, *DEADLINE)
    seen = {"g1": live.session.groups["g1"].changed}
    assert not isinstance(live.hand(lambda session: moderation.choose(session, "g1", "state", "answering", by="ada"), seen=seen, now=NOW), Refused)
    assert live.hand(lambda session: moderation.choose(session, "g1", "state", "dismissed", by="ben"), seen=seen, now=NOW) == Refused("changed-since")
    assert live.session.groups["g1"].state == "answering"


def test_new_questions_disturb_no_hand(live: Live):
    ask(live, *PAY)
    seen = {"g1": live.session.groups["g1"].changed}
    ask(live, "Is the salary good?")
    assert not isinstance(live.hand(lambda session: moderation.choose(session, "g1", "star", "yes", by="ada"), seen=seen, now=NOW), Refused)


def test_many_hands_at_once_lose_nothing(database: Database, live: Live):
    ask(live, *(f"Is there a {thing}?" for thing in ("bus", "tram", "gym", "bank", "shop", "park", "pool", "bar")))
    names = [group.id for group in live.session.open_groups()]
    lives = [live, again(database, live)]

    def work(number: int) -> None:
        for name in names:
            lives[number % 2].hand(lambda session, name=name: moderation.choose(session, name, "assignee", f"m{number}", by=f"m{number}"), seen={}, now=NOW)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        lines = webinar_log.lines(connection, live.webinar.id)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert sum(line.kind == "chosen" for line in lines) == 4 * len(names)
    for one in lives:
        one.follow()
    assert lives[0].session == lives[1].session


def test_a_repeated_import_brings_nothing(live: Live):
    data = "\n".join(["Question,Name", *(f"{text},Ada Example" for text in (*PAY, *DEADLINE))]).encode()
    for _ in range(2):
        live.receive(understand(read_in(data, secret=live.webinar.secret).asked, live.understands), now=NOW)
    assert live.session.messages == 5


def test_a_vote_counts_once_and_follows_its_question(live: Live):
    ask(live, *PAY, *DEADLINE)
    for _ in range(3):
        live.vote([("q1", b"someone"), ("q4", b"someone"), ("q99", b"someone")])
    assert [view["votes"] for view in live.views()] == [1, 1]
    live.hand(lambda session: moderation.merge(session, "g1", ["g2"], by="ada"), seen={}, now=NOW)
    assert [view["votes"] for view in live.views()] == [1]
    assert live.voted(b"someone") == {"g1", "stipend"}, "merged: what was voted for is one question now"


def test_only_what_changed_is_sent(live: Live):
    ask(live, *PAY, *DEADLINE)
    tick = live.changes().tick
    ask(live, "Which salary?")
    changes = live.changes(tick)
    assert [view["id"] for view in changes.groups] == ["g1"]
    live.hand(lambda session: moderation.merge(session, "g2", ["g1"], by="ada"), seen={}, now=NOW)
    changes = live.changes(changes.tick)
    assert ([view["id"] for view in changes.groups], changes.gone) == (["g2"], ["g1"])
    assert live.changes(changes.tick).groups == []


def test_a_question_comes_back_from_aside(live: Live):
    ask(live, "hello all")
    assert sizes(live) == []
    live.hand(lambda session: moderation.move(session, "q1", InGroup(session.next_group()), by="ada"), seen={}, now=NOW)
    assert sizes(live) == [1]
    live.hand(lambda session: moderation.undo(session, by="ada"), seen={}, now=NOW)
    assert live.session.places["q1"] == SetAside("greeting")


def test_memory_and_records_agree_when_the_records_fail(database: Database, live: Live):
    ask(live, *PAY)

    def fail(*_: object) -> None:
        raise OSError("disk full")

    sqlalchemy_event.listen(database._engine, "commit", fail)
    with pytest.raises((OSError, Unavailable)):
        ask(live, *DEADLINE)
    sqlalchemy_event.remove(database._engine, "commit", fail)
    assert sizes(live) == [3]
    ask(live, *DEADLINE)
    assert sizes(live) == [3, 2]
    assert again(database, live).session == live.session


def test_an_ended_session_takes_nothing_in_but_can_be_read(database: Database, live: Live):
    ask(live, *PAY)
    with database.begin() as connection:
        webinars.close(connection, live.webinar.code, now=NOW)
    with pytest.raises(Ended):
        ask(live, *DEADLINE)
    with pytest.raises(Ended):
        live.vote([("q1", b"someone")])
    assert sizes(live) == [3]


SECRETS = ["Ada", "Lovelace", "ada@example.org", "Zoé", "475 12 34 56", "cookie-of-a-participant"]


def traces(folder: Path) -> list[str]:
    """Which of the secrets stand in any file of the database, its log included."""
    everything = b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())
    return [secret for secret in SECRETS if secret.encode() in everything or secret.encode("utf-16-le") in everything]


def test_no_name_or_address_reaches_the_disk_or_the_logs(database: Database, live: Live, tmp_path: Path, caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG")
    rows = [
        "Question,Asker Name,Asker Email",
        "Is it paid? I am Ada Lovelace,Ada Lovelace,ada@example.org",
        "Where? Write to ada@example.org or +32 475 12 34 56,Zoé Exemple,zoe@example.org",
        "Je m'appelle Zoé Exemple. Où est-ce ?,Zoé Exemple,",
    ]
    live.receive(understand(read_in("\n".join(rows).encode(), secret=live.webinar.secret).asked, live.understands), now=NOW)
    live.vote([("q1", b"hash-only")])
    assert (tmp_path / "live.db-wal").exists()
    assert live.session.messages == 3
    assert traces(tmp_path) == []
    assert [secret for secret in SECRETS if secret in caplog.text] == []
    assert "paid" not in caplog.text


@pytest.mark.parametrize("wipe", ["end", "expire", "erase"])
def test_what_is_wiped_is_nowhere(database: Database, tmp_path: Path, wipe: str):
    live = Live(database, begun(database, rehearsal=True), SmallModel(), model="small")
    ask(live, "Is there a zeppelin?")
    live.vote([("q1", b"someone")])
    with database.begin() as connection:
        if wipe == "end":
            webinars.close(connection, live.webinar.code, now=NOW)
        elif wipe == "expire":
            assert webinars.expire(connection, NOW + timedelta(days=1, seconds=1), days=90) == 1
        else:
            webinars.erase(connection, live.webinar.code)
    database.settle()
    assert not any(b"zeppelin" in path.read_bytes() for path in tmp_path.iterdir())
    with database.read() as connection:
        assert webinars.find(connection, live.webinar.code) is None
        assert webinar_log.lines(connection, live.webinar.id) == []


def test_sessions_are_kept_for_some_days_after_their_end(database: Database):
    kept = begun(database)
    with database.begin() as connection:
        webinars.close(connection, kept.code, now=NOW + timedelta(hours=1))
        assert webinars.expire(connection, NOW + timedelta(days=30, hours=1), days=30) == 0
        assert webinars.expire(connection, NOW + timedelta(days=30, hours=1, seconds=1), days=30) == 1


WORKER = """
import sys
from tests.webinar.test_live import *
database = Database(sys.argv[1])
with database.read() as connection:
    webinar = webinars.find(connection, sys.argv[2])
live = Live(database, webinar, SmallModel(), model="small")
for number in range(10_000):
    ask(live, f"Is it paid in week {number}?", f"When is the deadline of call {number}?")
    live.hand(lambda session: moderation.choose(session, "g1", "assignee", f"m{number}", by="ada"), seen={}, now=NOW)
    live.vote([("q1", number.to_bytes(16, "big"))])
    print(number, flush=True)
"""


def test_a_killed_process_loses_nothing_that_it_acknowledged(database: Database, live: Live):
    process = subprocess.Popen([sys.executable, "-c", WORKER, str(database.url), live.webinar.code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    acknowledged = [int(next(process.stdout)) for _ in range(15)][-1]
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read().split()
    process.wait()
    process.stdout.close()
    acknowledged = max([acknowledged, *map(int, rest)])
    assert live.session.messages >= 2 * (acknowledged + 1)
    assert int((live.session.groups["g1"].assignee or "m-1")[1:]) >= acknowledged
    assert max(view["votes"] for view in live.views()) >= acknowledged + 1
    ask(live, "Which salary?")
    assert sum(sizes(live)) == live.session.messages
