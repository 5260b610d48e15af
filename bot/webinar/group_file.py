"""Groups the questions of one file: what `guichet webinar group FILE` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.webinar.describing import describe
from bot.webinar.grouping import Grouper
from bot.webinar.reading_in.asked import Imported
from bot.webinar.reading_in.read import read_in
from bot.webinar.receiving import receive, understand
from bot.webinar.session import InGroup, Session
from bot.webinar.understanding import Understands

ONCE = b"one file, nothing kept"  # keys are compared with nothing here


def group_file(data: bytes, understands: Understands, *, mapping: Mapping[str, str | int] | None = None) -> tuple[dict[str, Any], Imported]:
    """Return the contract's ``{"groups": […], "set_aside": […]}`` for the questions in `data`, and what was read, faults and all."""
    imported = read_in(data, secret=ONCE, mapping=mapping)
    grouper = Grouper(understands.intents)
    for understood in understand(imported.asked, understands):
        receive(grouper, understood, understands.intents)
    return as_json(grouper.session, understands), imported


def as_json(session: Session, understands: Understands) -> dict[str, Any]:
    """Return the groups of `session`, the largest first, and the rows that stand in none."""
    groups = [(group, describe(session, group, understands.intents)) for group in session.open_groups()]
    rows = {group.id: sorted({session.questions[member].message for member in group.members}) for group, _ in groups}
    groups.sort(key=lambda pair: (-len(rows[pair[0].id]), rows[pair[0].id]))
    return {
        "groups": [
            {
                "head": found.head.text,
                "rows": rows[group.id],
                "entry": found.match.entry,
                "confidence": round(found.match.confidence, 3),
                "languages": list(found.locales),
            }
            for group, found in groups
        ],
        "set_aside": [{"row": session.questions[question].message, "why": place.why} for question, place in session.places.items() if not isinstance(place, InGroup)],
    }
