"""Why the two languages of a notice disagree, in the editor's language: the import says it in English."""

from __future__ import annotations

import re

from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale

_LANGUAGE = "(?P<language>English|French)"
_KINDS: tuple[tuple[str, str], ...] = (
    ("restated", rf"the {_LANGUAGE} text says (?P<one>.*) in line (?P<first>\d+) and (?P<other>.*) in line (?P<second>\d+)"),
    ("contradiction", rf"the {_LANGUAGE} text contradicts itself: .*"),
    ("missing", rf"the {_LANGUAGE} text does not state it.*"),
    ("values", r"the two texts give different values"),
    ("acronym", r"one title has an acronym.*"),
    ("items", r"the English list has (?P<one>\d+) items, the French one (?P<other>\d+)"),
    ("comparison", r"the English text means (?P<one>.*), the French one (?P<other>.*)"),
    ("qualifier", rf".*: the {_LANGUAGE} text says something that .*"),
    ("figures", r"figures that stand .*"),
    ("links", r"the texts have a different number of links.*"),
    ("addresses", r"addresses that stand .*"),
)


def why(text: str, locale: Locale) -> str:
    """Return the reason `text` of a disagreement in `locale`; one of a kind that is not known stays as it is."""
    if locale == "en":
        return text
    for kind, pattern in _KINDS:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            given = found.groupdict()
            if "language" in given:
                given["language"] = phrase(f"ed-in-{'en' if given['language'] == 'English' else 'fr'}", locale)
            return phrase(f"why-{kind}", locale, **given)
    return text
