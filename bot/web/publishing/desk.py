"""The editors' desk: drafts, what is wrong with them, and who has which open. It blocks: the web's edges call it in a thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.content.check import Phrasing
from bot.content.difference import difference
from bot.content.document import MAX_BYTES
from bot.content.draft_check import Checked, check_documents, is_document_path, new_problems
from bot.content.editing import CannotEdit, edited
from bot.content.model import Library
from bot.content.problem import Problem
from bot.content.reader import Reader
from bot.content.release import Documents, Release, digest_of, with_changes
from bot.records import drafts as kept
from bot.records import releases
from bot.records.database import Database
from bot.records.drafts import Conflict, Draft
from bot.web.publishing.outcomes import CHANGED, NEW, PUBLISHED, REMOVED, Opened, Overview, Review, Row, Unfit

Known = Callable[[], Sequence[Phrasing]]
Clock = Callable[[], datetime]


class NoRelease(RuntimeError):
    """No release is stored: the server runs on the files alone, and nothing can be edited here."""


class Desk:
    """Drafts over the live release. `known` returns the phrasings of data/nlu, `clock` the moment."""

    def __init__(self, database: Database, clock: Clock, known: Known = tuple) -> None:
        self.database, self.clock, self.known = database, clock, known
        self._checked: tuple[int, date, Checked] | None = None

    def live(self) -> Release:
        """Return the live release; raises `NoRelease`."""
        with self.database.read() as connection:
            found = releases.live(connection)
        if found is None:
            raise NoRelease
        return found

    def open(self, path: str) -> Opened:
        """Return the document at `path` as it is to be edited."""
        with self.database.read() as connection:
            found, draft = releases.live(connection), kept.draft(connection, path)
        live = found.documents.get(path) if found else None
        base = digest_of(live)
        if draft is None:
            return Opened(path, live, live, base, kept.NO_DRAFT)
        return Opened(path, draft.text, live, base, draft.revision, draft.by, draft.at, stale=draft.base != base)

    def save(self, path: str, text: str | None, *, revision: int, by: str, base: str | None = None) -> Draft | Conflict | Unfit:
        """Keep `text` (None: take the document away) as a draft made from `revision`.

        `base` is `Opened.base` as the editor had it; without it the draft's own stays. Nothing is published, and nobody's text is overwritten.
        """
        if problem := _unfit(path, text):
            return Unfit(problem)
        text = None if text is None else text.replace("\r\n", "\n")
        opened = self.open(path)
        with self.database.begin() as connection:
            before = kept.draft(connection, path)
            return kept.save(connection, path, text, revision=revision, base=base or (before.base if before else opened.base), by=by, now=self.clock())

    def save_form(self, path: str, form: Mapping[str, Any], *, revision: int, by: str, base: str | None = None) -> Draft | Conflict | Unfit:
        """Set top-level keys of the document (None takes one out) and keep the rest as it stands: comments, order, line breaks."""
        opened = self.open(path)
        if opened.revision != revision:  # the form was filled in from another text
            return Conflict(None, self.draft(path))
        try:
            text = edited(opened.text or "", form, file=path)
        except CannotEdit as error:
            return Unfit(error.problem)
        return self.save(path, text, revision=revision, by=by, base=base)

    def draft(self, path: str) -> Draft | None:
        """Return the draft at `path`."""
        with self.database.read() as connection:
            return kept.draft(connection, path)

    def discard(self, path: str, *, revision: int) -> Conflict | None:
        """Throw a draft away; returns the conflict if it is no longer the one of `revision`."""
        with self.database.begin() as connection:
            return kept.discard(connection, path, revision=revision)

    def see(self, path: str, by: str) -> tuple[str, ...]:
        """Note that `by` has the document open (again every few seconds), and return who else has."""
        with self.database.begin(hasty=True) as connection:
            return kept.see(connection, path, by, now=self.clock())

    def leave(self, path: str, by: str) -> None:
        """Note that `by` has closed the document."""
        with self.database.begin(hasty=True) as connection:
            kept.leave(connection, path, by)

    def documents(self, paths: Sequence[str] | None = None) -> tuple[Release, dict[str, Draft], dict[str, str]]:
        """Return the live release, the drafts (at `paths`, or all) that differ from it, and the documents with them."""
        with self.database.read() as connection:
            found, every = releases.live(connection), kept.drafts(connection)
        if found is None:
            raise NoRelease
        chosen = {path: draft for path, draft in kept.chosen(every, paths).items() if draft.text != found.documents.get(path)}
        return found, chosen, with_changes(found.documents, {path: draft.text for path, draft in chosen.items()})

    def drafted(self, changes: Mapping[str, str | None] | None = None) -> Library:
        """Return what could be said if every draft, and `changes` to documents by path, were live; what cannot be read is left out, nothing is checked."""
        _, _, documents = self.documents()
        return Reader(with_changes(documents, changes or {})).library()

    def overview(self) -> Overview:
        """Return every document with its state and what is wrong with it, drafts included."""
        found, chosen, documents = self.documents()
        checked = self.check(documents, found)
        with self.database.read() as connection:
            present = kept.present(connection, now=self.clock())
        paths = sorted({*found.documents, *chosen})
        rows = (Row(path, _state(found, chosen, path), chosen.get(path), tuple(one for one in checked.problems if one.file == path)) for path in paths)
        return Overview(checked.library, found.library, tuple(rows), present)

    def check_text(self, path: str, text: str) -> tuple[Problem, ...]:
        """Return what is wrong with `text` at `path` over the live release and the other drafts: for the page, while an editor types."""
        if problem := _unfit(path, text):
            return (problem,)
        found, _, documents = self.documents()
        checked = self.check({**documents, path: text}, found)
        return tuple(problem for problem in checked.problems if problem.file == path)

    def preview(self, path: str, text: str) -> Checked:
        """Return the library with `text` at `path` over live and drafts, to render from; see `bot.content.render`."""
        found, _, documents = self.documents()
        return self.check({**documents, path: text}, found)

    def review(self, paths: Sequence[str] | None = None) -> Review:
        """Return what publishing the drafts at `paths` (or all) would change, and what is in its way."""
        found, chosen, documents = self.documents(paths)
        return self.review_of(found, chosen, documents)

    def review_of(self, found: Release, chosen: Mapping[str, Draft], documents: Documents) -> Review:
        """Return the review of `documents`, which came of `chosen` drafts over the release `found`."""
        checked, before = self.check(documents, found), self._live_checked(found)
        news = new_problems(before.problems, checked.problems, chosen)
        return Review(
            live=found.head.number,
            library=checked.library,
            changes=difference(found.library, checked.library),
            faults=checked.faults,
            styles=tuple(problem for problem in news if problem.severity == "style" and problem.rule not in _NO_ONES_DOING),
            stale=tuple(path for path, draft in chosen.items() if draft.base != digest_of(found.documents.get(path))),
            paths=tuple(chosen),
        )

    def check(self, documents: Documents, found: Release) -> Checked:
        """Check `documents` against the release `found`."""
        return check_documents(documents, today=self.clock().date(), known=self.known(), published=found.library)

    def _live_checked(self, found: Release) -> Checked:
        today = self.clock().date()
        if self._checked is None or self._checked[:2] != (found.head.number, today):
            self._checked = (found.head.number, today, self.check(found.documents, found))
        return self._checked[2]


_NO_ONES_DOING = frozenset({"past-fact"})  # a day goes by; there is nothing to mend, so nobody is asked for a reason


def _state(found: Release, chosen: Mapping[str, Draft], path: str) -> str:
    if path not in chosen:
        return PUBLISHED
    if path not in found.documents:
        return NEW
    return REMOVED if chosen[path].text is None else CHANGED


def _unfit(path: str, text: str | None) -> Problem | None:
    """Say why `text` cannot be kept at `path`, if it cannot."""
    if not is_document_path(path):
        return Problem(path, 1, "path", "A document cannot stand there.", "Write entries/…, notices/… or criteria/…, small letters, figures and hyphens, .yaml.")
    if text is None:
        return None
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        return Problem(path, 1, "encoding", "The text holds half a character.", "Delete it and write it again.")
    if "\0" in text:
        return Problem(path, 1, "unreadable", "There is a character that cannot be kept.", "Delete it.")
    if size > MAX_BYTES:
        return Problem(path, 1, "too-large", f"The text has more than {MAX_BYTES} bytes.", "Split it.")
    return None
