"""The content in service, a trained model and an assistant on it, for the commands that need them."""

from __future__ import annotations

import fcntl
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.content.library import LIVE, load_library
from bot.content.model import Library
from bot.records import releases
from bot.records.database import Database
from bot.settings import BadSetting, Settings
from bot.web.assistant import Assistant, clock_of, real_time
from bot.web.publishing.known import known_phrasings
from bot.web.publishing.service import ContentService

_ABANDONED = 6 * 3600  # seconds after which a training's folder is surely one that was killed


@contextmanager
def content_service(settings: Settings) -> Iterator[ContentService]:
    """Give the content as `guichet serve` would serve it: the live release, with the files taken over that pass the checks."""
    database = Database(settings.database)
    try:
        service = ContentService(database, LIVE, real_time, root=settings.content, known=known_phrasings)
        service.start()
        yield service
    finally:
        database.close()


def content_in_service(settings: Settings) -> Library:
    """Return what would be served; where nothing was ever kept, the files, and nothing is kept then either."""
    database = Database(settings.database)
    if database.is_sqlite and not Path(str(database.url.database)).exists():
        LIVE.swap(load_library(settings.content))
        return LIVE.library
    with content_service(settings):
        return LIVE.library


def library_of_release(settings: Settings, number: int) -> Library:
    """Return the library of release `number`; raises `BadSetting` if there is none."""
    database = Database(settings.database)
    try:
        with database.read() as connection:
            found = releases.release(connection, number)
    finally:
        database.close()
    if found is None:
        raise BadSetting(f"there is no release {number}")
    return found.library


def library_of_version(settings: Settings) -> Callable[[str], Library | None]:
    """Return how the library is had whose replies carried a `content_version`: from the releases, else the files as they are; None where it is gone."""
    database = Database(settings.database)
    kept = not database.is_sqlite or Path(str(database.url.database)).exists()

    def library_of(version: str) -> Library | None:
        found = None
        if kept:
            with database.read() as connection:
                found = releases.release_of_version(connection, version)
        library = found.library if found else load_library(settings.content)
        same = library.version.rpartition("-")[2] == version.rpartition("-")[2]  # the catalogues' words may have changed since
        return library if same and (found or library.version == version) else None

    return library_of


def trained(settings: Settings, library: Library) -> Path:
    """Return the model that fits `library`, trained now if there is none. What is half-made never stands where models are looked for."""
    from bot.nlu.training import KEPT, model_path, train

    path = model_path(settings.models, library)
    settings.models.mkdir(parents=True, exist_ok=True)
    with (settings.models / ".lock").open("a") as only_one:
        fcntl.flock(only_one, fcntl.LOCK_EX)  # of several processes that want a model one trains it, the others find it
        if path.exists():
            _say(f"The model is up to date: {path.name}")
            return path
        LIVE.swap(library)  # what is trained on is read from there
        _sweep(settings.models)
        with tempfile.TemporaryDirectory(dir=settings.models, prefix=".training-") as folder:
            made = train(Path(folder), library, say=_say)
            made.replace(path)
        for old in sorted(settings.models.glob("guichet-*.tar.gz"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
    return path


@contextmanager
def loaded(settings: Settings) -> Iterator[Assistant]:
    """Give an assistant with its model, and close it."""
    library = content_in_service(settings)
    model = trained(settings, library)
    assistant = Assistant(LIVE, settings, clock_of(settings))
    try:
        assistant.load(model)
        yield assistant
    finally:
        assistant.close()


def _sweep(models: Path) -> None:
    for folder in models.glob(".training-*"):
        if folder.stat().st_mtime < time.time() - _ABANDONED:
            shutil.rmtree(folder, ignore_errors=True)


def _say(text: str) -> None:
    print(text, file=sys.stderr)
