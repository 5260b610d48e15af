"""The facts of a notice as the page's form, and back; what was not touched stays as it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.content.facts import COMPARISONS, TYPES, UNITS
from bot.i18n.locale import LOCALES
from bot.web.editor.forms import MAX_ITEMS, MAX_TEXT, BadForm, Form, listed, mapping, text_of

_LISTS = frozenset({"list", "months", "languages", "territories"})


def facts_form(values: Mapping[str, Any]) -> Form:
    """Return the facts of a notice as a form: each value by language, moments on the notice's clock, lists as lists."""
    zone = _zone(values)
    return {"facts": {key: _form(mapping(raw), zone) for key, raw in mapping(values.get("facts")).items()}}


def facts_changes(form: Any, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ``facts`` that `form` makes of those in `before`; empty where nothing changed. Raises `BadForm`."""
    given = form.get("facts") if isinstance(form, dict) else None
    if not isinstance(given, dict) or len(given) > MAX_ITEMS:
        raise BadForm("facts")
    held, zone = mapping(before.get("facts")), _zone(before)
    facts = {str(key): _fact(raw, mapping(held.get(key)), zone) for key, raw in given.items()}
    return {} if facts == held else {"facts": facts}


def fact_values(kind: str, value: Mapping[str, Any], zone: ZoneInfo) -> Any:
    """Return what the file holds of values by language: one where both are the same, unless they are words."""
    typed = {locale: _typed(kind, value.get(locale), zone) for locale in LOCALES}
    return typed["en"] if typed["en"] == typed["fr"] and kind not in {"text", "list"} else typed


def _form(raw: Mapping[str, Any], zone: ZoneInfo) -> Form:
    kind, value = text_of(raw.get("type")), raw.get("value")
    by_language = isinstance(value, dict) and bool(value) and set(value) <= set(LOCALES)
    of = {locale: value.get(locale, "") if by_language and isinstance(value, dict) else value for locale in LOCALES}
    return {
        "type": kind,
        "section": text_of(raw.get("section")),
        "unit": text_of(raw.get("unit")),
        "value": {locale: _shown(kind, of[locale], zone) for locale in LOCALES},
        "comparison": _words(raw.get("comparison")),
        "label": _words(raw.get("label")),
        "unclear": _words(raw.get("unclear")),
    }


def _shown(kind: str, value: Any, zone: ZoneInfo) -> Any:
    if kind == "instant":
        try:
            return datetime.fromisoformat(str(value)).astimezone(zone).strftime("%Y-%m-%dT%H:%M")
        except ValueError:
            return str(value)
    if kind == "money":
        return {key: str(mapping(value).get(key, "")) for key in ("amount", "currency", "per")}
    if kind in _LISTS:
        return [str(item) for item in value] if isinstance(value, list) else []
    return str(value if value is not None else "")


def _fact(raw: Any, before: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    if not isinstance(raw, dict) or raw.get("type") not in TYPES or not isinstance(raw.get("value"), dict):
        raise BadForm("fact")
    shown = _form(before, zone) if before else {}
    if shown and all(raw.get(key, shown[key]) == shown[key] for key in shown):
        return dict(before)
    made: dict[str, Any] = {"type": raw["type"]}
    if raw.get("unit") in UNITS:
        made["unit"] = raw["unit"]
    made |= {"section": _bounded(raw.get("section")), "value": before["value"] if shown and raw["value"] == shown["value"] else fact_values(raw["type"], raw["value"], zone)}
    comparison = _words(raw.get("comparison"))
    if raw["type"] == "bound" and all(word in COMPARISONS for word in comparison.values()):
        made["comparison"] = comparison["en"] if comparison["en"] == comparison["fr"] else comparison
    for key in ("label", "unclear"):
        said = {locale: text for locale, text in _words(raw.get(key)).items() if text}
        if said:
            made[key] = said
    return {key: made[key] for key in [*(key for key in before if key in made), *(key for key in made if key not in before)]}


def _typed(kind: str, value: Any, zone: ZoneInfo) -> Any:
    """Return a value as the file holds it; what does not fit its type is kept as a text, for the check to name."""
    if kind in _LISTS:
        return listed(value)
    if kind == "money":
        return {key: _bounded(mapping(value).get(key)) for key in ("amount", "currency", "per")}
    text = _bounded(value)
    if kind in {"count", "bound"}:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
    if kind == "instant":
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat(timespec="minutes")
    return text


def _zone(values: Mapping[str, Any]) -> ZoneInfo:
    try:
        return ZoneInfo(str(values.get("time_zone")))
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("Europe/Brussels")


def _words(value: Any) -> dict[str, str]:
    return {locale: text_of(value if isinstance(value, str) else mapping(value).get(locale)) for locale in LOCALES}


def _bounded(value: Any) -> str:
    return text_of(str(value) if isinstance(value, int | str) else "")[:MAX_TEXT]
