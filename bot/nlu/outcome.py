"""What understanding ends in: readings, and the one intent that Rasa's rules go by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.nlu.intents import CLARIFY, base_intent, kind_of
from bot.nlu.normalise import fold
from bot.nlu.reading import Ambiguous, Candidate, Reading, Thresholds, Understood, read_message

_THE_OTHER = re.compile(r"\b(?:the other (?:one|office|vacancy|post|position|notice|internship|job)?|other one|l'autre|le second|la seconde|the second one)\b")
# A refusal decides a message with several readings; small talk never does.
_ORDER = ("refusal", "faq", "not-in-notice", "out-of-scope", "smalltalk")


@dataclass(frozen=True)
class Outcome:
    """The readings of a message and what they come to."""

    readings: tuple[Reading, ...]
    intent: str
    retrieval_intent: str
    confidence: float


def conclude(segments: Sequence[Mapping[str, Any]], rankings: Sequence[Sequence[Candidate]], thresholds: Thresholds, *, served: bool = True) -> Outcome:
    """Conclude from the rankings of a message (first) and of its parts (the rest); another language is out of scope."""
    if not served:
        return Outcome((), base_intent("out_of_scope"), f"{base_intent('out_of_scope')}/other-language", 1.0)
    parts = [(segment["text"], segment["asks"], ranking) for segment, ranking in zip(segments[1:], rankings[1:], strict=True)]
    readings = read_message(rankings[0], parts, thresholds, segments[0]["text"])
    understood = [reading for reading in readings if isinstance(reading, Understood)]
    if understood:
        first = min(understood, key=lambda reading: _ORDER.index(base_intent(kind_of(reading.intent))))
        return Outcome(readings, base_intent(kind_of(first.intent)), first.intent, first.confidence)
    if any(isinstance(reading, Ambiguous) for reading in readings):
        return Outcome(readings, CLARIFY, rankings[0][0].intent, readings[0].confidence)
    return Outcome(readings, base_intent("out_of_scope"), f"{base_intent('out_of_scope')}/general", readings[0].confidence)


def points_to_the_other(text: str) -> bool:
    """Tell whether a message speaks of «the other one»."""
    return _THE_OTHER.search(fold(text)) is not None
