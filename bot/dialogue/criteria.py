"""What an applicant says of themselves, compared with a published criterion. It compares; the Internship Office decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.content.facts import Fact
from bot.content.model import Entry, Library, Notice
from bot.content.render import head_of
from bot.content.wording import fill, join, territory
from bot.dialogue.reply import Check
from bot.dialogue.studies import Given, graduation, languages, studies
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale
from bot.nlu.entities import find_entities, nationalities
from bot.nlu.entity import Entity


@dataclass(frozen=True)
class Comparison:
    """A check and the sentence that explains it."""

    check: Check
    says: str


Compare = Callable[[Library, Notice, Sequence[Entity], Locale, date], Given | None]


@dataclass(frozen=True)
class Compared:
    """A value held against the criterion of several notices: one check, and a line for each thing to say."""

    check: Check
    lines: tuple[str, ...]


def compare_all(library: Library, key: str, notices: Sequence[Notice], entities: Sequence[Entity], locale: Locale, *, now: datetime) -> Compared | None:
    """Compare for each of `notices`; where they come to different things, each office is named and the check depends on which is meant."""
    groups: dict[str, list[Notice]] = {}
    checks: list[Check] = []
    for notice in notices:
        if found := _compared(library, key, notice, entities, locale, today=now.astimezone(notice.zone).date(), brief=False):
            groups.setdefault(found.says, []).append(notice)
            checks.append(found.check)
    if not checks:
        return None
    lines = [says if len(groups) == 1 else f"{head_of(some, locale)} {says}" for says, some in groups.items()]
    return Compared(settled(checks), tuple(lines))


def settled(checks: Sequence[Check]) -> Check:
    """Return one check for those of several notices on one criterion: where they disagree, it depends."""
    return checks[0] if len({check.outcome for check in checks}) == 1 else replace(checks[0], outcome="depends")


def compare(library: Library, entry: Entry, notice: Notice, entities: Sequence[Entity], locale: Locale, *, today: date) -> Comparison | None:
    """Hold what `entities` say against the criterion that `entry` states, as `notice` publishes it on `today`."""
    return _compared(library, entry.criterion or "", notice, entities, locale, today=today, brief=False)


def compare_briefly(library: Library, criterion: str, notice: Notice, entities: Sequence[Entity], locale: Locale, *, today: date) -> Comparison | None:
    """Compare as `compare` does, in the words for a summary of several criteria."""
    return _compared(library, criterion, notice, entities, locale, today=today, brief=True)


def _compared(library: Library, key: str, notice: Notice, entities: Sequence[Entity], locale: Locale, *, today: date, brief: bool) -> Comparison | None:
    comparing = _COMPARING.get(key)
    criterion = library.criteria.get(key)
    if comparing is None or criterion is None:
        return None
    found = comparing(library, notice, entities, locale, today)
    if found is None:
        return None
    given, outcome, reason = found
    words = (criterion.brief if brief else criterion.says)[reason][locale]
    return Comparison(Check(criterion.id, given, outcome), worded(library, notice, words, given, locale))


_ANY_DAY = date(2000, 1, 1)  # what was given is worded alike on every day


def as_given(library: Library, key: str, given: str, locale: Locale) -> bool:
    """Tell whether `given` is a value that a comparison with the criterion `key` can name: nothing else may pass for an applicant's words."""
    if key in {"age", "studies"}:
        return re.fullmatch(r"\d{1,3}", given) is not None or (key == "studies" and given in {phrase("given-student", locale), phrase("given-school", locale)})
    entities = find_entities(f"degree {given}" if key == "graduation" else given, locale)
    if key == "nationality":  # «Suisse» is a country and a nationality, and beside a country it would be read as the latter
        entities = [replace(entity, kind="nationality") if entity.kind == "country" else entity for entity in entities]
    comparing = _COMPARING.get(key)
    said = (comparing(library, notice, entities, locale, _ANY_DAY) for notice in library.notices.values()) if comparing else ()
    return any(found is not None and found[0] == given for found in said)


def worded(library: Library, notice: Notice, words: str, given: str, locale: Locale) -> str:
    """Return a criterion's `words` with what was given and the facts of `notice` filled in."""
    facts = {**library.curated, **notice.facts, "given": Fact("given", "text", {"en": given, "fr": given}, "")}
    return fill(words, facts, locale, zone=notice.zone)


def nationality(library: Library, notice: Notice, entities: Sequence[Entity], locale: Locale, today: date) -> Given | None:
    """Compare nationalities with the curated list of member states."""
    codes = nationalities(entities)
    if not codes:
        return None
    given = join([territory(code, locale) for code in codes], locale)
    if len(codes) > 1:
        return given, "depends", "depends-several"
    member = codes[0] in library.curated["members"].value("en")
    return (given, "meets", "meets") if member else (given, "fails", "fails")


def age(library: Library, notice: Notice, entities: Sequence[Entity], locale: Locale, today: date) -> Given | None:
    """Compare an age with the minimum in both versions of the notice: on `today`, and on the deadline where the two differ."""
    minimum = notice.facts.get("minimum-age")
    years = age_in_years(entities, today=today)
    if minimum is None or years is None:
        return None
    outcomes = {_reaches(years, minimum.value(version), minimum.comparison[version]) for version in notice.published_in}
    given = f"{years}"
    deadline = notice.deadline()
    later = age_in_years(entities, today=deadline.astimezone(notice.zone).date()) if deadline else None
    if later is not None and later != years and False in outcomes:
        return given, "depends", "depends-date"
    if len(outcomes) > 1:
        return given, "depends", "depends-exact"
    return (given, "meets", "meets") if outcomes == {True} else (given, "fails", "fails")


def age_in_years(entities: Sequence[Entity], *, today: date) -> int | None:
    """Return the age that is said, or that follows from a date of birth on `today`; a bare number counts last."""
    for kind in ("age", "birth", "number"):
        for entity in entities:
            if entity.kind == kind and (years := _years(entity, today)) is not None:
                return years
    return None


def _years(entity: Entity, today: date) -> int | None:
    if entity.kind != "birth":
        return int(entity.value)
    if len(entity.value) == 4:  # only the year is known: the age is sure when it is far from the limit, and it is reckoned as at the year's end
        return today.year - int(entity.value)
    born = date.fromisoformat(entity.value)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _reaches(value: int, bound: int, comparison: str) -> bool:
    return {"at-least": value >= bound, "more-than": value > bound, "at-most": value <= bound, "less-than": value < bound}[comparison]


_COMPARING: dict[str, Compare] = {"nationality": nationality, "age": age, "languages": languages, "studies": studies, "graduation": graduation}
