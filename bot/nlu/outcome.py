"""What understanding ends in: readings, and the one intent that Rasa's rules go by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.content.model import Entry
from bot.i18n.locale import Locale
from bot.nlu.context import Before, closer, follow_up, wanted_language
from bot.nlu.entity import Entity
from bot.nlu.intents import CLARIFY, base_intent, intent_of, kind_of
from bot.nlu.normalise import fold
from bot.nlu.reading import Ambiguous, Asked, Candidate, Reading, Thresholds, Understood, read_message

_THE_OTHER = re.compile(r"\b(?:the other (?:one|office|vacancy|post|position|notice|internship|job)?|other one|l'autre|le second|la seconde|the second one)\b")
CHANGE_LANGUAGE = "smalltalk/change-language"
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


def conclude(heard: Heard, ranking: Sequence[Candidate], thresholds: Thresholds) -> Outcome:
    """Conclude from the ranking of a message and from what its parts may ask; another language is out of scope."""
    if not heard.served:
        return Outcome((), base_intent("out_of_scope"), f"{base_intent('out_of_scope')}/other-language", 1.0)
    readings = with_other_criterion(read_message(ranking, heard.asked, thresholds, heard.text), heard.entities)
    understood = [reading for reading in readings if isinstance(reading, Understood)]
    if understood:
        first = min(understood, key=lambda reading: _ORDER.index(base_intent(kind_of(reading.intent))))
        return Outcome(readings, base_intent(kind_of(first.intent)), first.intent, first.confidence)
    if any(isinstance(reading, Ambiguous) for reading in readings):
        return Outcome(readings, CLARIFY, ranking[0].intent, readings[0].confidence)
    return Outcome(readings, base_intent("out_of_scope"), f"{base_intent('out_of_scope')}/general", readings[0].confidence)


def with_other_criterion(readings: tuple[Reading, ...], entities: Sequence[Entity]) -> tuple[Reading, ...]:
    """Add age to nationality, or nationality to age, where the message gives both: «23 and Norwegian, is that alright?»."""
    kinds = {entity.kind for entity in entities}
    asked = {reading.intent for reading in readings if isinstance(reading, Understood)}
    both = {"faq/age", "faq/nationality"}
    if len(asked & both) != 1 or not kinds & {"nationality", "citizenship"} or "age" not in kinds:
        return readings
    missing = (both - asked).pop()
    return (*readings, Understood(missing, 1.0, readings[0].text))


def conclude_in_context(heard: Heard, before: Before, entries: Mapping[str, Entry], thresholds: Thresholds) -> Outcome:
    """Conclude from what was heard and from the turn before."""
    outcome = conclude(heard, closer(heard.ranking, before, entries, heard.text), thresholds)
    questions = {key: entries[key].question[heard.locale] for key in before.choices if key in entries}
    sure = outcome.confidence >= SURE and outcome.intent in {"faq", "refusal", "not-in-notice"}
    lean = follow_up(heard.text, heard.entities, before, questions, other_one=heard.other_one, sure=sure)
    known = [key for key in lean.entries if key in entries] if lean else []
    if lean is None or not known:
        asks_language = outcome.retrieval_intent == CHANGE_LANGUAGE
        return replace(outcome, locale=wanted_language(heard.text) if asks_language else None)
    if lean.lean == "more":  # what an editor named as the next thing to know
        known = [other for key in known for other in entries[key].related if other in entries][:1] or known
    intents = tuple(intent_of(key, entries[key].kind) for key in known)
    readings = tuple(Understood(intent, 1.0, heard.text) for intent in intents)
    return Outcome(readings, base_intent(entries[known[0]].kind), intents[0], 1.0, lean.locale)


def points_to_the_other(text: str) -> bool:
    """Tell whether a message speaks of «the other one»."""
    return _THE_OTHER.search(fold(text)) is not None
