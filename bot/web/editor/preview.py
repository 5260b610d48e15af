"""An entry as the widget would show it: in both languages, for a notice, on a day. The draft's words, the live path."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.content.facts import Fact
from bot.content.model import Library, Notice
from bot.content.wording import UnknownFact, UnknownFormat, formats, in_words
from bot.dialogue.compose import say
from bot.dialogue.turn import Turn
from bot.i18n.locale import LOCALES, Locale


def previews(library: Library, entry: str, *, notice: str | None, now: datetime) -> dict[str, Any]:
    """Return by language the contract's ``reply`` that the entry gives; None where it concerns no notice, or a fact in it cannot be put into words."""
    return {locale: _reply(library, entry, locale, notice, now) for locale in LOCALES}


def _reply(library: Library, entry: str, locale: Locale, notice: str | None, now: datetime) -> dict[str, Any] | None:
    found = library.entries.get(entry)
    if found is None or not found.answers or not any(found.concerns(one) for one in library.notices.values()):
        return None
    try:
        return say(Turn(library, locale, now, page=notice if notice in library.notices else None), [entry]).as_json()
    except (UnknownFact, UnknownFormat):  # the check names it, and how to mend it
        return None


def facts_in_words(library: Library) -> list[dict[str, Any]]:
    """Return every way to insert a fact: what is written in braces, its type, and its words by notice and language."""
    notices = list(library.notices.values())
    keys = dict.fromkeys([*(key for notice in notices for key in notice.facts), *library.curated])
    rows = []
    for key in keys:
        of_notices = {notice.reference: notice.facts[key] for notice in notices if key in notice.facts}
        first = next(iter(of_notices.values()), None) or library.curated[key]
        for form in dict.fromkeys(formats(first.type)):
            said = {notice.reference: _said(of_notices.get(notice.reference) or library.curated.get(key), form, notice) for notice in notices}
            rows.append({"fact": key, "form": form, "insert": f"{{{key}|{form}}}" if form else f"{{{key}}}", "type": first.type, "says": said})
    return rows


def _said(fact: Fact | None, form: str, notice: Notice) -> Mapping[Locale, str] | None:
    if fact is None:
        return None
    try:
        return {locale: in_words(fact, locale, form, zone=notice.zone) for locale in LOCALES}
    except ValueError:  # a count without a unit has no form «unit»
        return None
