"""An entry or a notice as the page's form, and back: plain values, checked before anything is made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.content.facts import COMPARISONS, TYPES, UNITS
from bot.i18n.locale import LOCALES

MAX_TEXT = 20_000
MAX_ITEMS = 500
Form = dict[str, Any]


class BadForm(ValueError):
    """What was sent is no form of ours: a fault of a script, never of an editor."""


def entry_form(values: Mapping[str, Any]) -> Form:
    """Return everything that the page lets an editor change in an entry, with what a file may leave out."""
    notices = values.get("notices", "all")
    return {
        "kind": _text(values.get("kind") or "answer"),
        "topic": _text(values.get("topic")),
        "notices": "all" if notices == "all" else _listed(notices),
        "together": values.get("scope") == "together",
        "sections": _listed(values.get("sections")),
        "links": _listed(values.get("links")),
        "related": _listed(values.get("related")),
        "closes": bool(values.get("closes", False)),
        "criterion": _text(values.get("criterion")),
        "review_by": _text(values.get("review_by")),
        "question": _words(values.get("question")),
        "phrasings": {locale: _listed(_mapping(values.get("phrasings")).get(locale)) for locale in LOCALES},
        "answers": [{"when": _text(_mapping(answer).get("when")), **_words(answer)} for answer in values.get("answers") or [{}] if isinstance(answer, dict)],
        "notes": _text(values.get("notes")),
    }


def entry_changes(form: Any, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `form` sets in the values `before`: None takes a key out; what says no more than its absence stays absent. Raises `BadForm`."""
    given = entry_form(_checked_entry(form))
    was = entry_form(before)
    said: dict[str, Any] = {}
    for key, value in given.items():
        if value != was[key] or (key == "topic" and "topic" not in before):
            said |= _SAYS.get(key, _says_plainly)(key, value)
    return said


def _says_plainly(key: str, value: Any) -> dict[str, Any]:
    return {key: value or None}


def _says_kind(key: str, value: Any) -> dict[str, Any]:
    return {"kind": None if value == "answer" else value}


def _says_notices(key: str, value: Any) -> dict[str, Any]:
    return {"notices": None if value == "all" else value}


def _says_together(key: str, value: Any) -> dict[str, Any]:
    return {"scope": "together" if value else None}


def _says_phrasings(key: str, value: Any) -> dict[str, Any]:
    held = {locale: texts for locale, texts in value.items() if texts}
    return {"phrasings": held or None}


def _says_answers(key: str, value: Any) -> dict[str, Any]:
    return {"answers": [{part: text for part, text in answer.items() if text or part != "when"} for answer in value]}


def _says_question(key: str, value: Any) -> dict[str, Any]:
    return {"question": value}


_SAYS: dict[str, Callable[[str, Any], dict[str, Any]]] = {
    "kind": _says_kind,
    "notices": _says_notices,
    "together": _says_together,
    "phrasings": _says_phrasings,
    "answers": _says_answers,
    "question": _says_question,
}


def facts_form(values: Mapping[str, Any]) -> Form:
    """Return the facts of a notice as the page's form: every value by language, lists as lists."""
    return {"facts": {key: _fact_form(_mapping(raw)) for key, raw in _mapping(values.get("facts")).items()}}


def _fact_form(raw: Mapping[str, Any]) -> Form:
    value = raw.get("value")
    return {
        "type": _text(raw.get("type")),
        "section": _text(raw.get("section")),
        "unit": _text(raw.get("unit")),
        "value": {locale: _plain(value.get(locale, "") if isinstance(value, dict) and _by_language(value) else value) for locale in LOCALES},
        "comparison": _words_of(raw.get("comparison")),
        "label": _words_of(raw.get("label")),
        "unclear": _words_of(raw.get("unclear")),
    }


