"""One language changed since the last release, and the other did not. Content is compared, never time stamps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.content.check.subject import Subject, Way
from bot.content.model import Entry, Library
from bot.content.problem import Problem
from bot.i18n.locale import LOCALES, Locale, other

_NAMES = {"en": "English", "fr": "French"}


def check_since(subject: Subject, published: Library) -> Iterator[Problem]:
    """Yield every text that changed in one language only since `published`."""
    for entry in subject.library.entries.values():
        before = published.entries.get(entry.id)
        if before is None:
            continue
        old, new = _texts(before), _texts(entry)
        for way in new.keys() & old.keys():
            for locale in LOCALES:
                if new[way][locale] != old[way][locale] and new[way][other(locale)] == old[way][other(locale)]:
                    message = f"The {_NAMES[locale]} text changed since the last release, the {_NAMES[other(locale)]} one did not."
                    place = (*_place(entry, way), other(locale))
                    yield subject.problem(
                        f"entry/{entry.id}",
                        place,
                        "one-language-changed",
                        message,
                        "Bring the other up to date, or confirm that nothing follows for it.",
                        language=other(locale),
                        severity="style",
                    )


def _texts(entry: Entry) -> Mapping[Way, Mapping[Locale, str]]:
    """Return the texts of an entry by what they are for, so that a wording put in between moves nothing."""
    answers: dict[Way, Mapping[Locale, str]] = {("answer", " and ".join(f"{c.test} {c.fact}" for c in answer.conditions)): answer.words for answer in entry.answers}
    return {("question",): entry.question, **answers}


def _place(entry: Entry, way: Way) -> Way:
    if way == ("question",):
        return way
    index = next(index for index, answer in enumerate(entry.answers) if " and ".join(f"{c.test} {c.fact}" for c in answer.conditions) == way[1])
    return ("answers", index)
