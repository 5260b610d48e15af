"""Studies, degrees and languages that an applicant names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from bot.i18n.locale import LOCALES, babel_locale
from bot.nlu.entity import Entity
from bot.nlu.normalise import fold

_NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5}
_COUNT = r"(?P<value>\d{1,2}|" + "|".join(_NUMBER_WORDS) + ")"
_STUDIES = {
    "study-years": re.compile(
        rf"\b{_COUNT} (?:full )?(?:years?|ans|annees?) (?:of |at |in |d'|de |a |en )?(?:the |l')?"
        r"(?:uni\b|university|universite|college|studies|study|etudes|fac\b|licence|bachelor|bac\b)"
    ),
    "school": re.compile(r"\b(?:high[- ]school|secondary school|sixth form|lycee|terminale|bac (?:seulement|sans)|(?:seulement|juste) le bac)\b"),
    "student": re.compile(
        r"\b(?:(?:first|second|third|final|last|1st|2nd|3rd)[- ]year|year of (?:a|my)|student|undergrad\w*|phd|doctora\w+|enrolled|studying|etudiante?|"
        r"(?:premiere|deuxieme|troisieme|derniere|1ere|2e|3e) annee|en (?:licence|master|these|bachelier|l[123]|m[12])|inscrite?)\b"
    ),
    "months-ago": re.compile(rf"\b{_COUNT} (?:months? ago|mois\b)"),
    "years-ago": re.compile(rf"\b(?:{_COUNT} years? ago|il y a (?P<v2>\d|un|deux|trois|quatre|cinq) ans)\b"),
    "number": re.compile(
        r"(?<![\d.,])(?P<value>1[4-9]|[2-7]\d)(?![\d.,:]| ?(?:h\b|heures|hours|euros?|€|%|months?|mois|weeks?|semaines|june|juin|july|juillet|march|mars|september|septembre|/))"
    ),
}
_LANGUAGES = (
    "en", "fr", "de", "es", "it", "pt", "nl", "da", "sv", "no", "fi", "et", "lv", "lt", "pl", "cs", "sk", "hu", "ro", "bg", "hr", "sl",
    "sq", "el", "tr", "is", "mk", "sr", "uk", "ru", "ar", "zh", "ja", "ko", "he", "fa", "hi",
)  # fmt: skip
_DEGREE = re.compile(r"\b(?:degree|graduat\w+|diplom\w*|master'?s?|bachelor'?s?|licence|defen[cd]\w+|finished|soutenu\w*|soutenance|fini|termine|obtenu)\b")
_YEAR_OF_DEGREE = re.compile(r"(?:\b(?P<month>[a-z]{3,9})\.?\s+(?:of\s+)?)?\b(?P<year>20[0-3]\d)\b")


def find_background(plain: str) -> Iterator[Entity]:
    """Yield what `plain` (folded) says of studies, degrees and languages, and its bare numbers."""
    yield from _studies(plain)
    yield from _degrees(plain)
    yield from _languages(plain)


def _studies(plain: str) -> Iterator[Entity]:
    for kind, pattern in _STUDIES.items():
        for hit in pattern.finditer(plain):
            value = next((part for part in hit.groups() if part), hit[0])
            yield Entity(kind, str(_NUMBER_WORDS.get(value, value)), hit[0], hit.start())


def _degrees(plain: str) -> Iterator[Entity]:
    """Yield months of a year («june 2024») and bare years of a degree, as ``degree`` with the value 2024-06 or 2024."""
    if not _DEGREE.search(plain):
        return
    for hit in _YEAR_OF_DEGREE.finditer(plain):
        month = _month(hit["month"] or "")
        yield Entity("degree", f"{hit['year']}-{month:02}" if month else hit["year"], hit[0], hit.start())


def _month(word: str) -> int | None:
    for locale in LOCALES:
        for number, name in babel_locale(locale).months["format"]["wide"].items():
            if len(word) >= 3 and fold(name).startswith(word[:4]) and word[:3] == fold(name)[:3]:
                return int(number)
    return None


def _languages(plain: str) -> Iterator[Entity]:
    for hit in re.finditer(r"[a-z]{4,}", plain):
        if code := _language_names().get(hit[0]):
            yield Entity("language", code, hit[0], hit.start())


@cache
def _language_names() -> Mapping[str, str]:
    """Return the codes of the world's larger languages by their names in both languages."""
    return {fold(babel_locale(locale).languages[code]): code for locale in LOCALES for code in _LANGUAGES if code in babel_locale(locale).languages}
