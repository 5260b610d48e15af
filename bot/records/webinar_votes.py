"""Votes of participants: one for a question and a participant, who is known by a keyed hash of a random cookie only."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, delete, func, insert, select
from sqlalchemy.engine import Connection

from bot.records.tables import METADATA

VOTE = Table(
    "webinar_vote",
    METADATA,
    Column("webinar", Integer, ForeignKey("webinar.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String(24), primary_key=True),
    Column("participant", LargeBinary(16), primary_key=True),
)
Ballot = tuple[str, bytes]  # a question and a participant


def add(connection: Connection, webinar: int, ballots: Iterable[Ballot]) -> list[Ballot]:
    """Count `ballots` and return those that were not counted before."""
    wanted = list(dict.fromkeys(ballots))
    questions = {question for question, _ in wanted}
    rows = connection.execute(select(VOTE.c.question, VOTE.c.participant).where(VOTE.c.webinar == webinar, VOTE.c.question.in_(questions)))
    known = {(row.question, bytes(row.participant)) for row in rows}
    new = [ballot for ballot in wanted if ballot not in known]
    if new:
        connection.execute(insert(VOTE), [{"webinar": webinar, "question": question, "participant": participant} for question, participant in new])
    return new


def take_back(connection: Connection, webinar: int, questions: Collection[str], participant: bytes) -> None:
    """Take the votes of `participant` for any of `questions` back, whether or not they were given."""
    connection.execute(delete(VOTE).where(VOTE.c.webinar == webinar, VOTE.c.participant == participant, VOTE.c.question.in_(questions)))


def votes(connection: Connection, webinar: int) -> list[Ballot]:
    """Return every vote."""
    return [(row.question, bytes(row.participant)) for row in connection.execute(select(VOTE).where(VOTE.c.webinar == webinar))]


def counts(connection: Connection, webinar: int) -> dict[str, int]:
    """Return how many votes each question has; those without any are left out."""
    rows = connection.execute(select(VOTE.c.question, func.count().label("number")).where(VOTE.c.webinar == webinar).group_by(VOTE.c.question))
    return {row.question: int(row.number) for row in rows}
