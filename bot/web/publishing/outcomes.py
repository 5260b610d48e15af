"""How saving and publishing may end; each end is a type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.content.difference import Change
from bot.content.model import Library
from bot.content.problem import Problem
from bot.content.release import ReleaseHead
from bot.records.drafts import Draft

NEW = "new"
PUBLISHED = "published"
CHANGED = "changed"
REMOVED = "removed"


@dataclass(frozen=True)
class Opened:
    """A document as an editor gets it: live, as drafted, and what to give back when saving.

    `text` is what to edit (the draft's, else the live one; None where there is neither or the draft takes the document away). `stale` tells that the live
    text changed since the draft was begun: show both, and save with the present `base` once they are brought together.
    """

    path: str
    text: str | None
    live: str | None
    base: str
    revision: int
    by: str | None = None
    at: datetime | None = None
    stale: bool = False


@dataclass(frozen=True)
class Unfit:
    """The text was not saved: it cannot be stored or edited in a form; `problem` says why."""

    problem: Problem


@dataclass(frozen=True)
class Row:
    """A document in the list of what there is: its state and what is wrong with it."""

    path: str
    state: str  # published, changed, new, removed
    draft: Draft | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Overview:
    """Everything as it would be published, document by document."""

    library: Library = field(repr=False)
    live: Library = field(repr=False)
    rows: tuple[Row, ...]
    open_with: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Review:
    """What publishing would change, and what is in its way: `faults` always, `styles` until a reason is given, `stale` until both texts were looked at."""

    live: int | None
    library: Library = field(repr=False)
    changes: tuple[Change, ...]
    faults: tuple[Problem, ...] = ()
    styles: tuple[Problem, ...] = ()
    stale: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Published:
    """A release went live; `trains` tells that new entries or phrasings are being learnt behind it."""

    head: ReleaseHead
    changes: tuple[Change, ...]
    trains: bool = False


@dataclass(frozen=True)
class NothingToPublish:
    """There is no draft that differs from the live release."""


@dataclass(frozen=True)
class HeldBack:
    """Nothing was published. `moved` tells that someone published or saved meanwhile: look again. `shortfalls` are figures that fell too far, in words."""

    review: Review | None = None
    moved: bool = False
    shortfalls: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoSuchRelease:
    """There is no release of that number that could be served."""

    number: int


PublishOutcome = Published | HeldBack | NothingToPublish
RollbackOutcome = Published | HeldBack | NoSuchRelease
