"""The two locales that are served, and how each is named to Babel."""

from __future__ import annotations

from typing import Literal

import babel

Locale = Literal["en", "fr"]
LOCALES: tuple[Locale, ...] = ("en", "fr")

# Plain «en» would write dates the American way; the notices are written in European English.
_BABEL = {"en": babel.Locale("en", "GB"), "fr": babel.Locale("fr", "FR")}


class UnknownLocale(ValueError):
    """The language is not one of the two that are served."""


def parse_locale(tag: str) -> Locale:
    """Return the locale named by `tag` (``en`` or ``fr``); there is no silent default."""
    for locale in LOCALES:
        if tag == locale:
            return locale
    raise UnknownLocale(tag)


def other(locale: Locale) -> Locale:
    """Return the locale that is not `locale`."""
    return "fr" if locale == "en" else "en"


def babel_locale(locale: Locale) -> babel.Locale:
    """Return Babel's locale whose formats `locale` uses."""
    return _BABEL[locale]
