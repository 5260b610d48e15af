"""A desk over the real content, in an SQLite file of its own, with a clock that is set."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.content import FAQ
from bot.content.library import Live
from bot.records.database import Database
from bot.web.publishing.desk import Desk
from bot.web.publishing.publisher import Publisher
from bot.web.publishing.service import ContentService

NOW = datetime.fromisoformat("2025-06-15T12:00:00+02:00")
HOURS = "entries/hours.yaml"


class FakeTraining:
    """Notes what a model is wanted for, and makes none."""

    def __init__(self) -> None:
        self.wanted: list[tuple[str, int | None]] = []
        self.problem, self.busy = None, False

    def want(self, library, number=None):
        self.wanted.append((library.version, number))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FAQ, tmp_path / "faq"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'guichet.db'}")
    yield database
    database.close()


@pytest.fixture
def service(database: Database, root: Path) -> ContentService:
    service = ContentService(database, Live(), lambda: NOW, root=root, training=FakeTraining())
    service.start()
    return service


@pytest.fixture
def desk(service: ContentService) -> Desk:
    return service.desk


@pytest.fixture
def publisher(service: ContentService) -> Publisher:
    return service.publisher


def reword(desk: Desk, path: str, old: str, new: str, by: str = "edith") -> None:
    """Save a draft of the document with `old` replaced."""
    opened = desk.open(path)
    assert opened.text is not None
    assert old in opened.text
    saved = desk.save(path, opened.text.replace(old, new), revision=opened.revision, by=by)
    assert hasattr(saved, "revision"), saved
