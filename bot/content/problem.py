"""Faults of the content, as values: an editor is told all of them at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["fault", "style"]


@dataclass(frozen=True, order=True)
class Problem:
    """Something to mend in a file of the content.

    `severity` is ``fault`` where publishing must wait and ``style`` where an editor may decide.
    """

    file: str
    line: int
    rule: str
    message: str
    mend: str
    entry: str | None = None
    language: str | None = None
    severity: Severity = "fault"

    def as_json(self) -> dict[str, object]:
        """Return the shape that `guichet check --json` prints."""
        return asdict(self)
