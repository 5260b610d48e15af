"""What is wrong with a cell or a row of a table, as a value: all of them are told at once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale


@dataclass(frozen=True, order=True)
class Fault:
    """A row that is left out (`row` counts from 1, headers included; 0 is the file) and why; `why` names a phrase."""

    row: int
    column: str
    why: str
    given: str = ""
    known: str = ""

    def message(self, locale: Locale) -> str:
        """Return what is wrong, in words."""
        return phrase(f"sheet-fault-{self.why}", locale, given=self.given, known=self.known)

    def mend(self, locale: Locale) -> str:
        """Return what to do about it, in words."""
        return phrase(f"sheet-mend-{self.why}", locale, given=self.given, known=self.known)

    def as_json(self, locale: Locale) -> dict[str, object]:
        """Return the fault as the page and the command line show it."""
        return {"row": self.row, "column": self.column, "why": self.why, "message": self.message(locale), "mend": self.mend(locale)}
