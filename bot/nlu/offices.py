"""The names by which each notice's office is called."""

from __future__ import annotations

from collections.abc import Mapping

from bot.content.model import Library
from bot.i18n.locale import LOCALES
from bot.nlu.lexicon import lexicon


def office_names(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Return names by the notice's reference: from its facts, and what applicants call the office."""
    names = {}
    for reference, notice in library.notices.items():
        official = [notice.words(fact, locale) for fact in ("office-name", "office-short") for locale in LOCALES]
        names[reference] = tuple(dict.fromkeys([*official, *lexicon().offices.get(notice.office, ())]))
    return names
