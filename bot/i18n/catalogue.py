"""The assistant's own phrases, from gettext catalogues; entries are not here but in `data/faq`."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from bot.i18n.locale import Locale

CATALOGUES = Path(__file__).parent / "catalogues"


class MissingPhrase(KeyError):
    """A phrase is asked for that a catalogue lacks: a fault of ours, found by a test."""


def catalogue_paths(locale: Locale) -> tuple[Path, ...]:
    """Return where the phrases of `locale` stand: a file for each group of readers."""
    return tuple(sorted((CATALOGUES / locale / "LC_MESSAGES").glob("*.po")))


def assistant_catalogue(locale: Locale) -> Path:
    """Return where the phrases stand that an answer may be joined of."""
    return CATALOGUES / locale / "LC_MESSAGES" / "guichet.po"


@cache
def _catalogue(locale: Locale) -> Catalog:
    whole = Catalog(locale=locale)
    for path in catalogue_paths(locale):
        with path.open("rb") as file:
            for message in read_po(file, locale=locale, abort_invalid=True):
                if message.id:
                    if message.id in whole:
                        raise ValueError(f"{path.name} has {message.id!r} a second time")
                    whole[message.id] = message
    return whole


@cache
def _translations(locale: Locale) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, _catalogue(locale))
    compiled.seek(0)
    return Translations(compiled, domain="guichet")


@cache
def phrase_ids(locale: Locale) -> frozenset[str]:
    """Return the ids of every phrase that `locale` has words for."""
    return frozenset(_id(message.id) for message in _catalogue(locale) if message.id and message.string)


def phrase(key: str, locale: Locale, /, **values: object) -> str:
    """Return the phrase `key` in `locale` with `values` filled in."""
    if key not in phrase_ids(locale):
        raise MissingPhrase(f"{key} in {locale}")
    return str(_translations(locale).gettext(key)).format(**values)


def unfilled(prefix: str, locale: Locale) -> dict[str, str]:
    """Return the phrases of `locale` whose keys begin with `prefix`, their values not filled in: a page's scripts do that."""
    return {key: str(_translations(locale).gettext(key)) for key in sorted(phrase_ids(locale)) if key.startswith(prefix)}


def plural(key: str, number: int, locale: Locale, /, **values: object) -> str:
    """Return the form of phrase `key` that `number` asks for in `locale`."""
    if key not in phrase_ids(locale):
        raise MissingPhrase(f"{key} in {locale}")
    return str(_translations(locale).ngettext(key, f"{key}-many", number)).format(number=number, **values)


def _id(identifier: str | list[str] | tuple[str, ...]) -> str:
    return identifier if isinstance(identifier, str) else identifier[0]
