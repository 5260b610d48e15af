"""Reads questions from JSON lines: the forms of `data/golden`, and those with a ``label`` that evaluation sets have."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.evaluation.cases import Case, Known
from bot.i18n.locale import LOCALES, Locale

_LABELS = {"out_of_notice": "not-in-notice", "injection": "out-of-scope"}
_OUTCOMES = {"meets": "meets", "fails": "fails", "boundary_21": "depends"}


class BadCases(ValueError):
    """A line cannot be used; the message names the file, the line and why."""


@dataclass(frozen=True)
class _Line:
    """One line of a file, with what to call it."""

    name: str
    locale: Locale | None
    known: Known


def read_cases(paths: Iterable[Path], known: Known) -> list[Case]:
    """Return the questions of `paths` in order; raises `BadCases` naming the first line that cannot be used."""
    found: list[Case] = []
    for path in paths:
        ending = path.stem.rpartition("-")[2]  # fr.jsonl, multi-fr.jsonl
        locale = next((locale for locale in LOCALES if locale == ending), None)
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise BadCases(f"{path}: {error}") from error
        for number, text in enumerate(lines, 1):
            if text.strip():
                found += _read(text, _Line(f"{path.name}:{number}", locale, known), path)
    return found


def _read(text: str, line: _Line, path: Path) -> list[Case]:
    try:
        raw = json.loads(text)
        return list(_cases(raw, line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        why = f"has no {error}" if isinstance(error, KeyError) else str(error)
        raise BadCases(f"{path}, line {line.name.rpartition(':')[2]}: {why}") from error


def _cases(raw: Mapping[str, Any], line: _Line) -> Iterator[Case]:
    if "turns" in raw:
        name = str(raw.get("id", line.name))
        for number, turn in enumerate(raw["turns"], 1):
            case = _labelled({**turn, "text": turn["user"], "id": f"{name}.{number}"}, line)
            yield replace(case, dialogue=name)
    elif "labels" in raw or "entries" in raw:
        wanted = tuple(_label(name, line) for name in raw.get("labels") or raw["entries"])
        yield Case(str(raw.get("id", line.name)), _text(raw), _locale(raw, line), "several", wanted)
    elif "label" in raw:
        yield _labelled(raw, line)
    else:
        label = _label(raw["entry"], line)
        family = "injection" if raw.get("set") == "injection" else line.known.family(label)
        yield Case(str(raw.get("id", line.name)), _text(raw), _locale(raw, line), family, (label,), _also(raw, line))


def _labelled(raw: Mapping[str, Any], line: _Line) -> Case:
    label = _label(raw["label"], line)
    return Case(
        id=str(raw.get("id", line.name)),
        text=_text(raw),
        locale=_locale(raw, line),
        family="injection" if raw["label"] == "injection" else line.known.family(label),
        wanted=(label,),
        also=_also(raw, line),
        notice=line.known.offices.get(str(raw.get("vacancy")).lower()),
        outcome=_OUTCOMES.get(str(raw.get("verdict"))),
    )


def _text(raw: Mapping[str, Any]) -> str:
    text = raw["text"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError("the text is empty")
    return text


def _also(raw: Mapping[str, Any], line: _Line) -> tuple[str, ...]:
    return tuple(_label(name, line) for name in raw.get("also") or ())


def _label(name: str, line: _Line) -> str:
    label = _LABELS.get(name, name.replace("_", "-"))
    if label not in line.known.kinds:
        raise ValueError(f"there is no entry «{label}»")
    return label


def _locale(raw: Mapping[str, Any], line: _Line) -> Locale:
    tag = raw.get("lang") or raw.get("language") or line.locale
    if tag not in LOCALES:
        raise ValueError(f'the language is {tag!r}; give "lang", or end the file\'s name in -en or -fr')
    return "fr" if tag == "fr" else "en"
