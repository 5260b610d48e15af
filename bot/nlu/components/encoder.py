"""The parts of a message, and their vectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.content.library import library
from bot.nlu.components.component import TAUGHT, Component, Config, Kind, locale_of, register
from bot.nlu.dividing import heard
from bot.nlu.encoder import Encoder, shared_encoder
from bot.nlu.offices import neutral, office_names
from bot.nlu.repeats import remembering

_divided = remembering(heard)


@register(Kind.MESSAGE_FEATURIZER, is_trainable=True)
class SegmentEncoder(Component):
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
            locale = locale_of(message)
            text = neutral(message.get("mended") or message.get(TEXT), offices, self.taught, locale)
            parts = _divided(text, locale)
            message.set("segments", parts)
            message.set("vectors", self.encoder.encode([segment.text for segment in parts]))
        return messages
