"""Questions from JSON: Zoom's reporting interface, or any list of texts, also one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.webinar.reading_in.asked import Fault, Raw
from bot.webinar.reading_in.table import moment_in

MAX_DEPTH_ERRORS = (RecursionError, ValueError)  # json raises the first on nesting made to hurt
_TEXT = ("question", "text", "message", "content")


def read_json(text: str) -> tuple[list[Raw], list[Fault]] | None:
    """Return the questions of a document; None where `text` is no JSON that holds any."""
    try:
        document = json.loads(text)
    except MAX_DEPTH_ERRORS:
        return _read_lines(text)
    faults: list[Fault] = []
    raws = list(_of(document, faults))
    return (raws, faults) if raws or faults else None


def _read_lines(text: str) -> tuple[list[Raw], list[Fault]] | None:
    raws: list[Raw] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = list(_of([json.loads(line)], []))
        except MAX_DEPTH_ERRORS:
            found = []
        raws += [Raw(number, raw.text, raw.people, raw.asked_at, raw.votes) for raw in found]
        if not found:
            faults.append(Fault(number, "not-read"))
    return (raws, faults) if raws else None


def _of(document: Any, faults: list[Fault]) -> Iterator[Raw]:
    items = document.get("questions") if isinstance(document, Mapping) else document
    if not isinstance(items, list):
        return
    number = 0
    for item in items:
        for one in _askers_questions(item):
            number += 1
            raw = _raw(number, one, item)
            if raw is None:
                faults.append(Fault(number, "not-read"))
            elif _text(one.get("question_status") if isinstance(one, Mapping) else "") != "deleted":
                yield raw


def _askers_questions(item: Any) -> list[Any]:
    """Return the questions under one asker, in Zoom's form, or the item itself."""
    details = item.get("question_details") if isinstance(item, Mapping) else None
    return details if isinstance(details, list) else [item]


def _raw(number: int, one: Any, asker: Any) -> Raw | None:
    if isinstance(one, str):
        return Raw(number, one)
    if not isinstance(one, Mapping):
        return None
    text = next((_text(one[key]) for key in _TEXT if isinstance(one.get(key), str)), "")
    people = [_text(source.get(key)) for source in (asker, one) if isinstance(source, Mapping) for key in ("name", "user_name")]
    votes = one.get("votes") if isinstance(one.get("votes"), int) and not isinstance(one.get("votes"), bool) else 0
    return Raw(number, text, tuple(name for name in people if name), moment_in(_text(one.get("create_time"))), max(0, int(votes or 0)))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
