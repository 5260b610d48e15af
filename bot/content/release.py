"""A release: an immutable, numbered snapshot of every document, and the drafts and files that may become the next one. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from bot.content.library import load_library
from bot.content.model import Library

Documents = Mapping[str, str]  # path under data/faq → text
Origin = Literal["files", "page", "rollback"]
FILES = "files"  # the author of what git brought


@dataclass(frozen=True)
class Override:
    """A problem of style that an editor published in spite of, and why."""

    file: str
    rule: str
    reason: str


@dataclass(frozen=True)
class ReleaseHead:
    """What is known of a release beside its documents. `version` is the `content_version` that its replies carried."""

    number: int
    version: str
    at: datetime
    by: str
    why: str
    origin: Origin = "page"
    back_to: int | None = None
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True)
class Release:
    """A release with its documents."""

    head: ReleaseHead
    documents: Documents = field(repr=False)

    @cached_property
    def library(self) -> Library:
        """What may be said; raises `FaultyContent` where a document cannot be read."""
        return load_library(self.documents, self.head.number)


def number_of(version: str) -> int | None:
    """Return the number of the release that a `content_version` names, or None where it names files."""
    number, dash, _ = version.partition("-")
    return int(number) if dash and number.isdecimal() else None


def digest_of(text: str | None) -> str:
    """Return what a text is stored under; nothing has the empty digest."""
    return "" if text is None else hashlib.sha256(text.encode()).hexdigest()


def with_changes(documents: Documents, changes: Mapping[str, str | None]) -> dict[str, str]:
    """Return `documents` with some replaced, added, or taken out (None)."""
    merged = {**documents, **changes}
    return {path: text for path, text in sorted(merged.items()) if text is not None}


@dataclass(frozen=True)
class FilesMerge:
    """What the files on disk change in the live release: to take over, and held because the page changed the same document."""

    taken: Mapping[str, str | None]
    held: tuple[str, ...]


def merge_files(files: Documents, live: Documents, imported: Mapping[str, str], waived: Mapping[str, str] | None = None) -> FilesMerge:
    """Return what `files` bring, document by document.

    `imported` are the digests of the files as they were last taken over; `waived` those that an editor decided against. A file that has not changed since then
    brings nothing; one that has is taken, unless the live document is no longer what was imported: then it is held, and never overwritten silently.
    """
    taken: dict[str, str | None] = {}
    held = []
    for path in sorted({*files, *imported}):
        new, was = digest_of(files.get(path)), imported.get(path, "")
        now = digest_of(live.get(path))
        if new in {was, now} or (waived or {}).get(path) == new:
            continue
        if now == was:
            taken[path] = files.get(path)
        else:
            held.append(path)
    return FilesMerge(taken, tuple(held))
