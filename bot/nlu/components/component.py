"""What the components share: how they are built, what they learn from, and what a message says of its language."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.i18n.locale import Locale, parse_locale
from bot.nlu import fingerprint
from bot.nlu.language import LanguageGuess

Config = dict[str, Any]
Kind, register = DefaultV1Recipe.ComponentType, DefaultV1Recipe.register
TAUGHT = "taught.json"


class Component(GraphComponent):  # type: ignore[misc]  # Rasa ships no types
    """What all of ours share: they are built from their configuration and a place to keep what they learn."""

    def __init__(self, config: Config, storage: ModelStorage, resource: Resource) -> None:
        self.config, self.storage, self.resource = config, storage, resource

    @classmethod
    def create(cls, config: Config, model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> Any:
        """Build the component; Rasa calls this before training and, unless `load` differs, before use."""
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Config) -> str | None:
        """Return a hash of what the component calls and reads: Rasa hashes its class only."""
        return fingerprint.of("bot/nlu", "bot/content", "data/faq", "data/nlu/lexicon")


def examples_of(training_data: TrainingData) -> list[Message]:
    """Return the messages that teach an intent."""
    return [message for message in training_data.training_examples if message.get(TEXT) and message.get(INTENT)]


def taught_in(message: Message) -> Locale:
    """Return the language that an example was written in."""
    return parse_locale((message.get(METADATA) or {}).get("locale", "en"))


def set_language(message: Message, guess: LanguageGuess) -> None:
    """Note the language that `message` was found to be in."""
    message.set("language", {"locale": guess.locale, "confidence": guess.confidence, "served": guess.locale is not None}, add_to_output=True)


def language_of(message: Message) -> LanguageGuess:
    """Return what `set_language` noted."""
    return LanguageGuess(message.get("language")["locale"], message.get("language")["confidence"])


def prior_of(message: Message) -> Locale | None:
    """Return the language that the page or the conversation has, if any."""
    told = message.get(METADATA) or {}
    return told.get("language") or told.get("spoken") or told.get("accepts")


def locale_of(message: Message) -> Locale:
    """Return the language that the message was found to be in; English rules do for one that is not served."""
    return parse_locale((message.get("language") or {}).get("locale") or "en")
