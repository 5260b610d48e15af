"""Releases of the content: each document's text once, who published what and why, and which release is live."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.content.reader import version
from bot.content.release import Documents, Origin, Override, Release, ReleaseHead, digest_of, number_of
from bot.records.deeds import Deed, record
from bot.records.tables import METADATA, Moment

BLOB = Table("blob", METADATA, Column("digest", String(64), primary_key=True), Column("text", Text, nullable=False))
RELEASE = Table(
    "release",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", String(40), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("by", String(64), nullable=False),
    Column("why", Text, nullable=False),
    Column("origin", String(20), nullable=False),
    Column("back_to", Integer, nullable=True),
    Column("overrides", Text, nullable=False),
)
RELEASE_DOCUMENT = Table(
    "release_document",
    METADATA,
    Column("number", Integer, ForeignKey("release.number"), primary_key=True),
    Column("path", String(200), primary_key=True),
    Column("digest", String(64), ForeignKey("blob.digest"), nullable=False),
)
LIVE = Table("live_release", METADATA, Column("id", Integer, primary_key=True, autoincrement=False), Column("number", Integer, ForeignKey("release.number"), nullable=True))
FILE = Table(
    "imported_file",
    METADATA,
    Column("path", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),  # of the file as it was last taken over; empty: it was taken away
    Column("waived", String(64), nullable=True),  # of a file that an editor decided against
)


class Damaged(RuntimeError):
    """A release is not what was published: a text is missing or has changed. It is not served."""


@dataclass(frozen=True)
class Overtaken:
    """Another release went live meanwhile: look at it, and publish again."""

    live: int | None


@dataclass(frozen=True)
class Proposal:
    """What is to become the next release."""

    documents: Documents
    by: str
    why: str
    at: datetime
    origin: Origin = "page"
    back_to: int | None = None
    overrides: tuple[Override, ...] = ()


def live_number(connection: Connection) -> int | None:
    """Return the number of the live release; None before the first."""
    number = connection.execute(select(LIVE.c.number)).scalar_one_or_none()
    return None if number is None else int(number)


def live(connection: Connection) -> Release | None:
    """Return the live release; None before the first. Raises `Damaged`."""
    number = live_number(connection)
    return None if number is None else release(connection, number)


def release(connection: Connection, number: int) -> Release | None:
    """Return the release `number`; None if there was none. Raises `Damaged`."""
    row = connection.execute(select(RELEASE).where(RELEASE.c.number == number)).one_or_none()
    if row is None:
        return None
    found = connection.execute(
        select(RELEASE_DOCUMENT.c.path, RELEASE_DOCUMENT.c.digest, BLOB.c.text)
        .outerjoin(BLOB, BLOB.c.digest == RELEASE_DOCUMENT.c.digest)
        .where(RELEASE_DOCUMENT.c.number == number)
        .order_by(RELEASE_DOCUMENT.c.path)
    ).all()
    broken = [one.path for one in found if digest_of(one.text) != one.digest]
    if broken or not found:
        raise Damaged(f"release {number}: {', '.join(broken) or 'no documents'}")
    return Release(_head(row), {one.path: one.text for one in found})


def release_of_version(connection: Connection, content_version: str) -> Release | None:
    """Return the release whose replies carried `content_version`; None if none did. Raises `Damaged`."""
    number = number_of(content_version)
    if number is None:
        row = connection.execute(select(RELEASE.c.number).where(RELEASE.c.version.endswith(f"-{content_version}", autoescape=True)).order_by(RELEASE.c.number)).first()
        return release(connection, row.number) if row else None
    found = release(connection, number)
    return found if found and found.head.version == content_version else None


def history(connection: Connection, limit: int = 100) -> list[ReleaseHead]:
    """Return the heads of the last releases, the newest first."""
    return [_head(row) for row in connection.execute(select(RELEASE).order_by(RELEASE.c.number.desc()).limit(limit))]


def publish(connection: Connection, proposal: Proposal, *, expected: int | None) -> Release | Overtaken:
    """Write a release and make it the live one, in the caller's transaction; `expected` is the live release that the proposal was made on."""
    present = connection.execute(select(LIVE.c.number).with_for_update()).scalar_one_or_none()
    if present != expected:
        return Overtaken(present)
    number = int(connection.execute(select(func.coalesce(func.max(RELEASE.c.number), 0))).scalar_one()) + 1
    head = ReleaseHead(number, version(proposal.documents, number), proposal.at, proposal.by, proposal.why, proposal.origin, back_to=proposal.back_to, overrides=proposal.overrides)
    digests = _store(connection, proposal.documents)
    overrides = json.dumps([asdict(one) for one in head.overrides], ensure_ascii=False)
    connection.execute(
        insert(RELEASE).values(number=number, version=head.version, at=head.at, by=head.by[:64], why=head.why, origin=head.origin, back_to=head.back_to, overrides=overrides)
    )
    connection.execute(insert(RELEASE_DOCUMENT), [{"number": number, "path": path, "digest": digest} for path, digest in digests.items()])
    connection.execute(update(LIVE).values(number=number))
    record(connection, Deed(head.at, head.by, "rolled-back" if head.origin == "rollback" else "published", f"release {number}"))
    return Release(head, dict(proposal.documents))


