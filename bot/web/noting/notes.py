"""What is worth noting of a reply or of a verdict on it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.content.model import Library
from bot.i18n.locale import Locale, parse_locale
from bot.records.counts import HELPFUL, UNHELPFUL, Counted
from bot.records.missed import MissedKind

_MISSED: Mapping[str, MissedKind] = {"clarify": "clarify", "not_in_notice": "not_in_notice", "out_of_scope": "out_of_scope"}
_OTHER_LANGUAGE = "other-language"  # no wording of ours could answer it


@dataclass(frozen=True)
class Missed:
    """A question that was not answered, as typed: it is scrubbed before it is kept."""

    text: str
    locale: Locale
    kind: MissedKind


@dataclass(frozen=True)
class Note:
    """What one message adds to the records."""

    day: date
    counted: tuple[Counted, ...]
    missed: Missed | None = None


def of_reply(text: str | None, reply: Mapping[str, Any], library: Library, *, day: date) -> Note:
    """Return what to note of `reply` to `text` (None: a button was pressed)."""
    locale, kind = parse_locale(reply["language"]), reply["kind"]
    said = [(library.entries[block["entry"]]) for block in reply["blocks"] if block.get("entry") in library.entries]
    blocks = tuple(Counted(day, locale, entry.kind, entry.topic, entry.id) for entry in said)
    open_kind = _MISSED.get(kind) or next((_MISSED[entry.kind] for entry in said if entry.kind in _MISSED), None)
    other = any(entry.id == _OTHER_LANGUAGE for entry in said)
    missed = Missed(text, locale, open_kind) if text and open_kind and not other else None
    return Note(day, (Counted(day, locale, kind), *blocks), missed)


def of_feedback(entry: str, text: str | None, locale: Locale, library: Library, *, helpful: bool, day: date) -> Note:
    """Return what to note of a verdict on `entry` as the answer to `text` (None where the page did not say)."""
    what = HELPFUL if helpful else UNHELPFUL
    missed = Missed(text, locale, "unhelpful") if text and not helpful else None
    return Note(day, (Counted(day, locale, what), Counted(day, locale, what, library.entries[entry].topic, entry)), missed)
