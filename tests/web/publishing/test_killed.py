"""Killed at any moment: the last good release is served after a restart, and no draft is lost."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.content import FAQ
from bot.content.library import Live
from bot.records.database import Database
from bot.web.publishing.service import ContentService
from tests.web.publishing.conftest import NOW
from tests.web.publishing.killed import PATH

ROOT = Path(__file__).parents[3]
STATEMENTS = [f"statement:{number}" for number in range(1, 46)]  # two rounds of drafting and publishing, statement by statement
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
    command = [sys.executable, "-m", "tests.web.publishing.killed", str(folder / "source.db"), str(root), *STATEMENTS, *MOMENTS]
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
    ends = {len(one["told"]) for one in runs.values()}
    assert {0, 1, 2} <= ends
    assert max(ends) > 4
