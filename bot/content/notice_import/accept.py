"""Facts of an import, taken into a notice's document: those that an editor chose, in the form that the file has."""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from bot.content.notice_import.draft import Imported
from bot.i18n.locale import LOCALES, Locale

_TYPES: dict[str, dict[str, str]] = {
    **{key: {"type": "text"} for key in ("reference", "title", "body", "location", "schedule", "grade", "clearance")},
    **{key: {"type": "instant"} for key in ("deadline", "webinar-start")},
    **{key: {"type": "list"} for key in ("documents", "competencies", "desirable")},
    **{key: {"type": "languages"} for key in ("languages", "drafting-language")},
    "stipend": {"type": "money"},
    "webinar-link": {"type": "link"},
    "duration-months": {"type": "count", "unit": "month"},
    "start-dates": {"type": "months"},
    "hours-per-week": {"type": "count", "unit": "hour"},
    "max-applications": {"type": "count"},
    "minimum-age": {"type": "bound", "unit": "year"},
    "study-years": {"type": "bound", "unit": "year"},
    "graduate-months": {"type": "bound", "unit": "month"},
}
NEEDED = ("title", "office-name", "office-short")  # answers name the notice and its office with them
_KEPT = ("office", "published_in", "time_zone", "sections")  # what notices of one kind share


def lacking(imported: Imported, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the facts that a notice cannot be answered for without, and that neither the import nor the document `values` has."""
    held = values.get("facts") or {}
    return tuple(key for key in NEEDED if key not in held and not all(imported.of(key, locale) for locale in LOCALES))


def accepted(
    imported: Imported, values: Mapping[str, Any], chosen: Collection[str], model: Mapping[str, Any], given: Mapping[str, Mapping[Locale, str]] = MappingProxyType({})
) -> dict[str, Any]:
    """Return what the facts `chosen` set in the document `values` (empty: a new notice); `model` is another notice, whose sections it shares.

    `given` are facts that an editor wrote because the notice states them nowhere. A fact that the import does not state is never made up: what only one
    language states keeps the other's old value, or stays without.
    """
    facts = copy.deepcopy(dict(values.get("facts") or {}))
    for key, words in given.items():
        facts[key] = {"type": "text", "section": "header", "value": {locale: words[locale] for locale in LOCALES}}
    for key in dict.fromkeys(fact.id for fact in imported.facts):
        if key in chosen and key in _TYPES and key not in given:
            facts[key] = _fact(imported, key, facts.get(key) or {}, (model.get("facts") or {}).get(key) or {})
    if values:
        return {"facts": facts}
    shared = {key: model[key] for key in _KEPT if key in model}
    if "office-short" in given:
        shared["office"] = re.sub(r"[^a-z0-9]+", "-", given["office-short"]["en"].lower()).strip("-") or imported.reference
    return {"id": imported.reference or "", **shared, "published_in": list(imported.languages), "facts": facts}


def _fact(imported: Imported, key: str, before: Mapping[str, Any], model: Mapping[str, Any]) -> dict[str, Any]:
    stated = {locale: facts[0] for locale in LOCALES if (facts := imported.of(key, locale))}
    made: dict[str, Any] = {**_TYPES[key], "section": before.get("section") or model.get("section") or "header"}
    made |= {name: before[name] for name in ("label", "unclear", "unit", "type", "section") if name in before}
    if "label" not in made and "label" in model:
        made["label"] = model["label"]
    value = {locale: _value(made["type"], fact.value) for locale, fact in stated.items()}
    for locale in LOCALES:
        if locale not in value and (held := _held(before.get("value"), locale)) is not None:
            value[locale] = held
    single = len({repr(part) for part in value.values()}) == 1 and made["type"] not in {"text", "list"}
    made["value"] = next(iter(value.values())) if single else value
    if made["type"] == "bound":
        comparison = {locale: fact.comparison for locale, fact in stated.items() if fact.comparison}
        made["comparison"] = _one(comparison) or before.get("comparison") or model.get("comparison") or "at-least"
    return made


def _one(comparison: Mapping[Locale, str]) -> Any:
    said = set(comparison.values())
    return next(iter(said)) if len(said) == 1 else dict(comparison)


def _held(value: Any, locale: str) -> Any:
    if isinstance(value, dict) and set(value) <= set(LOCALES):
        return value.get(locale)
    return value


def _value(kind: str, value: Any) -> Any:
    return [value] if kind in {"languages", "list"} and isinstance(value, str) else value
