"""A process of its own that drafts and publishes in children, and kills each of them: `killed.py DATABASE ROOT RUNS`.

Each run is `statement:N` (SIGKILL before the child's N-th statement after its start), `moment:MILLISECONDS`, or `import:N`, which
brings a table in instead. It works on a copy of the database of its own, and one line of JSON
a run says what the child had been told was done.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event

from bot.content.draft_check import Checked
from bot.content.library import Live, load_library
from bot.content.spreadsheet import Change
from bot.records.database import Database
from bot.web.editor.applying import apply
from bot.web.publishing.outcomes import Published
from bot.web.publishing.service import ContentService

PATH = "entries/hours.yaml"
ROUNDS = 200


def work(database: Database, root: Path, tell: int, statement: int | None) -> None:
    """Draft and publish in turn, telling of each end as soon as it is known."""
    service = ContentService(database, Live(), lambda: datetime.now(UTC), root=root)
    service.start()
    service.desk.check = lambda documents, found: Checked(load_library(documents), ())  # its time would hide the rest's
    if statement is not None:
        kill_before(database, statement)
    for number in range(ROUNDS):
        opened = service.desk.open(PATH)
        saved = service.desk.save(PATH, f"{opened.live}# {number}\n", revision=opened.revision, by="edith")
        os.write(tell, json.dumps({"saved": saved.text}).encode() + b"\n")
        published = service.publisher.publish(by="edith", why=f"round {number}")
        assert isinstance(published, Published), published
        os.write(tell, json.dumps({"published": published.head.number}).encode() + b"\n")


IMPORTED = ("age", "deadline", "hours", "location", "stipend")


def bring(database: Database, root: Path, tell: int, statement: int | None) -> None:
    """Make drafts of a table's changes, as the page and the command line do, telling of each."""
    service = ContentService(database, Live(), lambda: datetime.now(UTC), root=root)
    service.start()
    assert statement is not None
    kill_before(database, statement)
    for entry in IMPORTED:
        change = Change(f"entries/{entry}.yaml", {}, {"id": entry, "notes": f"imported {entry}"}, ())
        [kept] = apply(service.desk, [change], by="edith")
        assert kept["kept"], kept
        os.write(tell, json.dumps({"imported": entry}).encode() + b"\n")
    signal.pause()  # not killed yet: whoever started this does it


def kill_before(database: Database, statement: int) -> None:
    """Kill this process before its `statement`-th statement, commits among them."""
    left = [statement]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database._engine, "before_cursor_execute", count)
    event.listen(database._engine, "commit", count)


def run(place: Path, root: Path, end: str) -> list[dict[str, object]]:
    """Start a child, let it be killed, and return what it had been told."""
    kind, _, value = end.partition(":")
    reading, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        (bring if kind == "import" else work)(Database(f"sqlite:///{place}"), root, tell, None if kind == "moment" else int(value))
        os._exit(3)
    os.close(tell)
    if kind == "moment":
        first = os.read(reading, 1 << 20)  # it has begun
        time.sleep(float(value) / 1000)
        os.kill(child, signal.SIGKILL)
    else:
        first = b""
    with os.fdopen(reading, "rb") as pipe:
        told = first + pipe.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"{end}: the child ended by itself ({status})"
    assert os.WTERMSIG(status) == signal.SIGKILL
    return [json.loads(line) for line in told.splitlines()]


def main() -> None:
    source, root = Path(sys.argv[1]), Path(sys.argv[2])
    for index, end in enumerate(sys.argv[3:]):
        place = source.with_name(f"run-{index}.db")
        shutil.copyfile(source, place)
        print(json.dumps({"run": end, "database": str(place), "told": run(place, root, end)}), flush=True)


if __name__ == "__main__":
    main()