def expire(connection: Connection, now: datetime, *, days: int) -> int:
    """Erase releases older than `days`, but never the live one, and the texts that only they had; return how many."""
    numbers = select(RELEASE.c.number).where(RELEASE.c.at < now - timedelta(days=days), RELEASE.c.number.notin_(select(LIVE.c.number).where(LIVE.c.number.is_not(None))))
    old = list(connection.execute(numbers).scalars())
    if old:
        connection.execute(delete(RELEASE_DOCUMENT).where(RELEASE_DOCUMENT.c.number.in_(old)))
        connection.execute(delete(RELEASE).where(RELEASE.c.number.in_(old)))
        connection.execute(delete(BLOB).where(BLOB.c.digest.notin_(select(RELEASE_DOCUMENT.c.digest))))
    return len(old)


def imported(connection: Connection) -> tuple[dict[str, str], dict[str, str]]:
    """Return the digests of the files as they were last taken over, and of those that an editor decided against."""
    rows = connection.execute(select(FILE)).all()
    return {row.path: row.digest for row in rows}, {row.path: row.waived for row in rows if row.waived}


def note_imported(connection: Connection, files: Mapping[str, str | None]) -> None:
    """Note that the files at these paths were taken over as they are (None: they are gone)."""
    _forget(connection, files)
    rows = [{"path": path, "digest": digest_of(text), "waived": None} for path, text in files.items() if text is not None]
    if rows:
        connection.execute(insert(FILE), rows)


def waive(connection: Connection, path: str, text: str | None) -> None:
    """Note that an editor keeps the page's document against the file's text, until the file changes again."""
    done = connection.execute(update(FILE).where(FILE.c.path == path).values(waived=digest_of(text)))
    if not done.rowcount:
        connection.execute(insert(FILE).values(path=path, digest="", waived=digest_of(text)))


def _forget(connection: Connection, paths: Iterable[str]) -> None:
    for path in paths:
        connection.execute(delete(FILE).where(FILE.c.path == path))


def _store(connection: Connection, documents: Documents) -> dict[str, str]:
    digests = {path: digest_of(text) for path, text in documents.items()}
    texts = {digest: documents[path] for path, digest in digests.items()}
    known = set(connection.execute(select(BLOB.c.digest).where(BLOB.c.digest.in_(list(texts)))).scalars())
    new = [{"digest": digest, "text": text} for digest, text in texts.items() if digest not in known]
    if new:
        connection.execute(insert(BLOB), new)
    return digests


def _head(row: object) -> ReleaseHead:
    get = row._mapping  # type: ignore[attr-defined]  # noqa: SLF001 -- SQLAlchemy's public name for a row's values by column
    overrides = tuple(Override(**one) for one in json.loads(get["overrides"]))
    return ReleaseHead(get["number"], get["version"], get["at"], get["by"], get["why"], get["origin"], get["back_to"], overrides)