def facts_changes(form: Any, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ``facts`` that `form` makes of those in `before`: what is equal stays as it is written. Raises `BadForm`."""
    given = form.get("facts") if isinstance(form, dict) else None
    if not isinstance(given, dict) or len(given) > MAX_ITEMS:
        raise BadForm("facts")
    held = _mapping(before.get("facts"))
    facts = {str(key): _fact(raw, _mapping(held.get(key))) for key, raw in given.items()}
    return {} if facts == held else {"facts": facts}


def _fact(raw: Any, before: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(raw, dict) or raw.get("type") not in TYPES or not isinstance(raw.get("value"), dict):
        raise BadForm("fact")
    if before and _same(_fact_form(before), raw):
        return dict(before)
    value = {locale: _typed(raw["type"], raw["value"].get(locale)) for locale in LOCALES}
    made: dict[str, Any] = {"type": raw["type"], "section": _bounded(raw.get("section"))}
    if raw.get("unit") in UNITS:
        made["unit"] = raw["unit"]
    made["value"] = value["en"] if value["en"] == value["fr"] and raw["type"] not in {"text", "list"} else value
    comparison = _words_of(raw.get("comparison"))
    if raw["type"] == "bound" and all(word in COMPARISONS for word in comparison.values()):
        made["comparison"] = comparison["en"] if comparison["en"] == comparison["fr"] else comparison
    for key in ("label", "unclear"):
        held = {locale: text for locale, text in _words_of(raw.get(key)).items() if text}
        if held:
            made[key] = held
    return made


def _same(one: Form, other: Mapping[str, Any]) -> bool:
    return all(one[key] == other.get(key, one[key]) for key in one)


def _typed(kind: str, value: Any) -> Any:
    """Return a value from the form as the file holds it; what does not fit its type is kept as a text, for the check to name."""
    if kind in {"count", "bound"}:
        text = _bounded(value)
        return int(text) if text.isascii() and text.isdigit() else text
    if kind in {"list", "months", "languages", "territories"}:
        return _listed(value)
    if kind == "money":
        held = _mapping(value)
        return {key: _bounded(held.get(key)) for key in ("amount", "currency", "per")}
    return _bounded(value)


def _checked_entry(form: Any) -> Form:
    if not isinstance(form, dict):
        raise BadForm("entry")
    for key in ("kind", "topic", "criterion", "review_by", "notes"):
        if not isinstance(form.get(key, ""), str) or len(form.get(key, "")) > MAX_TEXT:
            raise BadForm(key)
    for key in ("sections", "links", "related"):
        _check_texts(key, form.get(key, []))
    if form.get("notices", "all") != "all":
        _check_texts("notices", form["notices"])
    answers = form.get("answers", [])
    if not isinstance(answers, list) or len(answers) > MAX_ITEMS:
        raise BadForm("answers")
    for words in (form.get("question", {}), *answers):
        _check_texts("words", list(words.values()) if isinstance(words, dict) else None)
    phrasings = form.get("phrasings", {})
    for locale in LOCALES:
        _check_texts("phrasings", phrasings.get(locale, []) if isinstance(phrasings, dict) else None)
    return form | {"scope": "together" if form.get("together") else None}


def _check_texts(key: str, texts: Any) -> None:
    if not isinstance(texts, list) or len(texts) > MAX_ITEMS or not all(isinstance(text, str) and len(text) <= MAX_TEXT for text in texts):
        raise BadForm(key)


def _by_language(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and set(value) <= set(LOCALES)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): str(part) for key, part in value.items()}
    return [str(item) for item in value] if isinstance(value, list) else str(value if value is not None else "")


def _words(value: Any) -> dict[str, str]:
    return {locale: _text(_mapping(value).get(locale)) for locale in LOCALES}


def _words_of(value: Any) -> dict[str, str]:
    return dict.fromkeys(LOCALES, value) if isinstance(value, str) else _words(value)


def _text(value: Any) -> str:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def _bounded(value: Any) -> str:
    return _text(str(value) if isinstance(value, int | str) else "")[:MAX_TEXT]


def _listed(value: Any) -> list[str]:
    return [_text(item) for item in value if isinstance(item, str) and item.strip()][:MAX_ITEMS] if isinstance(value, list) else []


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
