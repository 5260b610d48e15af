"""What an imported notice changes against one that is known: an earlier import, or the notice of the content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from bot.content.facts import Fact
from bot.content.lexicon import plain
from bot.content.model import Notice
from bot.content.notice_import.draft import Imported
from bot.i18n.locale import Locale

_OURS = frozenset({"documents", "desirable"})  # in the content these are our words: only their number can be compared
_SEVERAL = frozenset({"webinar-start", "webinar-link"})


@dataclass(frozen=True)
class Change:
    """One fact that is new, gone or different; `line` is that of the import."""

    id: str
    language: Locale
    what: Literal["added", "changed", "removed"]
    was: Any
    now: Any
    line: int | None = None
    section: str | None = None


def changes(new: Imported, old: Imported | Notice) -> tuple[Change, ...]:
    """Return what `new` states differently from `old`, in the languages of `new`; empty where nothing changed."""
    found = []
    before = _of_import(old) if isinstance(old, Imported) else _of_notice(old)
    counted = not isinstance(old, Imported)
    for identifier in dict.fromkeys([*(fact.id for fact in new.facts), *(key for key, _ in before)]):
        for language in new.languages:
            facts = new.of(identifier, language)
            was = before.get((identifier, language))
            now = [fact.value for fact in facts] if len(facts) > 1 else facts[0].value if facts else None
            line, section = (facts[0].line, facts[0].section) if facts else (None, None)
            if now is None and was is not None:
                found.append(Change(identifier, language, "removed", was, None))
            elif now is not None and was is None:
                found.append(Change(identifier, language, "added", None, now, line, section))
            elif not _equal(identifier, was, now, counted=counted):
                found.append(Change(identifier, language, "changed", was, now, line, section))
    return tuple(found)


def _equal(identifier: str, was: Any, now: Any, *, counted: bool) -> bool:
    if counted and identifier in _OURS and isinstance(was, list) and isinstance(now, list):
        return len(was) == len(now)
    return bool(_plain(was) == _plain(now))


def _plain(value: Any) -> Any:
    """Return `value` without what two printings may differ in: apostrophes, spaces, dashes, trailing noughts."""
    if isinstance(value, dict):
        return {key: float(part) if key == "amount" else part for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value] if len(value) != 1 else _plain(value[0])
    return re.sub(r"\s+", " ", plain(value)).strip() if isinstance(value, str) else value


def _of_import(old: Imported) -> dict[tuple[str, Locale], Any]:
    stated: dict[tuple[str, Locale], Any] = {}
    for fact in old.facts:
        values = [one.value for one in old.of(fact.id, fact.language)]
        stated[fact.id, fact.language] = values if fact.id in _SEVERAL and len(values) > 1 else values[0]
    return stated


def _of_notice(old: Notice) -> dict[tuple[str, Locale], Any]:
    return {(fact.id, locale): _as_drafted(fact, locale) for fact in old.facts.values() for locale in old.published_in if fact.id in _IMPORTED}


_IMPORTED = frozenset(
    (
        "reference",
        "title",
        "body",
        "location",
        "schedule",
        "deadline",
        "stipend",
        "grade",
        "clearance",
        "webinar-start",
        "webinar-link",
        "duration-months",
        "start-dates",
        "hours-per-week",
        "max-applications",
        "minimum-age",
        "study-years",
        "graduate-months",
        "languages",
        "drafting-language",
        "documents",
        "competencies",
        "desirable",
    )
)


def _as_drafted(fact: Fact, locale: Locale) -> Any:
    value = fact.value(locale)
    if fact.type == "instant":
        return value.isoformat(timespec="minutes")
    if fact.type == "money":
        return {"amount": str(value.amount), "currency": value.currency, "per": value.per}
    if fact.type == "months":
        return [str(month) for month in value]
    return list(value) if isinstance(value, tuple) else value
