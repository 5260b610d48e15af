"""Finds postal addresses: a street with a number, a town with its code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.scrub.found import Found, Kind, every
from bot.content.scrub.words import words

_I = re.IGNORECASE
_TOKEN = r"[^\W\d_]+(?:['.-][^\W\d_]+)*\.?"  # noqa: S105 -- a word of a street's name
_SMALL = r"(?:de|du|des|la|le|les|d'|l'|of|the|saint|sainte|st|ste|van|von|der|den|et|aux?|en|sur|sous)"
_BIG = r"(?:[dl]')?[A-ZÀ-ÖØ-ÞŠŽŁ][\w'-]{1,30}"
_NUMBER = (
    r"(?:(?i:\b(?:flat|apartment|apt|unit|room|appartement|appt|app|studio|chambre)\.? ?(?:n° ?)?(?:\d{1,4}[A-Za-z]?|(?-i:[A-Z])),? ))?"
    r"(?<![\w.,/:+-])\d{1,4}(?:[-/]\d{1,4})?(?: ?(?:bis|ter|quater|[A-Fa-f])\b)?"
)
_SURE_FR = r"(?:rue|avenue|av\.|bd\.?|bld\.?|boulevard|chemin|impasse|allée|allee|chaussée|chaussee|chée|quai|sentier|drève|clos|venelle|faubourg|fbg|square|rond-point)"
_MAYBE_FR = r"(?:place|cours|passage|route|voie|cité|cite|résidence|residence|villa|lotissement|hameau|esplanade|promenade|montée|côte|galerie|lieu-dit)"
_SURE_EN = r"(?:street|road|avenue|boulevard|lane|crescent|terrace|mews|blvd|ave|rd)\b\.?"
_MAYBE_EN = r"(?:St|Drive|Dr|Court|Ct|Square|Sq|Place|Pl|Way|Close|Gardens|Grove|Hill|Row|Walk|Park|Parkway|Highway|Circle|Green|Quay|Yard|View|Rise|Vale|Mount)\b\.?"
_CITY = rf"(?:{_BIG}(?:[ -](?:{_SMALL}[ -]?){{0,2}}{_BIG}){{0,3}})"
_POSTCODE = r"(?:[A-Z]{1,2}[- ])?\d{4,5}(?: ?[A-Z]{2}\b)?(?:-\d{3,4})?"
_TAIL = (
    rf"(?:,?\s*(?:apt|apartment|appt?|appartement|flat|unit|room|suite|bte|boîte|bus|étage|bât|bâtiment|esc)\.? ?(?:[A-Z]?\d{{1,4}} ?[A-Z]?|[A-Z])\b){{0,2}}"
    rf"(?:,?\s*(?:(?:à|in|-) )?{_POSTCODE},?\s?{_CITY}"
    rf"|,\s*{_CITY},?\s+(?:{_POSTCODE}|[A-Z]{{2}} ?\d{{5}}|[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}})|,\s*[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}\b|,\s*{_CITY}(?=\s*(?:[?.!,;)]|$)))?"
)
_STREET = (
    re.compile(rf"{_NUMBER},? (?i:{_SURE_FR}) (?:{_SMALL} ?){{0,3}}{_TOKEN}(?: (?:{_SMALL} ?){{0,3}}{_BIG}){{0,4}}{_TAIL}"),
    re.compile(rf"{_NUMBER},? (?i:{_MAYBE_FR}) (?:{_SMALL} ?){{0,3}}{_BIG}(?: (?:{_SMALL} ?){{0,3}}{_BIG}){{0,4}}{_TAIL}"),
    re.compile(
        rf"\b(?i:{_SURE_FR}|{_MAYBE_FR}) (?:{_SMALL} ?){{0,3}}{_BIG}(?:[ -](?:{_SMALL} ?){{0,3}}{_BIG}){{0,4}},? ?(?:n°|no\.?)? ?\d{{1,4}}[A-Fa-f]?(?![\w:./])(?! ?h\b){_TAIL}"
    ),
    re.compile(rf"\b(?i:{_SURE_FR}) (?i:{_SMALL} ?){{0,3}}(?:[^\W\d_]{{2,20}} ){{1,3}}\d{{1,4}}\b(?=,| à |\.|$| \d{{4}}){_TAIL}"),
    re.compile(rf"{_NUMBER},? (?:{_BIG} ){{1,4}}(?i:{_SURE_EN})(?: {_SMALL})?{_TAIL}"),
    re.compile(rf"{_NUMBER},? (?:[a-z'-]{{3,20}} ){{1,2}}{_SURE_EN}{_TAIL}"),
    re.compile(rf"{_NUMBER},? (?:{_BIG} ){{1,4}}{_MAYBE_EN}{_TAIL}"),
    re.compile(rf"\b\w{{2,25}}(?:straat|laan|steenweg|plein|straße|strasse|str\.|gasse|allee|platz|gatan|vej|gade|veien)\s\d{{1,4}} ?(?:[a-f]\b)?{_TAIL}", _I),
    re.compile(
        rf"\b(?:Calle|Carrer|Plaza|Avenida|Rua|Via|Viale|Piazza|Corso|Largo|Ulica|ul\.)(?: (?:de|del|di|da|dos?|la|los) ?){{0,2}}(?: {_BIG}){{1,4}},? (?:n\.? ?)?\d{{1,4}}\b{_TAIL}"
    ),
)
_PLACE = (
    re.compile(rf"(?<!\w){_BIG}(?:[ -]{_BIG}){{0,2}},? \d{{1,4}},? (?:[A-Z]{{1,2}}-)?\d{{4,5}} {_CITY}"),
    re.compile(r"(?<!\w)(?:GIR 0AA|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?!\w)"),
    re.compile(r"\b(?:P\.? ?O\.? ?Box|Postbus|Postfach|Boîte postale|B\.?P\.?) \d{1,6}\b(?:,? \d{4,5} [A-ZÀ-Þ][\w-]{2,30})?"),
    re.compile(rf"(?i:\b(?:{words()['living_cues']})\b)[^\n.?!\x00]{{0,40}}?(?P<it>\b{_POSTCODE},? {_CITY})"),
    re.compile(rf"(?<=, )(?:F-|B-|D-|FR-|BE-)?\d{{5}} {_CITY}"),
    re.compile(r"(?<=, )[A-Z]{2} \d{5}(?:-\d{4})?(?!\w)"),
)
_ALL: tuple[tuple[re.Pattern[str], Kind], ...] = tuple((pattern, "address") for pattern in (*_STREET, *_PLACE))


def places(text: str) -> Iterator[Found]:
    """Yield where `text` says where a person lives."""
    return every(_ALL, text)
