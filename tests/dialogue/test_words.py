"""No reply holds a sentence that is not published content or a phrase of the catalogue: all entries, languages, notices and three days, any parameters.

The proof here knows nothing of how replies are composed: it takes the content's templates apart and looks for each line among them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.content.library import load_library
from bot.content.model import Library
from bot.content.wording import PLACEHOLDER, in_words
from bot.dialogue.compose import answer, clarify, decline, other_language, say
from bot.dialogue.self_check import Said
from bot.dialogue.self_check_reply import Progress, ask, stop, summarise
from bot.dialogue.turn import Turn
from bot.dialogue.verify import verify
from bot.i18n.catalogue import phrase
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.entity import Entity
from bot.nlu.intents import intent_of
from bot.nlu.reading import Ambiguous, Understood
from bot.nlu.self_check import STEPS
from tests.conftest import AFTER_THE_DEADLINE, BEFORE_THE_SESSION, BETWEEN

LIBRARY = load_library()
DAYS = (BEFORE_THE_SESSION, BETWEEN, AFTER_THE_DEADLINE)
LAST_DAY = datetime.fromisoformat("2025-06-22T09:00:00+02:00")
PHRASES = ("closed-since", "for-office", "which-was-meant", "deadline-elsewhere", "time-left", "closes-today")
ANYTHING = r"[^\n.;•]{1,60}"  # what an applicant gave, a place, a span of time: never a sentence


@cache
def patterns(locale: Locale) -> tuple[re.Pattern[str], ...]:
    """Return a pattern for every text of the content and every phrase, with each placeholder the words of its fact."""
    templates = [answer.words[locale] for entry in LIBRARY.entries.values() for answer in entry.answers]
    templates += [words[locale] for criterion in LIBRARY.criteria.values() for words in criterion.says.values()]
    brief = [(criterion.label[locale], words[locale]) for criterion in LIBRARY.criteria.values() for words in criterion.brief.values()]
    lines = [f"• {phrase('self-check-line', locale, criterion=label, words=words)}" for label, words in brief]
    lines += [f"• {phrase('self-check-line', locale, criterion=one.label[locale], words=phrase('self-check-not-given', locale))}" for one in LIBRARY.criteria.values()]
    spoken = [phrase(key, locale, **dict.fromkeys(("date", "office", "place", "time", "left"), "\ue000")) for key in PHRASES]
    found = [re.compile(_pattern(LIBRARY, template, locale)) for template in [*templates, *lines]]
    office = "|".join(re.escape(notice.words("office-name", locale)) + r" \(\d{6}\)" for notice in LIBRARY.notices.values())
    several = rf"(?:(?:{office})(?:, | and | et )?)+"
    found += [re.compile(re.escape(text).replace("\ue000", several if key == "for-office" else rf"{ANYTHING}")) for key, text in zip(PHRASES, spoken, strict=True)]
    return tuple(found)


def _pattern(library: Library, template: str, locale: Locale) -> str:
    parts, end = [], 0
    for found in PLACEHOLDER.finditer(template):
        parts += [re.escape(template[end : found.start()]), _forms(library, found[1], found[2] or "", locale)]
        end = found.end()
    return "".join([*parts, re.escape(template[end:])])


def _forms(library: Library, key: str, form: str, locale: Locale) -> str:
    if key == "given":
        return ANYTHING
    forms = [in_words(notice.facts[key], locale, form, zone=notice.zone) for notice in library.notices.values() if key in notice.facts]
    forms += [in_words(library.curated[key], locale, form, zone=notice.zone) for notice in library.notices.values() if key in library.curated]
    if key == "notices":
        forms.append("\n".join(f"• {notice.words('title', locale)}, {reference}" for reference, notice in library.notices.items()))
    return "(?:" + "|".join(re.escape(one) for one in dict.fromkeys(forms)) + ")"


def unknown(text: str, locale: Locale) -> str:
    """Return the part of `text` that no template accounts for, or nothing."""
    while text:
        ends = [found.end() for pattern in patterns(locale) if (found := pattern.match(text)) and text[found.end() : found.end() + 1] in {"", "\n", " "}]
        if not ends:
            return text
        text = text[max(ends) :].removeprefix("\n").removeprefix(" ")
    return ""


def proved(reply, locale: Locale) -> None:
    """Assert that each sentence is content, that `verify` agrees, and that no button says anything else."""
    for block in reply.blocks:
        locales = LOCALES if block.entry == "other-language" else (locale,)
        left = block.text
        for each in (*locales, *locales):
            left = unknown(left, each)
        assert not left, (block.entry, left)
    proofs = verify([reply.as_json()], {LIBRARY.version: LIBRARY}.get)
    assert {proof.verdict for proof in proofs} == {"confirmed"}, proofs


ENTITIES = st.one_of(
    st.builds(Entity, st.just("age"), st.integers(14, 79).map(str), st.just("x"), st.just(0)),
    st.builds(Entity, st.just("birth"), st.dates(date(1950, 1, 1), date(2010, 12, 31)).map(str), st.just("x"), st.just(0)),
    st.builds(Entity, st.sampled_from(["nationality", "country"]), st.sampled_from(["SE", "CH", "US", "UA", "FR", "JP", "MK"]), st.just("x"), st.just(0)),
    st.builds(Entity, st.just("language"), st.sampled_from(["en", "fr", "de", "uk", "es"]), st.just("x"), st.just(0)),
    st.builds(Entity, st.just("study-years"), st.integers(0, 12).map(str), st.just("x"), st.just(0)),
    st.builds(Entity, st.sampled_from(["student", "school"]), st.just("x"), st.just("x"), st.just(0)),
    st.builds(Entity, st.just("degree"), st.sampled_from(["2024-06", "2024-07", "2019", "2025-05"]), st.just("x"), st.just(0)),
    st.builds(Entity, st.just("zone"), st.sampled_from(["America/Toronto", "Europe/London", "Asia/Tokyo", "Europe/Paris"]), st.just("x"), st.just(0)),
)
TURNS = st.tuples(
    st.sampled_from(LOCALES),
    st.one_of(st.sampled_from(DAYS), st.integers(0, 24 * 60 * 60).map(lambda seconds: LAST_DAY + timedelta(seconds=seconds))),
    st.lists(ENTITIES, max_size=4).map(tuple),
    st.sampled_from([None, *LIBRARY.notices]),
)


def turn_of(parts, readings=()) -> Turn:
    locale, now, entities, page = parts
    return Turn(LIBRARY, locale, now, readings=readings, entities=entities, page=page)


@pytest.mark.parametrize("day", DAYS, ids=["before", "between", "after"])
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("page", [*LIBRARY.notices, None])
def test_every_entry_says_nothing_but_content(page, locale, day):
    turn = Turn(LIBRARY, locale, day, page=page)
    for entry in LIBRARY.entries.values():
        if entry.kind != "step":
            proved(say(turn, [entry.id]), locale)
    proved(other_language(turn), locale)
    proved(decline(turn), locale)


@given(TURNS, st.sampled_from([entry.id for entry in LIBRARY.entries.values() if entry.kind != "step"]))
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_an_applicant_says_of_themselves(parts, entry):
    turn = turn_of(parts)
    proved(say(turn, [entry]), turn.locale)


@given(TURNS, st.lists(st.sampled_from(["age", "nationality", "stipend", "deadline", "who-can-apply"]), min_size=1, max_size=3))
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_several_questions_at_once(parts, keys):
    understood = tuple(Understood(intent_of(key, LIBRARY.entries[key].kind), 0.9) for key in keys)
    unsure = Ambiguous(tuple(dict.fromkeys(reading.intent for reading in understood)), 0.3)
    proved(answer(turn_of(parts, understood)), parts[0])
    proved(clarify(turn_of(parts, (unsure,))), parts[0])


@given(TURNS, st.sampled_from(STEPS), st.integers(0, 2), st.booleans())
@example(parts=("fr", DAYS[0], (Entity("country", "JP", "x", 0), Entity("country", "CH", "x", 0)), None), step=STEPS[1], tries=0, begun=False)  # «Suisse»: two kinds
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_the_self_check(parts, step, tries, begun):
    turn = turn_of(parts)
    proved(ask(turn, step, Progress(tries, begun=begun), turn.page), turn.locale)
    said = {each: Said(tuple(turn.entities)) for each in STEPS[1:] if turn.entities}
    proved(summarise(turn, {"notice": Said(notice=turn.page), **said}), turn.locale)
    proved(stop(turn, turn.page), turn.locale)


def test_a_foreign_sentence_is_found():
    assert unknown("The last day to apply is tomorrow, hurry.", "en")
    assert unknown("You are eligible.", "en")
    assert not unknown(phrase("which-was-meant", "en"), "en")
