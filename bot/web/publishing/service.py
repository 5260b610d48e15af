"""What is live in this process: the release that the database names, the files that git changes, and what is wrong with either."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol

from bot.content import FAQ
from bot.content.library import FaultyContent, Live, load_library
from bot.content.model import Library
from bot.content.problem import Problem
from bot.content.release import Release
from bot.records import releases
from bot.records.database import Database, Unavailable
from bot.records.releases import Damaged
from bot.web.publishing.desk import Clock, Desk, Known, NoRelease
from bot.web.publishing.examiner import Examiner
from bot.web.publishing.files import Signature, first_release, import_files, signature
from bot.web.publishing.publisher import Publisher

log = logging.getLogger(__name__)
TRY_AGAIN = 10  # looks after which a database that could not be opened is tried again


class Training(Protocol):
    """Sees to it that there is a model for what is served."""

    @property
    def problem(self) -> Problem | None:
        """What keeps the model that fits from being in service."""

    @property
    def busy(self) -> bool:
        """Tell whether a model is being made."""

    def want(self, library: Library, number: int | None = None) -> None:
        """Ask for the model that fits `library`; returns at once."""


class ContentService:
    """Keeps `live` at the release that is live; `training` is told of each library that is served. `poll` is called each second."""

    def __init__(self, database: Database, live: Live, clock: Clock, *, root: Path = FAQ, known: Known = tuple, training: Training | None = None) -> None:
        self.database, self.live, self.root, self.training = database, live, root, training
        self.desk = Desk(database, clock, known)
        self.publisher = Publisher(self.desk, self._serve)
        self.examiner: Examiner | None = None  # where there is an assistant to try drafts on
        self.number: int | None = None
        self.held: tuple[str, ...] = ()
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self._looked: Signature | None = None
        self._taken: Signature | None = None
        self._opened = False
        self._polls = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps something from being published or served, for `health` and the page."""
        trained = (self.training.problem,) if self.training and self.training.problem else ()
        return (*(problem for found in self._problems.values() for problem in found), *trained)

    def start(self) -> None:
        """Serve the live release, after the files as they are now; the first time, the files become release 1.

        Where the database cannot be used the files are served, and `problems` says so. Raises `FaultyContent` where the files cannot be read either.
        """
        if not self._open():
            self.live.swap(load_library(self.root))
            self._want()
            return
        self._taken = self._looked = signature(self.root)
        self._import()

    def poll(self) -> None:
        """Follow the database and the files; meant for every second."""
        self._polls += 1
        if not self._opened:
            if self._polls % TRY_AGAIN == 0:
                self._open()
            return
        try:
            self._follow()
            self._look()
            self._problems.pop("database", None)
        except Unavailable as error:
            self._note("database", _without_database(str(error)))

    def _open(self) -> bool:
        try:
            self.database.upgrade()
            with self.database.read() as connection:
                release = releases.live(connection)
            self._serve(release or first_release(self.desk, self.root))
        except (Unavailable, OSError, NoRelease) as error:
            return self._note("database", _without_database(type(error).__name__))
        except (Damaged, FaultyContent) as error:
            return self._note(
                "database", Problem("", 1, "release", f"The live release cannot be served: {error}.", "The files are served instead. Roll back to an earlier release.")
            )
        self._problems.pop("database", None)
        self._opened = True
        return True

    def _follow(self) -> None:
        """Take up what another process published."""
        with self.database.read() as connection:
            number = releases.live_number(connection)
            if number is None or number == self.number:
                return
            try:
                release = releases.release(connection, number)
                if release:
                    self._serve(release)
            except (Damaged, FaultyContent) as error:
                self._note("release", Problem("", 1, "release", f"The release cannot be served: {error}.", "The one before is served. Roll back, or restore a backup."))

    def _look(self) -> None:
        """Import the files once they have stood still for one look: git writes them one after the other."""
        now = signature(self.root)
        if now == self._looked and now != self._taken:
            self._taken = now
            self._import()
        self._looked = now

    def _import(self) -> None:
        try:
            done = import_files(self.desk, self.root)
        except (Damaged, FaultyContent) as error:
            self._note("files", Problem("", 1, "files", f"The files were not looked at: {error}.", "Mend the live release first."))
            return
        self.held = done.held
        if done.again:
            self._taken = None
        if done.release:
            self._serve(done.release)
        self._note("files", *done.problems)

    def _serve(self, release: Release) -> None:
        """Let the next message be answered from `release`; raises `FaultyContent` before anything has changed."""
        self.live.swap(release.library)
        self.number = release.head.number
        self._problems.pop("release", None)
        log.info("live release=%s content=%s by=%s", release.head.number, release.head.version, release.head.by)
        if self._problems.get("files"):
            self._taken = None  # what was in the way of the files may be gone
        self._want()

    def _want(self) -> None:
        if self.training:
            self.training.want(self.live.library, self.number)

    def look_again(self) -> None:
        """Let the next poll look at the files as if they had changed: after a decision on one that is held."""
        self._taken = None

    def _note(self, about: str, *problems: Problem) -> bool:
        if problems and self._problems.get(about) != problems:
            for problem in problems:
                log.warning("content problem rule=%s file=%s line=%s", problem.rule, problem.file, problem.line)
        self._problems[about] = problems
        return False


def _without_database(why: str) -> Problem:
    return Problem("", 1, "database", f"The database cannot be used ({why}).", "What was live, or the files, are served; nothing can be published until it is back.")
