"""Our conclusion about a message, in the words of Rasa's rules."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.content.library import library
from bot.nlu.components.component import Component, Config, Kind, locale_of, register
from bot.nlu.context import Before, language_is_meant, of_both
from bot.nlu.entity import Entity
from bot.nlu.intents import SELF_CHECK, intent_of
from bot.nlu.outcome import Heard, Outcome, conclude_in_context
from bot.nlu.reading import Candidate, Thresholds, as_json
from bot.nlu.segments import leaves


@register(Kind.INTENT_CLASSIFIER, is_trainable=False)
class Reader(Component):
    """Adds our conclusion, ``readings``, and the intent that the rules go by."""

    @staticmethod
    def get_default_config() -> Config:
        """Return the default configuration."""
        return {"answer": 0.45, "choice": 0.15, "order": 0.45, "part": 0.4, "surely": 0.7, "certain": 0.9}

    def process(self, messages: list[Message]) -> list[Message]:
        """Conclude for each message, in the light of the turn before it."""
        thresholds = Thresholds(**{field.name: self.config[field.name] for field in fields(Thresholds)})
        served = library()
        for message in messages:
            before = _before(message)
            parts = message.get("segments")
            found = Heard(
                text=message.get(TEXT),
                locale=locale_of(message),
                served=(message.get("language") or {}).get("served", True),
                ranking=message.get("ranking"),
                asked=[(one, parts[one.place].text) for one in message.get("asked")],
                entities=tuple(Entity(**raw) for raw in message.get("named") or ()),
                other_one=bool(message.get("other_one")),
                parts=[parts[place].text for place in leaves(parts)],
            )
            outcome = conclude_in_context(found, before, served, thresholds)
            message.set("readings", [as_json(reading) for reading in outcome.readings], add_to_output=True)
            message.set("asked_language", None if language_is_meant(found.text, before) else outcome.locale, add_to_output=True)
            message.set("of_both", of_both(message.get(TEXT)), add_to_output=True)
            message.set("other_too", outcome.other_too, add_to_output=True)
            message.set(INTENT, {"name": _led_by(outcome), "confidence": outcome.confidence}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [_named(candidate) for candidate in message.get("ranking")], add_to_output=True)
            message.set("response_selector", _selected(outcome), add_to_output=True)
        return messages


def _before(message: Message) -> Before:
    left = (message.get(METADATA) or {}).get("before") or {}
    return Before(tuple(left.get("entries") or ()), tuple(left.get("choices") or ()), left.get("open_slot"))


def _led_by(outcome: Outcome) -> str:
    """Return the intent for the rules: a wish for the self-check, and nothing else, begins it."""
    alone = len(outcome.readings) == 1 and outcome.retrieval_intent == intent_of(SELF_CHECK, "answer")
    return SELF_CHECK if alone else outcome.intent


def _named(candidate: Candidate) -> dict[str, Any]:
    return {"name": candidate.intent, "confidence": candidate.confidence}


def _selected(outcome: Outcome) -> dict[str, Any]:
    """Return the entry in the shape of Rasa's response selector: `rasa test nlu` then reports on entries."""
    response = {"intent_response_key": outcome.retrieval_intent, "confidence": outcome.confidence, "responses": [], "utter_action": ""}
    return {"all_retrieval_intents": [], "default": {"response": response, "ranking": [{"intent_response_key": outcome.retrieval_intent, "confidence": outcome.confidence}]}}
