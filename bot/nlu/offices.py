"""The names by which each notice's office is called, and how a message reads to a model that has not learnt them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from bot.content.model import Library
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.lexicon import lexicon

Names = Mapping[str, tuple[str, ...]]
_gathered: list[tuple[Library, Names]] = []  # of the library that was asked for last: the same one is, for thousands of messages


def office_names(library: Library) -> Names:
    """Return names by the notice's reference: from its facts, and what applicants call the office."""
    for known, names in _gathered:
        if known is library:
            return names
    names = _names_in(library)
    _gathered[:] = [(library, names)]
    return names


def _names_in(library: Library) -> Names:
    names = {}
    for reference, notice in library.notices.items():
        official = [notice.words(fact, locale) for fact in ("office-name", "office-short") for locale in LOCALES]
        names[reference] = tuple(dict.fromkeys([*official, *lexicon().offices.get(notice.office, ())]))
    return names


_ANY: Mapping[Locale, str] = {"en": "office", "fr": "bureau"}  # for the classifiers only: nobody is shown it


def neutral(text: str, names: Mapping[str, Collection[str]], taught: Collection[str], locale: Locale) -> str:
    """Return `text` with the names of offices of notices that are not among the references `taught` made plain.

    A notice may be added as data alone; its name, which the model has never seen, would else pass for another employer's.
    """
    for reference, called in names.items():
        if reference not in taught:
            text = _names(tuple(called)).sub(_ANY[locale], text)
    return text


@lru_cache(maxsize=64)
def _names(called: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(called, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
