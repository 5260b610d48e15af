"""How entries hang together: what they name exists, every wording can be said, every required entry is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml

from bot.content.check.subject import Subject, first_words
from bot.content.conditions import Condition
from bot.content.lexicon import plain
from bot.content.model import Entry
from bot.content.problem import Problem
from bot.content.wording import placeholders
from bot.i18n.locale import LOCALES

MAX_RELATED = 3
DATED = frozenset({"instant", "months"})


@cache
def required_entries() -> tuple[str, ...]:
    """Return the ids that must never go missing: they are published, and clients know them."""
    return tuple(yaml.load(Path(__file__).with_name("required.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def check_structure(subject: Subject, required: Iterable[str]) -> Iterator[Problem]:
    """Yield what an entry names that is not there, and wordings that can never or not always be said."""
    for identifier in required:
        if identifier not in subject.library.entries:
            yield Problem(f"entries/{identifier}.yaml", 1, "missing-entry", f"There is no entry «{identifier}».", "Write it: its id is published.", identifier)
    for entry in subject.library.entries.values():
        yield from _references(subject, entry)
        yield from _sections(subject, entry)
        yield from _conditions(subject, entry)
        yield from _dates(subject, entry)
    yield from _same_questions(subject)


def _references(subject: Subject, entry: Entry) -> Iterator[Problem]:
    yield from _related(subject, entry)
    name = f"entry/{entry.id}"
    if entry.criterion and entry.criterion not in subject.library.criteria:
        yield subject.problem(name, ("criterion",), "unknown-criterion", f"There is no criterion «{entry.criterion}».", "Name one of data/faq/criteria.")
    for index, reference in enumerate(entry.notices or ()):
        if reference not in subject.library.notices:
            yield subject.problem(name, ("notices", index), "unknown-notice", f"There is no notice «{reference}».", "Name one of data/faq/notices.")
    if entry.notices is not None and not entry.notices:
        yield subject.problem(name, ("notices",), "unknown-notice", "The entry is about no notice.", "Write «notices: all» or a list.")
    for index, link in enumerate(entry.links):
        facts = [notice.facts.get(link) for notice in subject.notices(entry)]
        if not any(fact and fact.type == "link" for fact in facts):
            yield subject.problem(name, ("links", index), "unknown-link", f"No notice has a link «{link}».", "Name a fact of type link.")


def _related(subject: Subject, entry: Entry) -> Iterator[Problem]:
    name = f"entry/{entry.id}"
    for index, related in enumerate(entry.related):
        if related not in subject.library.entries:
            yield subject.problem(name, ("related", index), "unknown-entry", f"There is no entry «{related}».", "Name an entry that exists.")
        elif related == entry.id or related in entry.related[:index]:
            yield subject.problem(name, ("related", index), "related", f"«{related}» leads back here, or stands twice.", "Name another entry.")
    if len(entry.related) > MAX_RELATED:
        yield subject.problem(name, ("related",), "related", f"More than {MAX_RELATED} related entries.", "Keep those asked most.", severity="style")


def _sections(subject: Subject, entry: Entry) -> Iterator[Problem]:
    for index, section in enumerate(entry.sections):
        lacking = [notice.reference for notice in subject.notices(entry) if section not in notice.sections]
        if lacking:
            nowhere = not any(section in notice.sections for notice in subject.library.notices.values())
            message = f"There is no section «{section}» in {', '.join(lacking)}." + ("" if nowhere else " It is not named as a source there.")
            yield subject.problem(
                f"entry/{entry.id}", ("sections", index), "unknown-section", message, "Name one of the notice's sections.", severity="fault" if nowhere else "style"
            )


def _conditions(subject: Subject, entry: Entry) -> Iterator[Problem]:
    name = f"entry/{entry.id}"
    for index, answer in enumerate(entry.answers):
        for condition in answer.conditions:
            yield from _condition(subject, entry, index, condition)
        if not answer.conditions and index < len(entry.answers) - 1:
            mend = "Give it a condition, or put it last."
            yield subject.problem(name, ("answers", index), "unreachable", "What stands after this wording can never be said: it has no condition.", mend)
        if any(set(earlier.conditions) <= set(answer.conditions) for earlier in entry.answers[:index] if earlier.conditions):
            yield subject.problem(name, ("answers", index), "unreachable", "An earlier wording is said whenever this one could be.", "Put the narrower condition first.")
    if entry.answers and entry.answers[-1].conditions:
        message = "The last wording has a condition: on some days nothing could be said."
        yield subject.problem(name, ("answers", len(entry.answers) - 1), "no-last-answer", message, "Add a wording without a condition.")


def _condition(subject: Subject, entry: Entry, index: int, condition: Condition) -> Iterator[Problem]:
    name, way = f"entry/{entry.id}", ("answers", index, "when")
    facts = [notice.facts[condition.fact] for notice in subject.library.notices.values() if condition.fact in notice.facts]
    if not facts:
        yield subject.problem(name, way, "unknown-fact", f"No notice has a fact «{condition.fact}».", "Correct its name.")
    elif condition.dated and facts[0].type not in DATED:
        yield subject.problem(name, way, "condition", f"«{condition.fact}» has no date to be {condition.test}.", "Use «with» or «without».")
    elif condition.test == "during" and facts[0].type != "months":
        yield subject.problem(name, way, "condition", f"«{condition.fact}» is a moment: nothing is during it.", "Use before, on or after.")


def _dates(subject: Subject, entry: Entry) -> Iterator[Problem]:
    """Ask for a wording before and one after each day that can go by."""
    tested = {condition.fact for answer in entry.answers for condition in answer.conditions if condition.dated}
    for index, answer in enumerate(entry.answers):
        named = {key for locale in LOCALES for key, _ in placeholders(answer.words[locale])}
        dated = {key for key in named for notice in subject.notices(entry) if (fact := notice.facts.get(key)) and fact.type in DATED}
        for key in sorted(dated - tested):
            mend = f"Write one wording with «when: before {key}» and one without, for when it is past."
            yield subject.problem(f"entry/{entry.id}", ("answers", index), "before-and-after", f"«{key}» can go by, and the wording stays the same.", mend)


def _same_questions(subject: Subject) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for entry in subject.library.entries.values():
        for locale in LOCALES:
            key = (locale, plain(entry.question[locale]).casefold().strip(" ?"))
            first = seen.setdefault(key, entry.id)
            if key[1] and first != entry.id:
                message = f"«{first}» has the same question: «{first_words(entry.question[locale])}»."
                yield subject.problem(f"entry/{entry.id}", ("question", locale), "same-question", message, "Ask what this entry alone answers.", language=locale)
