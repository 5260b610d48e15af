"""Conversations that several processes share: what the next turn leans on. Never a message; the key is a hash, so a stolen table opens no conversation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, String, Table, Text, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.records.tables import METADATA, Moment

CONVERSATION = Table(
    "conversation",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("memory", Text, nullable=False),
    Column("used", Moment, nullable=False, index=True),
)


def load(connection: Connection, key: str) -> tuple[datetime, Mapping[str, Any]] | None:
    """Return when the conversation `key` was last used, and its memory."""
    row = connection.execute(select(CONVERSATION.c.used, CONVERSATION.c.memory).where(CONVERSATION.c.key == _hashed(key))).one_or_none()
    return (row.used, json.loads(row.memory)) if row else None


def save(connection: Connection, key: str, memory: Mapping[str, Any], *, now: datetime) -> None:
    """Keep the conversation `key` as it is now."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = insert(CONVERSATION).values(key=_hashed(key), memory=json.dumps(dict(memory)), used=now)
    connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"memory": row.excluded.memory, "used": row.excluded.used}))


def forget(connection: Connection, key: str) -> bool:
    """Erase the conversation `key`; tells whether there was one."""
    return bool(connection.execute(delete(CONVERSATION).where(CONVERSATION.c.key == _hashed(key))).rowcount)


def expire(connection: Connection, now: datetime, *, silence_minutes: int) -> int:
    """Erase conversations that have been silent for too long; return how many."""
    return int(connection.execute(delete(CONVERSATION).where(CONVERSATION.c.used < now - timedelta(minutes=silence_minutes))).rowcount)


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
