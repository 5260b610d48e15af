"""Facts and placeholders: known, of a format that exists, equal where they must be, used, and never written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.check.subject import Subject, Text, masked
from bot.content.facts import Fact
from bot.content.figures import comparison_of, figures
from bot.content.model import Entry, Notice
from bot.content.problem import Problem
from bot.content.wording import PLACEHOLDER, formats, in_words, placeholders
from bot.i18n.locale import LOCALES, Locale

ASKED_BY_CODE = frozenset({"reference", "title", "office-name", "office-short", "body", "schedule", "location", "deadline"})  # said or compared without a placeholder
GIVEN = frozenset({"given", "date", "office"})  # filled in by the code that says a criterion's words
Known = dict[tuple[tuple[str, ...], Locale], dict[tuple[str, str], str]]  # the figures of facts, by notices and language


def check_facts(subject: Subject) -> Iterator[Problem]:
    """Yield every fault about facts and the places that name them."""
    known: Known = {}
    for text in subject.texts():
        for locale in LOCALES:
            if text.words.get(locale):
                yield from _stray(subject, text, locale)
                yield from _by_hand(subject, text, locale, known)
                if text.kind == "answer":
                    yield from _named(subject, text, locale)
                    yield from _compared(subject, text, locale)
                elif text.kind == "question":
                    yield from _in_question(subject, text, locale)
                else:
                    yield from _in_criterion(subject, text, locale)
    yield from _together(subject)
    yield from _unused(subject)


def _stray(subject: Subject, text: Text, locale: Locale) -> Iterator[Problem]:
    rest = PLACEHOLDER.sub("", text.words[locale])
    if re.search(r"[{}]", rest):
        yield subject.at(text, locale, "placeholder", "A bracket { or } stands outside a well-formed fact.", "Write a fact as {deadline} or {deadline|date}.")


def _in_question(subject: Subject, text: Text, locale: Locale) -> Iterator[Problem]:
    if placeholders(text.words[locale]):
        yield subject.at(text, locale, "placeholder", "A question names a fact; questions are shown as they are written.", "Ask without the fact.")


def _in_criterion(subject: Subject, text: Text, locale: Locale) -> Iterator[Problem]:
    for fact, _ in placeholders(text.words[locale]):
        if fact not in GIVEN and fact not in subject.library.curated and not any(fact in notice.facts for notice in subject.library.notices.values()):
            yield subject.at(text, locale, "unknown-fact", f"There is no fact «{fact}» for a criterion's words.", f"Use one of {', '.join(sorted(GIVEN))}.")


def _named(subject: Subject, text: Text, locale: Locale) -> Iterator[Problem]:
    entry = subject.library.entries[text.entry]
    for key, form in dict.fromkeys(placeholders(text.words[locale])):
        lacking = [notice.reference for notice in subject.notices(entry) if key not in subject.facts(notice) and not _excluded(text, notice)]
        if lacking:
            mend = "Correct its name, add the fact to the notice, or give the wording a condition «with " + key + "»."
            nowhere = not any(key in subject.facts(notice) for notice in subject.library.notices.values())
            message = f"There is no fact «{key}» in {', '.join(lacking)}." + ("" if nowhere else " The answer will be that the notice does not say.")
            yield subject.at(text, locale, "unknown-fact", message, mend, severity="fault" if nowhere else "style")
            continue
        for notice in subject.notices(entry):
            fact = subject.facts(notice).get(key)
            if fact is not None and not _can_be_written(fact, form, locale, notice):
                yield subject.at(
                    text,
                    locale,
                    "unknown-format",
                    f"«{key}» cannot be written as «{form or 'plain'}».",
                    f"Use one of: {', '.join(form or '(none)' for form in formats(fact.type)) or 'none; a link goes under links'}.",
                )
                break


def _excluded(text: Text, notice: Notice) -> bool:
    """Tell whether the wording's conditions can never hold for `notice`."""
    return any((c.test == "without") == (c.fact in notice.facts) for c in text.conditions)


def _can_be_written(fact: Fact, form: str, locale: Locale, notice: Notice) -> bool:
    if fact.id == "notices":
        return form in formats("list")
    try:
        in_words(fact, locale, form, zone=notice.zone)
    except ValueError:
        return False
    return True


