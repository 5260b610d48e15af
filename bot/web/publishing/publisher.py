"""Publishing and rolling back: all or nothing, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.content.difference import difference, understanding_changes
from bot.content.draft_check import overridden
from bot.content.library import FaultyContent
from bot.content.release import Release, ReleaseHead
from bot.records import drafts as kept
from bot.records import releases
from bot.records.releases import Damaged, Overtaken, Proposal
from bot.web.publishing.desk import Desk
from bot.web.publishing.outcomes import HeldBack, NoSuchRelease, NothingToPublish, Published, PublishOutcome, Review, RollbackOutcome

Measure = Callable[[Review], Sequence[str]]  # figures that fell too far, in words
MAX_WHY = 2_000


class _Undone(Exception):
    """Leaves a transaction so that nothing of it is kept."""


class Publisher:
    """Makes releases of drafts. `announce` is called with each new release, after it is stored; `measure` may hold one back."""

    def __init__(self, desk: Desk, announce: Callable[[Release], None], measure: Measure = lambda _: ()) -> None:
        self.desk, self.announce, self.measure = desk, announce, measure

    def publish(self, *, by: str, why: str, reasons: Mapping[str, str] | None = None, paths: Sequence[str] | None = None) -> PublishOutcome:
        """Publish the drafts at `paths` (or all). `reasons` say why a problem of style is accepted, by `draft_check.key_of` or ``*``; faults are never."""
        found, chosen, documents = self.desk.documents(paths)
        if not chosen:
            return NothingToPublish()
        review = self.desk.review_of(found, chosen, documents)
        overrides, left = overridden(review.styles, reasons or {})
        if review.faults or left or review.stale:
            return HeldBack(review)
        if shortfalls := tuple(self.measure(review)):
            return HeldBack(review, shortfalls=shortfalls)
        proposal = Proposal(documents, by, why.strip()[:MAX_WHY], self.desk.clock(), overrides=tuple(overrides))
        new = self._kept(proposal, found.head.number, {path: draft.revision for path, draft in chosen.items()})
        if new is None:
            return HeldBack(review, moved=True)
        self.announce(new)
        return Published(new.head, review.changes, understanding_changes(found.library, new.library))

    def roll_back(self, number: int, *, by: str, why: str) -> RollbackOutcome:
        """Make the documents of release `number` live again, as a new release; drafts stay."""
        old, live_number = self._release(number), self._live_number()
        if old is None or live_number is None:
            return NoSuchRelease(number)
        found = self._release(live_number)
        before = found.library if found else old.library  # a damaged release is rolled back from as well
        proposal = Proposal(old.documents, by, why.strip()[:MAX_WHY], self.desk.clock(), "rollback", back_to=number)
        new = self._kept(proposal, live_number, {})
        if new is None:
            return HeldBack(moved=True)
        self.announce(new)
        return Published(new.head, difference(before, new.library), understanding_changes(before, new.library))

    def history(self, limit: int = 100) -> list[ReleaseHead]:
        """Return the last releases, the newest first."""
        with self.desk.database.read() as connection:
            return releases.history(connection, limit)

    def published(self, number: int) -> Published | NoSuchRelease:
        """Return release `number` as it was published: its head, and what it changed against the one before."""
        new, old = self._release(number), self._release(number - 1)
        if new is None:
            return NoSuchRelease(number)
        return Published(new.head, difference(old.library, new.library) if old else ())

    def _release(self, number: int) -> Release | None:
        """Return the release `number` if it can be served."""
        try:
            with self.desk.database.read() as connection:
                found = releases.release(connection, number)
            if found:
                found.library  # noqa: B018 -- read now: a release that cannot be read is none
        except (Damaged, FaultyContent):
            return None
        return found

    def _live_number(self) -> int | None:
        with self.desk.database.read() as connection:
            return releases.live_number(connection)

    def _kept(self, proposal: Proposal, expected: int, revisions: Mapping[str, int]) -> Release | None:
        """Store the release and take the drafts away, both or neither; None if a release or a draft moved meanwhile."""
        try:
            with self.desk.database.begin() as connection:
                new = releases.publish(connection, proposal, expected=expected)
                _insist(not isinstance(new, Overtaken) and kept.drop(connection, revisions))
        except _Undone:
            return None
        return new if isinstance(new, Release) else None


def _insist(kept_all: bool) -> None:  # noqa: FBT001 -- its only argument
    if not kept_all:
        raise _Undone
