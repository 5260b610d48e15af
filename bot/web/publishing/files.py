"""Files that git changed while serving: taken over as a release of their own when they pass the checks, document by document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.document import read_folder
from bot.content.draft_check import is_document_path
from bot.content.library import FaultyContent, load_library
from bot.content.problem import Problem
from bot.content.release import FILES, Documents, FilesMerge, Release, digest_of, merge_files, with_changes
from bot.records import releases
from bot.records.releases import Overtaken, Proposal
from bot.web.publishing.desk import Desk

_NAMED = 5  # files that the reason of a release names
Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Imported:
    """What became of the files: a release, or none and why."""

    release: Release | None = None
    problems: tuple[Problem, ...] = ()
    held: tuple[str, ...] = ()
    again: bool = False  # someone published meanwhile: look again


@dataclass(frozen=True)
class Pending:
    """A file that was not taken over; `text` None: it was deleted. `held`: the page changed the same document; else a check stands against it or its neighbours."""

    path: str
    text: str | None
    held: bool
    readable: bool = True


def signature(root: Path) -> Signature:
    """Return what changes when a file does: names, sizes and times; cheap enough for every second."""
    found = []
    for path in sorted(root.rglob("*.yaml")):
        try:
            about = path.stat()
        except OSError:  # gone between the listing and the look: the next look will tell
            continue
        found.append((path.as_posix(), about.st_size, about.st_mtime_ns))
    return tuple(found)


def first_release(desk: Desk, root: Path) -> Release:
    """Make the files the first release; raises `FaultyContent` where one cannot be read. Another process may have been quicker: then theirs is returned."""
    texts = _readable(root)
    load_library(texts)
    with desk.database.begin() as connection:
        new = releases.publish(connection, Proposal(texts, FILES, "", desk.clock(), "files"), expected=None)
        if isinstance(new, Release):
            releases.note_imported(connection, texts)
            return new
    return desk.live()


def import_files(desk: Desk, root: Path) -> Imported:
    """Take over what changed in the files since they were last taken over; what the page changed too is held, and faults hold back all."""
    texts, unreadable = read_folder(root)
    texts = {path: text for path, text in texts.items() if is_document_path(path)}
    if unreadable:
        return Imported(problems=tuple(unreadable))
    with desk.database.read() as connection:
        found, (known, waived) = releases.live(connection), releases.imported(connection)
    if found is None:
        return Imported()
    merge = merge_files(texts, found.documents, known, waived)
    held = tuple(_held(path) for path in merge.held)
    agreed = {path: texts.get(path) for path in {*texts, *known} if digest_of(texts.get(path)) == digest_of(found.documents.get(path)) != known.get(path, "")}
    if not merge.taken:
        if agreed:  # exported from here, or mended on both sides
            with desk.database.begin() as connection:
                releases.note_imported(connection, agreed)
        return Imported(problems=held, held=merge.held)
    documents = with_changes(found.documents, merge.taken)
    checked = desk.check(documents, found)
    if checked.faults:
        return Imported(problems=(*checked.faults, *held), held=merge.held)
    return _published(desk, found, Proposal(documents, FILES, _why(merge), desk.clock(), "files"), {**agreed, **merge.taken}, held, merge)


def pending(desk: Desk, root: Path) -> tuple[Pending, ...]:
    """Return the files that differ from what is live and were neither taken over nor decided against."""
    texts, unreadable = read_folder(root)
    with desk.database.read() as connection:
        found, (known, waived) = releases.live(connection), releases.imported(connection)
    if found is None:
        return ()
    merge = merge_files({path: text for path, text in texts.items() if is_document_path(path)}, found.documents, known, waived)
    broken = {problem.file for problem in unreadable}
    waiting = {**dict.fromkeys(merge.taken, False), **dict.fromkeys(merge.held, True)}
    return tuple(Pending(path, texts.get(path), held=held, readable=path not in broken) for path, held in sorted(waiting.items()))


def keep_page(desk: Desk, root: Path, path: str) -> None:
    """Decide that the page's document stands against the file at `path`, until the file changes again."""
    texts, _ = read_folder(root)
    with desk.database.begin() as connection:
        releases.waive(connection, path, texts.get(path))


def write_documents(documents: Documents, folder: Path) -> list[Path]:
    """Write `documents` as files under `folder`, take away the documents that are not among them, and return the paths that changed."""
    changed = []
    for path, text in documents.items():
        target = folder / path
        if is_document_path(path) and (not target.exists() or target.read_bytes() != text.encode()):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
            changed.append(target)
    for path in sorted(set(read_folder(folder)[0]) - set(documents)):
        if is_document_path(path):
            (folder / path).unlink()
            changed.append(folder / path)
    return changed


def _published(desk: Desk, found: Release, proposal: Proposal, noted: Mapping[str, str | None], held: tuple[Problem, ...], merge: FilesMerge) -> Imported:
    with desk.database.begin() as connection:
        new = releases.publish(connection, proposal, expected=found.head.number)
        if isinstance(new, Overtaken):
            return Imported(problems=held, held=merge.held, again=True)
        releases.note_imported(connection, noted)
    return Imported(new, held, merge.held)


def _readable(root: Path) -> dict[str, str]:
    texts, unreadable = read_folder(root)
    if unreadable:
        raise FaultyContent(unreadable)
    return {path: text for path, text in texts.items() if is_document_path(path)}


def _why(merge: FilesMerge) -> str:
    named = ", ".join(list(merge.taken)[:_NAMED])
    return f"{named}…" if len(merge.taken) > _NAMED else named


def _held(path: str) -> Problem:
    return Problem(
        path,
        1,
        "held-file",
        "The file changed, and the page changed the same document: the page's is served.",
        "Export the content and bring the two together, or decide for one of them on the page.",
    )
