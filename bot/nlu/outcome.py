"""What understanding ends in: readings, and the one intent that Rasa's rules go by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.content.model import Library
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.context import Before, closer, follow_up, wanted_language
from bot.nlu.courtesies import with_courtesies
from bot.nlu.entity import Entity
from bot.nlu.intents import CHANGE_LANGUAGE, CLARIFY, ELSEWHERE, FOREIGN, base_intent, intent_of, kind_of
from bot.nlu.leaning import lean_on_parts
from bot.nlu.normalise import fold
from bot.nlu.reading import Ambiguous, Asked, Candidate, Reading, Thresholds, Understood, read_message

SURE = 0.6  # from here on a message was understood without what came before it
# A refusal decides a message with several readings; small talk never does.
_ORDER = ("refusal", "faq", "not-in-notice", "out-of-scope", "smalltalk")


@dataclass(frozen=True)
class Outcome:
    """The readings of a message and what they come to."""

    readings: tuple[Reading, ...]
    intent: str
    retrieval_intent: str
    confidence: float
    locale: Locale | None = None  # asked for in the message: «en français ?»
    other_too: bool = False  # the same is asked of the other office: «… and at the other one?»


@dataclass(frozen=True)
class Heard:
    """A message with everything that the pipeline found in it."""

    text: str
    locale: Locale
    served: bool
    ranking: Sequence[Candidate]
    asked: Sequence[tuple[Asked, str]]
    entities: Sequence[Entity]
    other_one: bool
    parts: Sequence[str] = ()  # the smallest, in their order


def conclude(heard: Heard, ranking: Sequence[Candidate], library: Library, thresholds: Thresholds) -> Outcome:
    """Conclude from the ranking of a message and from what its parts may ask, some in the light of others; another language is out of scope."""
    if not heard.served:
        return Outcome((), base_intent("out_of_scope"), FOREIGN, 1.0)
    leant = lean_on_parts(read_message(ranking, heard.asked, thresholds, heard.text), heard.parts, heard.entities, library)
    heeded = with_language_named(with_other_criterion(leant.readings, heard.entities), heard.entities)
    readings = with_courtesies(heeded, heard.asked, thresholds)
    understood = [reading for reading in readings if isinstance(reading, Understood)]
    if understood:
        first = min(understood, key=lambda reading: _ORDER.index(base_intent(kind_of(reading.intent))))
        return Outcome(readings, base_intent(kind_of(first.intent)), first.intent, first.confidence, other_too=leant.other_too)
    if any(isinstance(reading, Ambiguous) for reading in readings):
        return Outcome(readings, CLARIFY, ranking[0].intent, readings[0].confidence)
    return Outcome(readings, base_intent("out_of_scope"), ELSEWHERE, readings[0].confidence)


def with_other_criterion(readings: tuple[Reading, ...], entities: Sequence[Entity]) -> tuple[Reading, ...]:
    """Add age to nationality, or nationality to age, where the message gives both: «23 and Norwegian, is that alright?»."""
    kinds = {entity.kind for entity in entities}
    asked = {reading.intent for reading in readings if isinstance(reading, Understood)}
    both = {"faq/age", "faq/nationality"}
    if len(asked & both) != 1 or not kinds & {"nationality", "citizenship"} or "age" not in kinds:
        return readings
    missing = (both - asked).pop()
    return (*readings, Understood(missing, 1.0, readings[0].text))


def with_language_named(readings: tuple[Reading, ...], entities: Sequence[Entity]) -> tuple[Reading, ...]:
    """Read a wish for a language that is not served («may I write to you in Estonian?») as the question whether it will do."""
    return tuple(
        replace(reading, intent=FOREIGN) if isinstance(reading, Understood) and reading.intent == CHANGE_LANGUAGE and _names_another(reading.text, entities) else reading
        for reading in readings
    )


def _names_another(text: str, entities: Sequence[Entity]) -> bool:
    """Tell whether `text` names languages, and none that is served."""
    named = {entity.value for entity in entities if entity.kind == "language" and fold(entity.text) in fold(text)}
    return bool(named) and not named & set(LOCALES)


def conclude_in_context(heard: Heard, before: Before, library: Library, thresholds: Thresholds) -> Outcome:
    """Conclude from what was heard and from the turn before."""
    entries = library.entries
    outcome = conclude(heard, closer(heard.ranking, before, entries, heard.text), library, thresholds)
    questions = {key: entries[key].question[heard.locale] for key in before.choices if key in entries}
    sure = outcome.confidence >= SURE and outcome.intent in {"faq", "refusal", "not-in-notice"}
    lean = follow_up(heard.text, heard.entities, before, questions, other_one=heard.other_one, sure=sure)
    again = [key for key in lean.entries if key in entries] if lean else []
    if lean is None or not again:
        asks_language = outcome.retrieval_intent == CHANGE_LANGUAGE or any(one.intent == CHANGE_LANGUAGE and one.stands >= thresholds.surely for one, _ in heard.asked)
        return replace(outcome, locale=wanted_language(heard.text) if asks_language else None)
    if lean.lean == "more":  # what an editor named as the next thing to know
        again = [other for key in again for other in entries[key].related if other in entries][:1] or again
    intents = tuple(intent_of(key, entries[key].kind) for key in again)
    readings = tuple(Understood(intent, 1.0, heard.text) for intent in intents)
    return Outcome(readings, base_intent(entries[again[0]].kind), intents[0], 1.0, lean.locale)
