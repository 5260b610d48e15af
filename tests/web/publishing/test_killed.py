"""Killed at any moment: the last good release is served after a restart, and no draft is lost."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.content import FAQ
from bot.content.draft_check import ANY
from bot.content.editing import edited
from bot.content.library import Live
from bot.content.spreadsheet import Change
from bot.records.database import Database, Unavailable
from bot.web.editor.applying import apply
from bot.web.publishing.outcomes import Published
from bot.web.publishing.service import ContentService
from tests.web.publishing.conftest import NOW
from tests.web.publishing.killed import IMPORTED, PATH

ROOT = Path(__file__).parents[3]
STATEMENTS = [f"statement:{number}" for number in range(1, 46)]  # two rounds of drafting and publishing, statement by statement
IMPORTS = [f"import:{number}" for number in range(1, 42, 4)]
MOMENTS = [f"moment:{random.Random(seed).uniform(0, 400):.1f}" for seed in range(30)]


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> dict[str, dict]:
    """Kill a child for each of the ends, in one process that has everything loaded."""
    folder = tmp_path_factory.mktemp("killed")
    root = Path(shutil.copytree(FAQ, folder / "faq"))
    database = Database(f"sqlite:///{folder / 'source.db'}")
    ContentService(database, Live(), lambda: NOW, root=root).start()
    with database.begin() as connection:
        connection.execute(text("SELECT 1"))
    database.close()
    command = [sys.executable, "-m", "tests.web.publishing.killed", str(folder / "source.db"), str(root), *STATEMENTS, *MOMENTS, *IMPORTS]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return {one["run"]: one | {"root": root} for one in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("end", STATEMENTS + MOMENTS)
def test_a_restart_serves_the_last_good_release_and_has_every_draft(runs, end):
    one = runs[end]
    database = Database(f"sqlite:///{one['database']}")
    service = ContentService(database, Live(), lambda: NOW, root=one["root"])
    service.start()
    told_published = max((row["published"] for row in one["told"] if "published" in row), default=1)
    told_saved = [row["saved"] for row in one["told"] if "saved" in row]
    assert service.problems == ()
    assert service.number in {told_published, told_published + 1}  # done, and killed before it could say so
    assert [head.number for head in service.publisher.history(1000)] == list(range(service.number, 0, -1))
    live, draft = service.desk.live().documents[PATH], service.desk.draft(PATH)
    if told_saved:
        assert told_saved[-1] in {live, draft.text if draft else None}
    with database.read() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    database.close()


def test_the_kills_fell_before_in_and_after_publishing(runs):
    ends = {len(one["told"]) for name, one in runs.items() if name not in IMPORTS}
    assert {0, 1, 2} <= ends
    assert max(ends) > 4


@pytest.mark.parametrize("end", IMPORTS)
def test_an_import_that_was_killed_left_whole_drafts_and_can_be_done_again(runs, end):
    one = runs[end]
    database = Database(f"sqlite:///{one['database']}")
    service = ContentService(database, Live(), lambda: NOW, root=one["root"])
    service.start()
    told = {row["imported"] for row in one["told"]}
    for entry in IMPORTED:
        opened = service.desk.open(f"entries/{entry}.yaml")
        assert opened.text in {opened.live, edited(opened.live, {"notes": f"imported {entry}"}, file=opened.path)}
        assert entry not in told or opened.text != opened.live
        [kept] = apply(service.desk, [Change(opened.path, {}, {"id": entry, "notes": f"imported {entry}"}, ())], by="edith")
        assert kept["kept"]
    assert (service.number, service.problems) == (1, ())
    database.close()


def test_a_full_disk_keeps_the_release_and_every_draft(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'guichet.db'}")
    service = ContentService(database, Live(), lambda: NOW, root=FAQ)
    service.start()
    opened = service.desk.open(PATH)
    service.desk.save(PATH, f"{opened.live}# said anew\n", revision=0, by="edith")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(Unavailable):
            service.publisher.publish(by="edith", why="on a full disk")
        with pytest.raises(Unavailable):
            service.desk.save("entries/age.yaml", f"{service.desk.open('entries/age.yaml').live}# lost\n", revision=0, by="edith")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert service.desk.live().head.number == 1
    assert service.desk.open(PATH).text == f"{opened.live}# said anew\n"
    assert service.desk.draft("entries/age.yaml") is None
    assert isinstance(service.publisher.publish(by="edith", why="there is room again", reasons={ANY: "a note"}), Published)
    database.close()
