"""Every problem of the content at once, in plain words, each with its place and a way to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.content.check.agreement import check_agreement
from bot.content.check.dates import check_dates
from bot.content.check.facts import check_facts
from bot.content.check.length import check_length
from bot.content.check.phrasings import Likeness, Phrasing, check_own_phrasings, check_phrasings, close_phrasings, close_to
from bot.content.check.since import check_since
from bot.content.check.structure import check_structure, required_entries
from bot.content.check.subject import Subject
from bot.content.check.wording import check_wording
from bot.content.model import Library
from bot.content.problem import Problem
from bot.content.reader import Reader

__all__ = ["Likeness", "Phrasing", "close_phrasings", "close_to", "problems", "required_entries"]


def problems(
    library: Library,
    reader: Reader,
    *,
    today: date,
    phrasings: Iterable[Phrasing] = (),
    known: Iterable[Phrasing] = (),
    published: Library | None = None,
    required: Iterable[str] | None = None,
) -> list[Problem]:
    """Return every problem, by file and line, faults of reading included; `published` is the release to compare with.

    `phrasings` are compared with each other and with the entries' own; `known` with the entries' own only, which is much quicker.
    """
    subject = Subject(library, reader)
    phrasings = list(phrasings)
    found = [
        *reader.problems,
        *check_structure(subject, required_entries() if required is None else required),
        *check_facts(subject),
        *check_agreement(subject),
        *check_wording(subject),
        *check_length(subject),
        *check_dates(subject, today=today),
        *check_phrasings(phrasings),
        *check_own_phrasings(subject, [*phrasings, *known]),
        *(check_since(subject, published) if published else ()),
    ]
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda one: (one.file, one.line, one.severity, one.rule, one.language or "", one.message))
