"""Things named in a message: territories and nationalities, ages, notices, places with a time zone. spaCy finds, we conclude."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from bot.i18n.locale import LOCALES, Locale, babel_locale
from bot.nlu.background import find_background
from bot.nlu.document import read_by
from bot.nlu.entity import Entity
from bot.nlu.lexicon import Lexicon, Place, lexicon
from bot.nlu.normalise import fold

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

_NEGATIONS = {"not", "non", "pas", "n't", "no", "plus", "without", "sans", "ni", "nor"}
_PASSPORT = ("passport", "passeport", "citizen", "citoyen", "nationalit")
_LARGE = re.compile(r"\b(?:U\.?S\.?A?|U\.?K)\b\.?")  # in small letters «us» is a word
_REACH = 4  # tokens before a nationality in which a negation takes it back: «pas la nationalité belge»
_TERRITORY_CODE = re.compile(r"[A-Z]{2}")
_NUMBER = r"(?P<age>1[4-9]|[2-7]\d)"
_NOT_YEARS = r"(?! ?(?:%|hours?|h\b|days?|weeks?|months?|euros?|june|july|march|may|september|:|\.\d))"
_AGE = (
    # English, then French; both are tried on every message: «im 19» stands in French ones too
    rf"\b(?:i am|i'm|im|aged?|turn(?:ing|ed)?|be|is|she's|he's|only|exactly|just|already|still|at) {_NUMBER}\b{_NOT_YEARS}",
    rf"\b{_NUMBER} ?(?:years?[- ]old|yrs?[- ]old|y/?o\b|yo\b|ans\b|years of age)",
    rf"\b{_NUMBER}-year-olds?\b",
    rf"\b{_NUMBER} ?(?:ans|an|balais|piges|printemps)\b(?! (?:d'experience|d'etudes|apres|depuis))",
    rf"\b(?:age|agee|ages) (?:de )?{_NUMBER}\b",
    rf"\bj'?ai (?:tout juste |deja |que |seulement )?{_NUMBER}\b(?! ?(?:h\b|heures|jours|semaines|mois|euros|ans d'))",
)
_BORN = re.compile(r"\b(?:born|ne|nee)\b(?: (?:on|in|le|en|the))?\s+(?P<rest>.{4,24})")
_YEAR = re.compile(r"\b(19[5-9]\d|20[01]\d)\b")


def find_entities(text: str, locale: Locale, offices: Mapping[str, Sequence[str]] | None = None) -> list[Entity]:
    """Return what is named in `text`, in order; `offices` maps a notice's reference to names of its office."""
    plain = fold(text)
    with read_by(_ruler(locale), plain) as doc:
        ruled = list(_ruled(doc))
    found = [*ruled, *_written_large(text), *_notices(plain, offices or {}), *_ages(plain), *_births(plain), *find_background(plain)]
    return sorted(set(found), key=lambda entity: (entity.start, entity.kind, entity.value))


def nationalities(entities: Sequence[Entity]) -> list[str]:
    """Return the codes of the nationalities that are claimed: what a passport says before adjectives, adjectives before countries, which may only be where one lives."""
    for kind in ("citizenship", "nationality", "country"):
        codes = list(dict.fromkeys(entity.value for entity in entities if entity.kind == kind))
        if codes:
            return codes
    return []


def _ruled(doc: Doc) -> Iterator[Entity]:
    spans = [span for span in doc.ents if not _negated(span)]
    for span in spans:
        kind, _, value = span.ent_id_.partition(":")
        yield Entity(kind, value, span.text, span.start_char)
        if kind in {"nationality", "country"} and _of_a_passport(span):
            yield Entity("citizenship", value, span.text, span.start_char)
        if kind in {"country", "nationality"} and (zone := _zone_of(value)):
            yield Entity("zone", zone, span.text, span.start_char)


def _negated(span: Span) -> bool:
    before = [token.text for token in span.doc[max(0, span.start - _REACH) : span.start]]
    near = before if span.ent_id_.startswith("nationality") else before[-2:]
    return span.ent_id_.startswith(("nationality", "country")) and any(word in _NEGATIONS for word in near) and not {"mais", "but", ",", ";"} & set(near)


def _of_a_passport(span: Span) -> bool:
    around = span.doc[max(0, span.start - 3) : span.end + 3]
    return any(token.text.startswith(_PASSPORT) for token in around)


def _written_large(text: str) -> Iterator[Entity]:
    for hit in _LARGE.finditer(text):
        yield Entity("nationality", "US" if hit[0].startswith("U") and "S" in hit[0] else "GB", hit[0], hit.start())


def _notices(plain: str, offices: Mapping[str, Sequence[str]]) -> Iterator[Entity]:
    for reference, names in offices.items():
        for name in (reference, *names):
            for hit in _as_a_word(name).finditer(plain):
                yield Entity("notice", reference, hit[0], hit.start())


@lru_cache(maxsize=1_024)  # the same names with every message
def _as_a_word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(fold(name))}(?!\w)")


def _ages(plain: str) -> Iterator[Entity]:
    for pattern in _AGE:
        for hit in re.finditer(pattern, plain):
            yield Entity("age", hit["age"], hit[0], hit.start("age"))


def _births(plain: str) -> Iterator[Entity]:
    for hit in _BORN.finditer(plain):
        year = _YEAR.search(hit["rest"])
        if not year:
            continue
        value = _day(hit["rest"][: year.end()]) or year[0]
        yield Entity("birth", value, hit[0], hit.start())


def _day(text: str) -> str | None:
    """Return an ISO date for «3 march 2005», «3 mars 2005», «03/03/2005»; None where only a year is sure."""
    numeric = re.search(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b", text)
    if numeric:
        return _iso(int(numeric[3]), int(numeric[2]), int(numeric[1]))
    for locale in LOCALES:
        for number, name in babel_locale(locale).months["format"]["wide"].items():
            named = re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?:of )?{fold(name)[:4]}\w*\.?,?\s+(\d{{4}})", text)
            if named:
                return _iso(int(named[2]), number, int(named[1]))
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _zone_of(code: str) -> str | None:
    return lexicon().zones.get(code)


@cache
def _ruler(locale: Locale) -> Language:
    import spacy  # 0.4 s to import: only where a message is read

    nlp = spacy.blank(locale)
    ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER", "overwrite_ents": True})
    words = lexicon()
    ruler.add_patterns([*_territories(words), *_places(words)])
    return nlp


def _territories(words: Lexicon) -> Iterator[dict[str, str]]:
    for locale in LOCALES:
        for code, name in babel_locale(locale).territories.items():
            if _TERRITORY_CODE.fullmatch(code) and code not in {"EU", "UN", "EZ", "QO", "ZZ", "XA", "XB"}:
                yield _pattern("country", code, name)
    for code, names in words.countries.items():
        for name in names:
            yield _pattern("country", code, name)
    for code, adjectives in words.nationalities.items():
        for adjective in adjectives:
            yield _pattern("nationality", code, adjective)


def _places(words: Lexicon) -> Iterator[dict[str, str]]:
    place: Place
    for place in words.places:
        for name in place.names:
            yield _pattern("zone", place.zone, name)


def _pattern(kind: str, value: str, words: str) -> dict[str, str]:
    return {"label": kind.upper(), "pattern": fold(words), "id": f"{kind}:{value}"}
