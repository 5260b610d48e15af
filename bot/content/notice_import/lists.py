"""Lists that a notice states item by item: competencies, desirable criteria, documents."""

from __future__ import annotations

import re

from bot.content.lexicon import plain
from bot.content.notice_import.gathering import Gathering
from bot.content.notice_import.outline import Line
from bot.content.notice_import.vocabulary import rule
from bot.i18n.locale import LOCALES, Locale

_CONNECTED = re.compile(r"(?<![\s,;.])[\s,;.]*+(?:\b(?:and/or|and|or|et/ou|et|ou))?[\s,;.]*+$", re.IGNORECASE)


def read_lists(lines: tuple[Line, ...], found: Gathering) -> None:
    """Read the three lists in each language; a list without items is absent."""
    for locale in LOCALES:
        own = [line for line in lines if line.language == locale]
        for kind, identifier in (("desirable", "desirable"), ("competencies", "competencies")):
            items = [line for line in own if line.kind == kind and line.role == "item"]
            _keep(identifier, items, found, named=kind == "competencies")
        _keep("documents", _documents(own, locale), found, named=False)


def _documents(lines: list[Line], locale: Locale) -> list[Line]:
    """Return the items right after the line that asks for documents: as long as the markers stay of one sort."""
    for index, line in enumerate(lines):
        if line.role == "text" and rule("documents", locale).search(plain(line.text).rstrip()):
            items: list[Line] = []
            for item in lines[index + 1 :]:
                if item.role != "item" or (items and item.name != items[0].name):
                    break
                items.append(item)
            return items
    return []


def _keep(identifier: str, items: list[Line], found: Gathering, *, named: bool) -> None:
    texts = []
    for item in items:
        name = re.split(r"\s*:(?=\s|$)", plain(item.text), maxsplit=1)[0].strip()
        text = item.text[: len(name)] if named else _CONNECTED.sub("", item.text)
        found.used.add(item.number)
        if text:
            texts.append(text.strip())
        else:
            found.miss(item)
    if texts:
        found.fact(identifier, items[0], texts)
