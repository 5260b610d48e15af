"""What is erased when its end has come: one row for each kind of record, carried out by the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.engine import Connection

from bot.records import conversations, counts, deeds, drafts, logins, missed, releases, webinars
from bot.records.database import Database
from bot.records.logins import Ends
from bot.settings import Settings

Eraser = Callable[[Connection, datetime, Settings], int]
ERASERS: Mapping[str, Eraser] = {
    "conversations": lambda connection, now, settings: conversations.expire(connection, now, silence_minutes=settings.silence_minutes),
    "logins": lambda connection, now, settings: logins.expire(connection, now, ends=Ends(settings.login_idle_minutes, settings.login_hours)),
    "deeds": lambda connection, now, settings: deeds.expire(connection, now, days=settings.deeds_days),
    "missed": lambda connection, now, settings: missed.expire(connection, now, days=settings.missed_days),
    "webinars": lambda connection, now, settings: webinars.expire(connection, now, days=settings.webinar_days),
    "counts": lambda connection, now, settings: counts.expire(connection, now, days=settings.counts_days),
    "drafts": lambda connection, now, settings: drafts.expire(connection, now, days=settings.draft_days),
    "releases": lambda connection, now, settings: releases.expire(connection, now, days=settings.release_days),
}


def expire(database: Database, now: datetime, settings: Settings) -> dict[str, int]:
    """Erase what has come to its end by `now`; return how many of each kind. Each kind is erased on its own, so that none waits for another."""
    erased = {}
    for name, erase in ERASERS.items():
        with database.begin() as connection:
            erased[name] = erase(connection, now, settings)
    return erased
