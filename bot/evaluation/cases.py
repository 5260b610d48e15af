"""Questions whose right entry is known, and what may stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.content.model import Library
from bot.i18n.locale import Locale

Family = Literal["in_notice", "not_in_notice", "out_of_scope", "injection", "refusal", "smalltalk", "several"]
NOT_IN_NOTICE = "not-in-notice"  # as a label: any topic that the notices leave open
FAMILIES: dict[str, Family] = {"answer": "in_notice", "not_in_notice": "not_in_notice", "out_of_scope": "out_of_scope", "refusal": "refusal", "smalltalk": "smalltalk"}


@dataclass(frozen=True)
class Case:
    """One message and what is right: the entries wanted, in order, and entries that are right as well."""

    id: str
    text: str
    locale: Locale
    family: Family
    wanted: tuple[str, ...]
    also: tuple[str, ...] = ()
    notice: str | None = None  # the one that the message is about, where it is about one
    outcome: str | None = None  # of the criterion that it gives a value for
    dialogue: str | None = None  # turns of one dialogue follow each other


@dataclass(frozen=True)
class Known:
    """What labels may name: entries with their kinds, and offices with their notices."""

    kinds: Mapping[str, str]
    offices: Mapping[str, str]

    @classmethod
    def of(cls, library: Library) -> Known:
        """Return what `library` has."""
        kinds = {entry.id: str(entry.kind) for entry in library.entries.values()}
        return cls(kinds, {notice.office: reference for reference, notice in library.notices.items()})

    def family(self, label: str) -> Family:
        """Return the family of questions whose right entry is `label`."""
        return FAMILIES[self.kinds[label]]


def fits(label: str, entry: str) -> bool:
    """Tell whether `entry` is what `label` names; the label of open topics fits each of them."""
    return label == entry or (label == NOT_IN_NOTICE and entry.startswith(f"{NOT_IN_NOTICE}/"))
