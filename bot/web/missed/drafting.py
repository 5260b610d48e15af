"""From a missed question to a draft: into an entry's phrasings, or into a new entry. Nothing is published by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.content.editing import CannotEdit, form_of
from bot.content.problem import Problem
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.normalise import clean, fold
from bot.records.drafts import Conflict, Draft
from bot.web.publishing.desk import Desk
from bot.web.publishing.outcomes import Unfit
from bot.webinar.wording import bare

Wording = tuple[Locale, str]
Drafted = Draft | Conflict | Unfit | None  # None: there was nothing to add
TRIES = 3  # another editor may save the same entry meanwhile
SLUG_WORDS = 5


def path_of(entry: str) -> str:
    """Return where the document of `entry` stands."""
    return f"entries/{entry}.yaml"


def add_phrasings(desk: Desk, entry: str, wordings: Sequence[Wording], *, by: str) -> Drafted:
    """Add `wordings` to the phrasings of `entry` in its draft, those that it has already left out. Blocks."""
    outcome: Drafted = None
    for _ in range(TRIES):
        outcome = _add_once(desk, entry, wordings, by)
        if not isinstance(outcome, Conflict):
            break
    return outcome


def begin_entry(desk: Desk, entry: str, topic: str, wordings: Sequence[Wording], *, by: str) -> Drafted:
    """Begin the draft of a new entry with `wordings`, of which the first in each language is its question; an entry that is there is not touched. Blocks."""
    path = path_of(entry)
    opened = desk.open(path)
    if opened.text is not None:
        return Unfit(Problem(path, 1, "path", "There is an entry of that name already.", "Choose another name."))
    said = {locale: [clean(text) for language, text in wordings if language == locale] for locale in LOCALES}
    form: dict[str, Any] = {"id": entry, "topic": topic, "question": {locale: (texts[0] if texts else "") for locale, texts in said.items()}}
    if more := {locale: texts[1:] for locale, texts in said.items() if texts[1:]}:
        form["phrasings"] = more
    return desk.save_form(path, form, revision=opened.revision, by=by, base=opened.base)


def name_for(text: str) -> str:
    """Return a name for an entry about `text`, to begin with."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    return "-".join([word for word in words if len(word) > 2][:SLUG_WORDS])


def _add_once(desk: Desk, entry: str, wordings: Sequence[Wording], by: str) -> Drafted:
    path = path_of(entry)
    opened = desk.open(path)
    if opened.text is None:
        return Unfit(Problem(path, 1, "path", "There is no entry of that name any more.", "Choose another entry."))
    try:
        form = form_of(opened.text, file=path)
    except CannotEdit as error:
        return Unfit(error.problem)
    there = {locale: list((form.get("phrasings") or {}).get(locale) or []) for locale in LOCALES}
    known = {(locale, bare(text)) for locale in LOCALES for text in [*there[locale], (form.get("question") or {}).get(locale) or ""]}
    added = [(locale, clean(text)) for locale, text in wordings if clean(text) and (locale, bare(text)) not in known]
    for locale, text in added:
        there[locale].append(text)
    if not added:
        return None
    return desk.save_form(path, {"phrasings": {locale: texts for locale, texts in there.items() if texts}}, revision=opened.revision, by=by, base=opened.base)
