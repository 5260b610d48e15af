"""Rasa graph components: each reads from the message, calls plain functions of ours and writes back."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, INTENT_RESPONSE_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.content.library import library
from bot.i18n.locale import Locale, parse_locale
from bot.nlu import fingerprint
from bot.nlu.context import Before, language_is_meant, of_both
from bot.nlu.dividing import fit_divider, heard, read_several
from bot.nlu.division import Divider
from bot.nlu.encoder import Encoder, shared_encoder
from bot.nlu.entities import find_entities
from bot.nlu.entity import Entity
from bot.nlu.intents import SELF_CHECK, intent_of
from bot.nlu.language import LanguageModel
from bot.nlu.late import Late, phrasings
from bot.nlu.noise import noisy
from bot.nlu.normalise import canonical
from bot.nlu.offices import neutral, office_names
from bot.nlu.outcome import Heard, Outcome, conclude_in_context, points_to_the_other
from bot.nlu.ranking import Mixture, Ranker, best
from bot.nlu.reading import Candidate, Thresholds, as_json
from bot.nlu.spelling import Speller
from bot.nlu.vectors import encode_all

Config = dict[str, Any]
TAUGHT = "taught.json"
_RECIPE = DefaultV1Recipe.ComponentType


class _Component(GraphComponent):  # type: ignore[misc]  # Rasa ships no types
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


def _examples(training_data: TrainingData) -> list[Message]:
    return [message for message in training_data.training_examples if message.get(TEXT) and message.get(INTENT)]


class _Learner(_Component):
    """A component that learns one thing from the examples: `learns` has `fit`, `save` and `load`."""

    learns: ClassVar[type[LanguageModel | Speller]]
    model: Any = None

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples, each in its locale."""
        examples = _examples(training_data)
        model = self.learns.fit([canonical(message.get(TEXT)) for message in examples], [_taught(message) for message in examples])
        with self.storage.write_to(self.resource) as folder:
            model.save(Path(folder))
        return self.resource

    @classmethod
    def load(cls, config: Config, model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **_: Any) -> Any:
        """Return the component with what it learnt."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.model = cls.learns.load(Path(folder))
        return component


@DefaultV1Recipe.register(_RECIPE.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageIdentifier(_Learner):
    """Adds ``language``: the locale, how sure, and whether it is one that is served."""

    learns = LanguageModel

    def process(self, messages: list[Message]) -> list[Message]:
        """Add ``language`` to each message."""
        for message in messages:
            told = message.get(METADATA) or {}
            guess = self.model.guess(canonical(message.get(TEXT)), told.get("language") or told.get("spoken") or told.get("accepts"))
            message.set("language", {"locale": guess.locale, "confidence": guess.confidence, "served": guess.locale is not None}, add_to_output=True)
        return messages


@DefaultV1Recipe.register(_RECIPE.ENTITY_EXTRACTOR, is_trainable=False)
class NamedThings(_Component):
    """Adds ``named``: territories, nationalities, ages, notices and places (spaCy)."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add ``named`` to each message, and whether it points to «the other one»."""
        offices = office_names(library())
        for message in messages:
            text = message.get(TEXT)
            locale = _locale(message)
            message.set("named", [asdict(entity) for entity in find_entities(text, locale, offices)], add_to_output=True)
            message.set("other_one", points_to_the_other(text), add_to_output=True)
        return messages


@DefaultV1Recipe.register(_RECIPE.ENTITY_EXTRACTOR, is_trainable=True)
class SlipMender(_Learner):
    """Adds ``mended``: the text with slips of the keys mended, for what reads meaning; what was typed stays."""

    learns = Speller

    def process(self, messages: list[Message]) -> list[Message]:
        """Add ``mended`` to each message."""
        for message in messages:
            message.set("mended", self.model.mend(message.get(TEXT), _locale(message)))
        return messages


@DefaultV1Recipe.register(_RECIPE.MESSAGE_FEATURIZER, is_trainable=True)
class SegmentEncoder(_Component):
    """Adds ``segments`` (the message, then its parts if it has several) and their ``vectors``."""

    encoder: Encoder | None = None
    taught: frozenset[str] = frozenset()  # references of the notices whose names the model has learnt

    @staticmethod
    def get_default_config() -> Config:
        """Return the default configuration."""
        return {"encoders": ["e5", "use"]}

    def train(self, training_data: TrainingData) -> Resource:
        """Note which notices there are."""
        with self.storage.write_to(self.resource) as folder:
            (Path(folder) / TAUGHT).write_text(json.dumps(sorted(library().notices)), encoding="utf-8")
        return self.resource

    @classmethod
    def load(cls, config: Config, model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **_: Any) -> SegmentEncoder:
        """Return the component with what it noted."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.taught = frozenset(json.loads((Path(folder) / TAUGHT).read_text(encoding="utf-8")))
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as it is; the ranker encodes it in one go, from the cache."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode each message and its segments."""
        if self.encoder is None:
            self.encoder = shared_encoder(*self.config["encoders"])
        offices = office_names(library())
        for message in messages:
            locale = _locale(message)
            text = neutral(message.get("mended") or message.get(TEXT), offices, self.taught, locale)
            parts = heard(text, locale)
            message.set("segments", parts)
            message.set("vectors", self.encoder.encode([segment.text for segment in parts]))
        return messages


