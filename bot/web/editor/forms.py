"""An entry as the page's form, and back: plain values, checked before anything is made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

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
        "kind": text_of(values.get("kind") or "answer"),
        "topic": text_of(values.get("topic")),
        "notices": "all" if notices == "all" else listed(notices),
        "together": values.get("scope") == "together",
        "sections": listed(values.get("sections")),
        "links": listed(values.get("links")),
        "related": listed(values.get("related")),
        "closes": bool(values.get("closes", False)),
        "criterion": text_of(values.get("criterion")),
        "review_by": text_of(values.get("review_by")),
        "question": _words(values.get("question")),
        "phrasings": {locale: listed(mapping(values.get("phrasings")).get(locale)) for locale in LOCALES},
        "answers": [{"when": text_of(mapping(answer).get("when")), **_words(answer)} for answer in values.get("answers") or [{}] if isinstance(answer, dict)],
        "notes": text_of(values.get("notes")),
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


def _words(value: Any) -> dict[str, str]:
    return {locale: text_of(mapping(value).get(locale)) for locale in LOCALES}


def text_of(value: Any) -> str:
    """Return a text with one kind of line end and no spaces around; nothing for what is no text."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def listed(value: Any) -> list[str]:
    """Return the texts of a list, without the empty ones."""
    return [text_of(item) for item in value if isinstance(item, str) and item.strip()][:MAX_ITEMS] if isinstance(value, list) else []


def mapping(value: Any) -> dict[str, Any]:
    """Return `value` if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}
