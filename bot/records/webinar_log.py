"""What happened in a live session, in order: questions let in, moves, choices. Lines are only ever added; names and addresses are never among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text, insert, select
from sqlalchemy.engine import Connection

from bot.records.tables import METADATA, Moment

EVENT = Table(
    "webinar_event",
    METADATA,
    Column("webinar", Integer, ForeignKey("webinar.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("data", Text, nullable=False),
    Column("by", String(64), nullable=True),
    Column("at", Moment, nullable=False),
)
QUESTION = Table(
    "webinar_question",
    METADATA,
    Column("webinar", Integer, ForeignKey("webinar.id", ondelete="CASCADE"), primary_key=True),
    Column("id", String(24), primary_key=True),
    Column("message", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("locale", String(2), nullable=True),
    Column("urgent", Boolean, nullable=False),
    Column("asked_at", Moment, nullable=True),
    Column("votes", Integer, nullable=False),
    Column("key", String(64), nullable=False),
    Column("traits", LargeBinary, nullable=True),
    Column("model", String(80), nullable=False),
)


@dataclass(frozen=True)
class Line:
    """One event as kept: `data` is JSON, and says nothing of a question but its id."""

    number: int
    kind: str
    data: str
    by: str | None
    at: datetime


@dataclass(frozen=True)
class KeptQuestion:
    """One question as kept; `traits` are the bytes of what `model` made of it."""

    id: str
    message: int
    part: int
    text: str
    locale: str | None
    urgent: bool
    asked_at: datetime | None
    votes: int
    key: str
    traits: bytes | None
    model: str


def append(connection: Connection, webinar: int, lines: Sequence[Line], questions: Sequence[KeptQuestion]) -> None:
    """Add `lines` and the `questions` that they let in."""
    if questions:
        connection.execute(insert(QUESTION), [{"webinar": webinar, **vars(question)} for question in questions])
    if lines:
        connection.execute(insert(EVENT), [{"webinar": webinar, **vars(line)} for line in lines])


def lines(connection: Connection, webinar: int, *, after: int = 0) -> list[Line]:
    """Return the lines after number `after`, in order."""
    found = connection.execute(select(EVENT).where(EVENT.c.webinar == webinar, EVENT.c.number > after).order_by(EVENT.c.number))
    return [Line(row.number, row.kind, row.data, row.by, row.at) for row in found]


def questions(connection: Connection, webinar: int, *, ids: Iterable[str] | None = None) -> dict[str, KeptQuestion]:
    """Return the questions by id, all or those named."""
    wanted = select(QUESTION).where(QUESTION.c.webinar == webinar)
    rows = connection.execute(wanted if ids is None else wanted.where(QUESTION.c.id.in_(list(ids))))
    return {row.id: KeptQuestion(**{name: getattr(row, name) for name in KeptQuestion.__dataclass_fields__}) for row in rows}
