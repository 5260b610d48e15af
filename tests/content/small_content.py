"""A small content of invented facts, written to files and checked; tests change one thing in it."""

import copy
from datetime import date
from pathlib import Path

import yaml

from bot.content.check import problems
from bot.content.problem import Problem
from bot.content.reader import Reader

NOTICE = {
    "id": "111111",
    "office": "abc",
    "published_in": ["en", "fr"],
    "time_zone": "Europe/Brussels",
    "sections": {"header": {"en": "Head", "fr": "En-tête"}, "offer": {"en": "Offer", "fr": "Offre"}},
    "facts": {
        "title": {"type": "text", "section": "header", "value": {"en": "A title", "fr": "Un titre"}},
        "office-name": {"type": "text", "section": "header", "value": {"en": "Office", "fr": "Bureau"}},
        "office-short": {"type": "text", "section": "header", "value": {"en": "ABC", "fr": "ABC"}},
        "deadline": {"type": "instant", "section": "offer", "value": "2031-05-20T18:30+02:00"},
        "stipend": {"type": "money", "section": "offer", "value": {"amount": "955.40", "currency": "EUR", "per": "month"}},
        "hours": {"type": "count", "unit": "hour", "section": "offer", "value": 33},
        "age": {"type": "bound", "unit": "year", "section": "offer", "value": 19, "comparison": {"en": "at-least", "fr": "more-than"}},
        "page": {"type": "link", "section": "offer", "value": "https://example.org/", "label": {"en": "Page", "fr": "Page"}},
    },
}
ENTRY = {
    "id": "pay",
    "topic": "conditions",
    "review_by": "2031-01-01",
    "links": ["page"],
    "question": {"en": "Is there a grant?", "fr": "Y a-t-il une bourse\u00a0?"},
    "answers": [
        {
            "en": "Yes, {stipend} a month for {hours|unit} a week. People of at least {age|unit} may apply (French text: more than {age|unit}).",
            "fr": "Oui, {stipend} par mois pour {hours|unit} par semaine. Il faut avoir plus de {age|unit} (texte anglais\u00a0: au moins {age|unit}).",
        }
    ],
}
TODAY = date(2030, 6, 1)


def entry(**changes: object) -> dict[str, object]:
    """Return the small entry with some keys changed; `en` and `fr` are those of its only answer."""
    made = copy.deepcopy(ENTRY)
    for language in ("en", "fr"):
        if language in changes:
            made["answers"][0][language] = changes.pop(language)
    return made | changes


def checked(folder: Path, *entries: dict, notice: dict = NOTICE, others: tuple = (), **options: object) -> list[Problem]:
    """Write the content under `folder` and return its problems."""
    for kind, things in (("notices", [notice, *others]), ("entries", entries or [ENTRY])):
        (folder / kind).mkdir(exist_ok=True)
        for thing in things:
            (folder / kind / f"{thing['id']}.yaml").write_text(yaml.safe_dump(thing, allow_unicode=True, sort_keys=False), encoding="utf-8")
    reader = Reader(folder)
    library = reader.library()
    return problems(library, reader, today=options.pop("today", TODAY), required=options.pop("required", ()), **options)


def rules(found: list[Problem], severity: str | None = None) -> set[str]:
    """Return the rules that `found` breaks."""
    return {problem.rule for problem in found if severity in {None, problem.severity}}
