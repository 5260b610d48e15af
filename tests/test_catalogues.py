"""The assistant's own phrases: the same in both languages, every one used, every one there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.content.model import TOPICS
from bot.i18n.catalogue import MissingPhrase, catalogue_paths, phrase, phrase_ids
from bot.i18n.locale import LOCALES, UnknownLocale, parse_locale

SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[1] / "bot").rglob("*.*") if path.suffix in {".py", ".html", ".js"})

FAMILIES = set(re.findall(r'["`]([a-z][a-z-]*-)(?:\$?\{|"\s*~)', SOURCES))


def test_both_languages_have_the_same_phrases():
    assert phrase_ids("en") == phrase_ids("fr")


@pytest.mark.parametrize("key", sorted(phrase_ids("en")))
def test_every_phrase_is_used_and_takes_the_same_values(key: str):
    assert f'"{key}"' in SOURCES or key.removeprefix("topic-") in TOPICS or _is_of_a_family(key)
    texts = {locale: _source(key, locale) for locale in LOCALES}
    assert set(re.findall(r"\{(\w+)\}", texts["en"])) == set(re.findall(r"\{(\w+)\}", texts["fr"]))


def test_no_silent_default():
    with pytest.raises(UnknownLocale):
        parse_locale("de")
    with pytest.raises(MissingPhrase):
        phrase("no such phrase", "en")


def _is_of_a_family(key: str) -> bool:
    """Tell whether the code asks for ``f"family-{name}"`` and knows the name."""
    return any(key.startswith(family) and f'"{key.removeprefix(family)}"' in SOURCES for family in FAMILIES)


def _source(key: str, locale: str) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in catalogue_paths(locale)).split(f'msgid "{key}"')[1].split("msgid")[0]
