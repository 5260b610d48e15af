"""Curated words for people and places: `data/nlu/lexicon`; the names of countries are CLDR's, by Babel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.nlu.utterances import DATA

LEXICON = DATA / "lexicon"


@dataclass(frozen=True)
class Place:
    """A time zone and the names of places that keep it."""

    zone: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Words by what they stand for: ISO 3166 codes, IANA zones, references of notices."""

    nationalities: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, tuple[str, ...]]
    prefixes: Mapping[str, str]
    zones: Mapping[str, str]
    several_zones: Mapping[str, tuple[str, ...]]
    places: tuple[Place, ...]
    offices: Mapping[str, tuple[str, ...]]
    empty: frozenset[str]
    ordinals: tuple[tuple[str, ...], ...]
    short: Mapping[str, Mapping[str, str]]
    skip: frozenset[str]
    stop: frozenset[str]
    aside: frozenset[str]
    known: frozenset[str]
    bare: Mapping[str, Mapping[str, str]]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    people = _read("nationalities.yaml")
    places = _read("places.yaml")
    context = _read("context.yaml")
    shared = people.pop("ambiguous")  # «Congolese»: two countries, and for our criteria the same answer
    by_code = {code: value for code, value in people.items() if isinstance(value, dict) and len(code) == 2}
    return Lexicon(
        nationalities={
            **{code: (*value.get("en", ()), *value.get("fr", ())) for code, value in by_code.items()},
            **{row["codes"][0]: _shared(row, by_code) for row in shared},
        },
        countries={code: tuple(name for names in (value.get("aliases") or {}).values() for name in names) for code, value in by_code.items()},
        prefixes={value[key].lower(): code for code, value in by_code.items() for key in ("prefix_en", "prefix_fr") if value.get(key)},
        zones=places["countries"],
        several_zones={code: tuple(zones) for code, zones in places["several"].items()},
        places=tuple(Place(row["zone"], (*row.get("en", ()), *row.get("fr", ()))) for row in places["places"]),
        empty=frozenset(word for words in context["empty"].values() for word in words),
        ordinals=tuple(tuple(names) for names in context["ordinals"]),
        short=context["short"],
        skip=_phrases(context["skip"]),
        stop=_phrases(context["stop"]),
        aside=_phrases(context["aside"]),
        known=_phrases(context["known"]),
        bare={words: row["after"] for row in context["bare"] for words in _phrases(row["say"])},
        offices={reference: tuple(names) for reference, names in _read("offices.yaml").items()},
    )


def _shared(row: Mapping[str, Any], by_code: Mapping[str, Any]) -> tuple[str, ...]:
    own = by_code.get(row["codes"][0], {})
    return (*own.get("en", ()), *own.get("fr", ()), *row.get("en", ()), *row.get("fr", ()))


def _phrases(raw: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(words for phrases in raw.values() for words in phrases)


def _read(name: str) -> dict[str, Any]:
    path: Path = LEXICON / name
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