def _compared(subject: Subject, text: Text, locale: Locale) -> Iterator[Problem]:
    """Hold a bound against the comparison that the notice makes; the other language's may be quoted beside its own."""
    template = text.words[locale]
    for found in PLACEHOLDER.finditer(template):
        bounds = [fact for notice in subject.notices(subject.library.entries[text.entry]) if (fact := notice.facts.get(found[1])) and fact.type == "bound"]
        said = comparison_of(masked(template), found.start(), found.end(), locale)
        if bounds and said is not None and said not in bounds[0].comparison.values():
            right = " / ".join(sorted(set(bounds[0].comparison.values())))
            yield subject.at(text, locale, "comparison-not-in-facts", f"«{found[1]}» is said with «{said}»; the notice says «{right}».", "Use the notice's comparison.")


def _by_hand(subject: Subject, text: Text, locale: Locale, cache: Known) -> Iterator[Problem]:
    """Figures are facts: one written by hand stays behind when the fact changes."""
    spoken = masked(text.words[locale])
    entry = subject.library.entries.get(text.entry)
    notices = tuple(notice.reference for notice in (subject.notices(entry) if entry else subject.library.notices.values()))
    if (notices, locale) not in cache:
        cache[notices, locale] = _known_figures(subject, notices, locale)
    known = cache[notices, locale]
    for figure in figures(spoken, locale):
        written = spoken[figure.start : figure.end]
        if figure.kind in {"number", "ordinal", "offset", "month"} and not (written[:1].isdigit() and figure.kind == "number"):
            continue
        if not written[:1].isdigit() and figure.value.startswith("2 "):  # «both months», «ces deux mois» count what stands beside them
            continue
        if figure.same in known:
            yield subject.at(text, locale, "figure-by-hand", f"«{written}» is the fact «{known[figure.same]}», written by hand.", f"Insert the fact {{{known[figure.same]}}}.")
        elif figure.kind in {"money", "quantity", "date", "time"} and text.kind != "criterion" and (other := _of_same_measure(figure.same, known)):
            yield subject.at(text, locale, "figure-not-in-facts", f"«{written}» is none of the facts; the notice has «{other}».", "Insert the fact, or take the figure out.")
        else:
            yield subject.at(text, locale, "figure-by-hand", f"«{written}» is written by hand.", "Make it a fact of the notice, if it comes from there.", severity="style")


def _known_figures(subject: Subject, notices: tuple[str, ...], locale: Locale) -> dict[tuple[str, str], str]:
    """Return the figures that the facts make when they are put into words, each with its fact."""
    known: dict[tuple[str, str], str] = {}
    for notice in (subject.library.notices[reference] for reference in notices):
        for fact in notice.facts.values():
            if fact.type in {"instant", "money", "count", "bound", "months"}:
                for form in formats(fact.type):
                    if form != "count" and _can_be_written(fact, form, locale, notice):
                        for figure in figures(in_words(fact, locale, form, zone=notice.zone), locale):
                            if figure.kind != "number" or len(figure.value) > 2:
                                known.setdefault(figure.same, fact.id)
    return known


def _of_same_measure(same: tuple[str, str], known: dict[tuple[str, str], str]) -> str:
    kind, value = same
    unit = value.rpartition(" ")[2] if kind in {"money", "quantity"} else ""
    return next((fact for (other, theirs), fact in known.items() if other == kind and (not unit or theirs.endswith(f" {unit}"))), "")


def _together(subject: Subject) -> Iterator[Problem]:
    """Allow only facts that are equal in all notices in what is said once for all of them."""
    for entry in subject.library.entries.values():
        for index, answer in enumerate(entry.answers if entry.together else ()):
            named = {key for locale in LOCALES for key, _ in placeholders(answer.words[locale])} - {"notices"}
            for key in sorted(named):
                facts = [notice.facts.get(key) for notice in subject.notices(entry)]
                if any(fact is not None and facts[0] is not None and fact.values != facts[0].values for fact in facts):
                    message = f"«{key}» differs between the notices, and the answer is said once for all of them."
                    yield subject.problem(f"entry/{entry.id}", ("answers", index), "together", message, "Take «scope: together» away, or leave the fact out.")


def _unused(subject: Subject) -> Iterator[Problem]:
    used = set(ASKED_BY_CODE)
    for entry in subject.library.entries.values():
        used |= _uses(entry)
    for reference, notice in subject.library.notices.items():
        for key in notice.facts:
            if key not in used:
                yield subject.problem(
                    f"notice/{reference}", ("facts", key), "unused-fact", f"No entry uses the fact «{key}».", "Say it in an entry, or take it out.", severity="style"
                )


def _uses(entry: Entry) -> set[str]:
    named = {key for answer in entry.answers for text in answer.words.values() for key, _ in placeholders(text)}
    return named | set(entry.links) | {condition.fact for answer in entry.answers for condition in answer.conditions}
