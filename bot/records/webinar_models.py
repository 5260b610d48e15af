"""Which intents a model's kept probabilities speak of, so that a session can be shown before any model is loaded."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, insert, select
from sqlalchemy.engine import Connection

from bot.records.tables import METADATA

MODEL = Table(
    "webinar_model",
    METADATA,
    Column("webinar", Integer, ForeignKey("webinar.id", ondelete="CASCADE"), primary_key=True),
    Column("model", String(80), primary_key=True),
    Column("intents", Text, nullable=False),
)


def note(connection: Connection, webinar: int, model: str, intents: Sequence[str]) -> None:
    """Keep the order of `model`'s intents, once."""
    if model not in orders(connection, webinar):
        connection.execute(insert(MODEL).values(webinar=webinar, model=model, intents=json.dumps(list(intents))))


def orders(connection: Connection, webinar: int) -> dict[str, tuple[str, ...]]:
    """Return the intents of each model that read questions of the session."""
    return {row.model: tuple(json.loads(row.intents)) for row in connection.execute(select(MODEL).where(MODEL.c.webinar == webinar))}
