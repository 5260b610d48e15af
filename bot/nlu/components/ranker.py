"""How likely each entry is, and what the parts of a message ask."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.content.library import library
from bot.nlu.clauses import Sentence
from bot.nlu.components.component import TAUGHT, Component, Config, Kind, examples_of, register, taught_in
from bot.nlu.courtesies import courtesies
from bot.nlu.dividing import read_several
from bot.nlu.division import Divider
from bot.nlu.encoder import Vectors, shared_encoder
from bot.nlu.late import Late, phrasings
from bot.nlu.learning import How, learn
from bot.nlu.normalise import canonical
from bot.nlu.ranking import Mixture, Ranker, Rankers, best
from bot.nlu.reading import Asked, Candidate
from bot.nlu.repeats import remembering
from bot.nlu.segments import Segment
from bot.nlu.vectors import encode_all


@dataclass(frozen=True)
class _Parts:
    """A message and its parts, which their texts alone tell from another's."""

    parts: tuple[Segment, ...]
    vectors: Vectors = field(compare=False)


_Judged = tuple[list[Candidate], list[Asked]]


@register(Kind.INTENT_CLASSIFIER, is_trainable=True)
class EntryRanker(Component):
    """Adds ``ranking``, the likeliest intents of the message, and ``asked``, what it may ask for in its parts."""

    rankers: Rankers | None = None
    divider: Divider | None = None
    taught: frozenset[str] = frozenset()  # the questions and phrasings of the content that the model has learnt
    version: str = ""  # of the content that it judges by
    _judge: Callable[[_Parts], _Judged] | None = None

    @staticmethod
    def get_default_config() -> Config:
        """Return the default configuration."""
        return {"encoders": ["e5", "use"], "words": 0.35, "near": 0.0, "sharpness": 1.0, "noise": False, "seed": 1}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which words and meanings ask for which entry."""
        sentences = [Sentence(canonical(message.get(TEXT)), message.get(INTENT_RESPONSE_KEY) or message.get(INTENT), taught_in(message)) for message in examples_of(training_data)]
        how = How(partial(encode_all, names=self.config["encoders"]), Mixture.of(self.config), self.config["noise"], self.config["seed"])
        rankers, divider = learn(sentences, read_several(), how)
        with self.storage.write_to(self.resource) as folder:
            rankers.save(Path(folder))
            divider.save(Path(folder))
            (Path(folder) / TAUGHT).write_text(json.dumps([canonical(text) for text, _, _ in phrasings(library())], ensure_ascii=False), encoding="utf-8")
        return self.resource

    @property
    def ranker(self) -> Ranker:
        """What ranks a message as a whole."""
        assert self.rankers is not None
        return self.rankers.whole

    @classmethod
    def load(cls, config: Config, model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **_: Any) -> EntryRanker:
        """Return the component with what it learnt."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.rankers = Rankers.load(Path(folder), Mixture.of(config))
            component.divider = Divider.load(Path(folder))
            component.taught = frozenset(json.loads((Path(folder) / TAUGHT).read_text(encoding="utf-8")))
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Add ``ranking`` and ``asked`` to each message."""
        served = library()
        if self._judge is None or self.version != served.version:
            self.version, self._judge = served.version, remembering(self._judge_of(Late.of(served, self.taught, shared_encoder(*self.config["encoders"]).encode)))
        for message in messages:
            ranking, asked = self._judge(_Parts(tuple(message.get("segments")), message.get("vectors")))
            message.set("ranking", ranking)
            message.set("asked", asked)
        return messages

    def _judge_of(self, late: Late) -> Callable[[_Parts], _Judged]:
        """Return what judges a message by what was learnt and by `late`, what the content in service says beyond that."""
        rankers, divider = self.rankers, self.divider
        assert rankers is not None
        assert divider is not None
        taught, neighbours = rankers.whole.intents, rankers.parts.neighbours
        intents = late.known(taught)

        def judge(message: _Parts) -> _Judged:
            texts, vectors = [part.text for part in message.parts], message.vectors
            ranking = best(late.heard(rankers.whole.probabilities(texts[:1], vectors[:1]), vectors[:1], taught)[0], intents)
            if len(texts) == 1:
                return ranking, []
            probabilities = late.heard(rankers.parts.probabilities(texts, vectors), vectors, taught)
            asked = divider.divide(message.parts, probabilities, vectors, intents)
            return ranking, [*asked, *courtesies(message.parts, probabilities, vectors, neighbours, intents)]

        return judge
