"""Problems as the page shows them: beside their field, in the editor's language, each with how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bot.content.document import Document
from bot.content.problem import Problem
from bot.content.typography import NO_BREAK
from bot.i18n.catalogue import phrase, phrase_ids
from bot.i18n.locale import LOCALES, Locale

_QUOTED = re.compile(r"«\s*([^»]*?)\s*»")
_ANY = "other"


def told(problems: Iterable[Problem], document: Document | None, locale: Locale) -> list[dict[str, Any]]:
    """Return each of `problems` with its way in the form of `document` and its words in `locale`."""
    return [
        {
            "file": one.file,
            "entry": one.entry,
            "rule": one.rule,
            "severity": one.severity,
            "language": one.language,
            "way": ".".join(str(part) for part in way_of(document, one)) if document else "",
            "message": message(one, locale),
            "mend": mend(one, locale),
        }
        for one in problems
    ]


def message(problem: Problem, locale: Locale) -> str:
    """Return what is wrong; the check speaks English, in French its rule's own sentence and the words that it quotes are shown."""
    if locale == "en":
        return problem.message
    quoted = ", ".join(f"«{NO_BREAK}{part.removesuffix('|')}{NO_BREAK}»" for part in dict.fromkeys(_QUOTED.findall(problem.message)))
    words = phrase(f"check-{_rule(problem, locale)}", locale)
    return f"{words} {quoted}".strip()


def mend(problem: Problem, locale: Locale) -> str:
    """Return what to do about it."""
    return problem.mend if locale == "en" else phrase(f"mend-{_rule(problem, locale)}", locale)


def _rule(problem: Problem, locale: Locale) -> str:
    return problem.rule if f"check-{problem.rule}" in phrase_ids(locale) else _ANY


def way_of(document: Document, problem: Problem) -> tuple[str | int, ...]:
    """Return the way to the field that stands on the problem's line, in its language where the line holds both."""
    here = [way for way, line in document.lines.items() if line == problem.line and way]
    if not here:
        return ()
    if problem.language in LOCALES:
        spoken = [way for way in here if way[-1] == problem.language or problem.language in way]
        here = spoken or here
    return min(here, key=len)
