"""The check of documents as they would be published: the same rules as `guichet check`, on texts instead of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.content.check import Phrasing, problems
from bot.content.model import Library
from bot.content.problem import Problem
from bot.content.reader import Reader
from bot.content.release import Documents, Override

ANY = "*"  # as a key of reasons: one reason for every problem of style
_PATH = re.compile(r"(?:entries|notices|criteria)/[a-z0-9]+(?:[-/][a-z0-9]+)*\.yaml")
MAX_PATH = 200


@dataclass(frozen=True)
class Checked:
    """Documents as a library, and everything that is wrong with them."""

    library: Library = field(repr=False)
    problems: tuple[Problem, ...]

    @property
    def faults(self) -> tuple[Problem, ...]:
        """What holds publication back, whatever anyone says."""
        return tuple(problem for problem in self.problems if problem.severity == "fault")


def check_documents(documents: Documents, *, today: date, known: Iterable[Phrasing] = (), published: Library | None = None, required: Iterable[str] | None = None) -> Checked:
    """Check `documents`; `known` are the phrasings of data/nlu, `published` the live release."""
    reader = Reader(documents)
    library = reader.library()
    found = problems(library, reader, today=today, known=known, published=published, required=required)
    return Checked(library, tuple(found))


def new_problems(before: Iterable[Problem], after: Iterable[Problem], changed: Mapping[str, object]) -> tuple[Problem, ...]:
    """Return the problems of `after` that `before` had not, and those in the `changed` files; a line that moved is no news."""
    known = {_same(problem) for problem in before}
    return tuple(problem for problem in after if problem.file in changed or _same(problem) not in known)


def key_of(problem: Problem) -> str:
    """Return what a reason to publish in spite of `problem` is given under."""
    return f"{problem.file}#{problem.rule}#{problem.language or ''}"


def overridden(found: Iterable[Problem], reasons: Mapping[str, str]) -> tuple[list[Override], list[Problem]]:
    """Return which problems of style are published in spite of, and those that no reason (of at least three letters) was given for."""
    overrides: list[Override] = []
    left: list[Problem] = []
    for problem in found:
        reason = (reasons.get(key_of(problem)) or reasons.get(ANY) or "").strip()
        if problem.severity == "style" and len(reason) >= 3:
            overrides.append(Override(problem.file, problem.rule, reason))
        else:
            left.append(problem)
    return list(dict.fromkeys(overrides)), left


def is_document_path(path: str) -> bool:
    """Tell whether a document may stand at `path`; nothing else is ever written to a folder."""
    return len(path) <= MAX_PATH and _PATH.fullmatch(path) is not None


def _same(problem: Problem) -> tuple[str, str, str | None, str]:
    return (problem.file, problem.rule, problem.language, problem.message)