@DefaultV1Recipe.register(_RECIPE.INTENT_CLASSIFIER, is_trainable=True)
class EntryRanker(_Component):
    """Adds ``ranking``, the likeliest intents of the message, and ``asked``, what it may ask for in its parts."""

    ranker: Ranker | None = None
    divider: Divider | None = None
    taught: frozenset[str] = frozenset()  # the questions and phrasings of the content that the model has learnt
    late: tuple[str, Late] = ("", Late())  # what came since, by the version of the content

    @staticmethod
    def get_default_config() -> Config:
        """Return the default configuration."""
        return {"encoders": ["e5", "use"], "words": 0.35, "near": 0.0, "sharpness": 1.0, "noise": False, "seed": 1}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which words and meanings ask for which entry."""
        examples = _examples(training_data)
        texts = [canonical(message.get(TEXT)) for message in examples]
        intents = [message.get(INTENT_RESPONSE_KEY) or message.get(INTENT) for message in examples]
        locales = [_taught(message) for message in examples]
        hasty = noisy(texts, locales, seed=self.config["seed"]) if self.config["noise"] else []
        vectors = encode_all(texts, self.config["encoders"])
        ranker = Ranker.fit(texts, vectors, intents, Mixture.of(self.config), hasty=hasty, seed=self.config["seed"])
        with self.storage.write_to(self.resource) as folder:
            ranker.save(Path(folder))
            (Path(folder) / TAUGHT).write_text(json.dumps([canonical(text) for text, _, _ in phrasings(library())], ensure_ascii=False), encoding="utf-8")
            fit_divider(read_several(), ranker.intents, ranker.probabilities, lambda parts: encode_all(parts, self.config["encoders"])).save(Path(folder))
        return self.resource

    @classmethod
    def load(cls, config: Config, model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **_: Any) -> EntryRanker:
        """Return the component with what it learnt."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.ranker = Ranker.load(Path(folder), Mixture.of(config))
            component.divider = Divider.load(Path(folder))
            component.taught = frozenset(json.loads((Path(folder) / TAUGHT).read_text(encoding="utf-8")))
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Add ``ranking`` and ``asked`` to each message."""
        assert self.ranker is not None
        assert self.divider is not None
        for message in messages:
            parts, vectors = message.get("segments"), message.get("vectors")
            known = self.ranker.probabilities([part.text for part in parts], vectors)
            intents, late = self.ranker.intents, self._late()
            probabilities, intents = late.heard(known, vectors, intents), late.known(intents)
            message.set("ranking", best(probabilities[0], intents))
            message.set("asked", self.divider.divide(parts, probabilities, vectors, intents) if len(parts) > 1 else [])
        return messages

    def _late(self) -> Late:
        """Return what the content in service says beyond what was learnt."""
        served = library()
        if self.late[0] != served.version:
            self.late = (served.version, Late.of(served, self.taught, shared_encoder(*self.config["encoders"]).encode))
        return self.late[1]


@DefaultV1Recipe.register(_RECIPE.INTENT_CLASSIFIER, is_trainable=False)
class Reader(_Component):
    """Adds our conclusion, ``readings``, and the intent that the rules go by."""

    @staticmethod
    def get_default_config() -> Config:
        """Return the default configuration."""
        return {"answer": 0.45, "choice": 0.15, "part": 0.4, "surely": 0.7}

    def process(self, messages: list[Message]) -> list[Message]:
        """Conclude for each message, in the light of the turn before it."""
        thresholds = Thresholds(**{name: self.config[name] for name in ("answer", "choice", "part", "surely")})
        for message in messages:
            before = _before(message)
            parts = message.get("segments")
            found = Heard(
                text=message.get(TEXT),
                locale=_locale(message),
                served=(message.get("language") or {}).get("served", True),
                ranking=message.get("ranking"),
                asked=[(one, parts[one.place].text) for one in message.get("asked")],
                entities=tuple(Entity(**raw) for raw in message.get("named") or ()),
                other_one=bool(message.get("other_one")),
            )
            outcome = conclude_in_context(found, before, library().entries, thresholds)
            message.set("readings", [as_json(reading) for reading in outcome.readings], add_to_output=True)
            message.set("asked_language", None if language_is_meant(found.text, before) else outcome.locale, add_to_output=True)
            message.set("of_both", of_both(message.get(TEXT)), add_to_output=True)
            message.set(INTENT, {"name": _led_by(outcome), "confidence": outcome.confidence}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [_named(candidate) for candidate in message.get("ranking")], add_to_output=True)
            message.set("response_selector", _selected(outcome), add_to_output=True)
        return messages


def _locale(message: Message) -> Locale:
    """Return the language that the message was found to be in; English rules do for one that is not served."""
    return parse_locale((message.get("language") or {}).get("locale") or "en")


def _before(message: Message) -> Before:
    left = (message.get(METADATA) or {}).get("before") or {}
    return Before(tuple(left.get("entries") or ()), tuple(left.get("choices") or ()), left.get("open_slot"))


def _taught(message: Message) -> Locale:
    """Return the language that an example was written in."""
    return parse_locale((message.get(METADATA) or {}).get("locale", "en"))


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
