"""A curated answer in both languages, as a moderator copies it, a speaker reads it and a participant gets it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.content.model import Entry, Library, Notice
from bot.content.render import render
from bot.i18n.locale import LOCALES, Locale


def answer_json(library: Library, entry: Entry, notice: str | None, locale: Locale, *, now: datetime) -> dict[str, Any]:
    """Return the answer of `entry` in `locale`, for `notice` where the session is about one."""
    rendered = render(library, entry, _notices(library, notice), locale, now=now)
    return {
        "entry": entry.id,
        "question": entry.question[locale],
        "text": rendered.text,
        "state": rendered.state,
        "sources": [{"notice": source.notice, "section": source.section} for source in rendered.sources],
        "links": [{"label": link.label, "url": link.url} for link in rendered.links],
    }


def answers_json(library: Library, entry: Entry, notice: str | None, *, now: datetime) -> Mapping[Locale, dict[str, Any]]:
    """Return the answer in both languages."""
    return {locale: answer_json(library, entry, notice, locale, now=now) for locale in LOCALES}


def answering_entries(library: Library) -> dict[str, Entry]:
    """Return the entries that answer a question: facts of the notices, and what the service refuses to do."""
    return {entry.id: entry for entry in library.entries.values() if entry.kind in {"answer", "refusal"}}


def _notices(library: Library, notice: str | None) -> tuple[Notice, ...]:
    return (library.notices[notice],) if notice and notice in library.notices else tuple(library.notices.values())
