"""Studies, degrees and languages that an applicant names, compared with the published criteria."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel.dates import format_skeleton

from bot.content.model import Library, Notice
from bot.content.wording import join
from bot.dialogue.reply import Outcome
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale, babel_locale
from bot.nlu.entity import Entity

Given = tuple[str, Outcome, str]  # what was said, in words; how it compares; the reason by which the criterion words it


def languages(library: Library, notice: Notice, entities: Sequence[Entity], locale: Locale, today: date) -> Given | None:
    """Compare the languages named with those of which the notice asks for one."""
    codes = list(dict.fromkeys(entity.value for entity in entities if entity.kind == "language"))
    fact = notice.facts.get("languages")
    if not codes or fact is None:
        return None
    names = [str(babel_locale(locale).languages[code]) for code in codes]
    given = join([names[0][0].upper() + names[0][1:], *names[1:]], locale)
    if not set(codes) & set(fact.value(locale)):
        return given, "depends", "depends-level"
    drafting = notice.facts.get("drafting-language")
    lacks = drafting is not None and not set(codes) & set(drafting.value(locale))
    return (given, "depends", "depends-drafting") if lacks else (given, "meets", "meets")


def studies(library: Library, notice: Notice, entities: Sequence[Entity], locale: Locale, today: date) -> Given | None:
    """Compare studies with a criterion whose parts are alternatives: one that is met is enough, one that is not decides nothing."""
    fact = notice.facts.get("study-years")
    years = [int(entity.value) for entity in entities if entity.kind == "study-years"]
    kinds = {entity.kind for entity in entities}
    if fact is None:
        return None
    if years and max(years) >= fact.value(locale):
        return str(max(years)), "meets", "meets-years"
    if "student" in kinds and "school" not in kinds:
        return phrase("given-student", locale), "meets", "meets-student"
    if years:
        return str(max(years)), "depends", "depends-years"
    return (phrase("given-school", locale), "depends", "depends-school") if "school" in kinds else None


def graduation(library: Library, notice: Notice, entities: Sequence[Entity], locale: Locale, today: date) -> Given | None:
    """Compare the month of a degree with the period for recent graduates, counted to the deadline while it is ahead, else to `today`."""
    fact = notice.facts.get("graduate-months")
    deadline = notice.deadline()
    day = max(today, deadline.astimezone(notice.zone).date()) if deadline else today
    found = _months_since(entities, day, today)
    if fact is None or found is None:
        return None
    least, most, given = found[0], found[1], _in_words(found[2], locale)
    limit = fact.value(locale)
    if most < limit:
        return given, "meets", "meets"
    return (given, "depends", "depends-alternatives") if least > limit else (given, "depends", "depends-exact")


def _months_since(entities: Sequence[Entity], day: date, today: date) -> tuple[int, int, str] | None:
    """Return the fewest and the most months that have gone by since the degree, and the degree's month or year."""
    for entity in entities:
        if entity.kind == "degree":
            year, _, month = entity.value.partition("-")
            whole = (day.year - int(year)) * 12 + day.month
            if month:
                return whole - int(month), whole - int(month), entity.value
            return whole - 12, whole - 1, year
        if entity.kind in {"months-ago", "years-ago"}:
            months = int(entity.value) * (12 if entity.kind == "years-ago" else 1)
            then = today.year * 12 + today.month - 1 - months
            since = day.year * 12 + day.month - 1 - then
            return since, since, f"{then // 12}-{then % 12 + 1:02}"
    return None


def _in_words(value: str, locale: Locale) -> str:
    year, _, month = value.partition("-")
    return format_skeleton("yMMMM", date(int(year), int(month), 1), locale=babel_locale(locale)) if month else year
