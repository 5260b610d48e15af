"""Questions that could not be answered, without personal data and without a conversation, and what an editor decided about each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import Column, Date, Integer, String, Table, Text, UniqueConstraint, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.i18n.locale import Locale, parse_locale
from bot.records.deeds import Deed, record
from bot.records.tables import METADATA, Moment

MissedKind = Literal["clarify", "not_in_notice", "out_of_scope", "unhelpful"]
MISSED_KINDS: tuple[MissedKind, ...] = get_args(MissedKind)
Verdict = Literal["phrasing", "entry", "dismissed"]
Ranking = tuple[tuple[str, float], ...]
MISSED = Table(
    "missed",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("locale", String(2), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("alike", String(64), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("ranking", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("verdict", String(20), nullable=True),
    Column("entry", String(120), nullable=True),
    Column("by", String(64), nullable=True),
    Column("at", Moment, nullable=True),
    UniqueConstraint("day", "locale", "kind", "alike"),
)
MAX_CHARACTERS = 600  # what is longer is cut: a question is short, a letter is personal
MOST_A_DAY = 2_000  # different questions; a flood is counted, not kept
_DEEDS = {"phrasing": "missed-to-phrasing", "entry": "missed-to-entry", "dismissed": "missed-dismissed"}


@dataclass(frozen=True)
class Asked:
    """A scrubbed question as it is handed over: no moment, no conversation."""

    text: str
    locale: Locale
    kind: MissedKind
    ranking: Ranking = ()


@dataclass(frozen=True)
class MissedQuestion:
    """One wording in one language: how often and when it was asked, as what it counted, and what came into question."""

    ids: tuple[int, ...]
    text: str
    locale: Locale
    kinds: tuple[str, ...]
    ranking: Ranking
    number: int
    first: date
    last: date


@dataclass(frozen=True)
class Decided:
    """A verdict of the last days: which questions it took off the list, by whom, and for which entry."""

    ids: tuple[int, ...]
    text: str
    locale: Locale
    verdict: str
    entry: str | None
    by: str
    at: datetime


def keep(connection: Connection, asked: Asked, *, day: date) -> bool:
    """Keep `asked`, or count it once more if it was asked that day already; False when the day has had its fill.

    Words that were dismissed stay dismissed.
    """
    text = asked.text.strip()[:MAX_CHARACTERS]
    alike = hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8", "replace")).hexdigest()
    same = (MISSED.c.day == day) & (MISSED.c.locale == asked.locale) & (MISSED.c.kind == asked.kind) & (MISSED.c.alike == alike)
    if connection.execute(update(MISSED).where(same).values(number=MISSED.c.number + 1)).rowcount:
        return True
    if not text or connection.execute(select(func.count()).where(MISSED.c.day == day)).scalar_one() >= MOST_A_DAY:
        return False
    before = select(MISSED.c.by, MISSED.c.at).where(MISSED.c.alike == alike, MISSED.c.locale == asked.locale, MISSED.c.verdict == "dismissed").limit(1)
    dismissed = connection.execute(before).one_or_none()
    verdict = {"verdict": "dismissed", "by": dismissed.by, "at": dismissed.at} if dismissed else {}
    row = {"day": day, "locale": asked.locale, "kind": asked.kind, "alike": alike, "text": text, "ranking": json.dumps(asked.ranking), "number": 1}
    connection.execute(insert(MISSED).values(**row, **verdict))
    return True


def waiting(connection: Connection, limit: int = 1_000) -> tuple[MissedQuestion, ...]:
    """Return the questions that nobody has decided about, the latest `limit` wordings, the latest first."""
    found: dict[tuple[str, str], MissedQuestion] = {}
    for row in connection.execute(select(MISSED).where(MISSED.c.verdict.is_(None)).order_by(MISSED.c.day.desc(), MISSED.c.id.desc())):
        key = (row.alike, row.locale)
        if key in found:
            found[key] = _with(found[key], row)
        elif len(found) < limit:
            found[key] = MissedQuestion((row.id,), row.text, parse_locale(row.locale), (row.kind,), _ranking(row.ranking), row.number, row.day, row.day)
    return tuple(found.values())


def decide(connection: Connection, ids: Collection[int], verdict: Verdict, *, by: str, now: datetime, entry: str | None = None) -> int:
    """Take the questions `ids` off the list; return how many were still on it: another editor may have been quicker."""
    decided = {"verdict": verdict, "entry": entry, "by": by, "at": now}
    number = int(connection.execute(update(MISSED).where(MISSED.c.id.in_(ids), MISSED.c.verdict.is_(None)).values(**decided)).rowcount)
    if number:
        record(connection, Deed(now, by, _DEEDS[verdict], entry or ""))
    return number


def reopen(connection: Connection, ids: Collection[int], *, by: str, now: datetime) -> int:
    """Put questions back on the list; return how many."""
    blank = {"verdict": None, "entry": None, "by": None, "at": None}
    number = int(connection.execute(update(MISSED).where(MISSED.c.id.in_(ids), MISSED.c.verdict.is_not(None)).values(**blank)).rowcount)
    if number:
        record(connection, Deed(now, by, "missed-reopened", ""))
    return number


def decided(connection: Connection, limit: int = 20) -> tuple[Decided, ...]:
    """Return the last verdicts, the newest first; questions decided about together are one."""
    rows = connection.execute(select(MISSED).where(MISSED.c.verdict.is_not(None)).order_by(MISSED.c.at.desc(), MISSED.c.id.desc()).limit(50 * limit))
    found: dict[tuple[Any, ...], Decided] = {}
    for row in rows:
        key = (row.at, row.by, row.verdict, row.entry)
        one = found.get(key) or Decided((), row.text, parse_locale(row.locale), row.verdict, row.entry, row.by, row.at)
        found[key] = replace(one, ids=(*one.ids, row.id))
    return tuple(found.values())[:limit]


def expire(connection: Connection, now: datetime, *, days: int) -> int:
    """Erase questions older than `days`, decided about or not; return how many."""
    return int(connection.execute(delete(MISSED).where(MISSED.c.day < (now - timedelta(days=days)).date())).rowcount)


def _with(question: MissedQuestion, row: Any) -> MissedQuestion:
    kinds = question.kinds if row.kind in question.kinds else (*question.kinds, row.kind)
    dates = {"first": min(question.first, row.day), "last": max(question.last, row.day)}
    return replace(question, ids=(*question.ids, row.id), kinds=kinds, number=question.number + row.number, **dates)


def _ranking(text: str) -> Ranking:
    rows: Sequence[tuple[str, float]] = json.loads(text)
    return tuple((str(entry), float(confidence)) for entry, confidence in rows)
