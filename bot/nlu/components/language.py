"""In which language a message is, and its words with slips of the keys mended."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.i18n.locale import Locale
from bot.nlu.components.component import Component, Config, Kind, examples_of, language_of, locale_of, prior_of, register, set_language, taught_in
from bot.nlu.language import LanguageGuess, LanguageModel
from bot.nlu.normalise import canonical
from bot.nlu.repeats import remembering
from bot.nlu.spelling import Speller


class _Learner(Component):
    """A component that learns one thing from the examples: `learns` has `fit`, `save` and `load`."""

    learns: ClassVar[type[LanguageModel | Speller]]
    model: Any = None

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples, each in its locale."""
        examples = examples_of(training_data)
        model = self.learns.fit([canonical(message.get(TEXT)) for message in examples], [taught_in(message) for message in examples])
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


@register(Kind.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageIdentifier(_Learner):
    """Adds ``language``: the locale, how sure, and whether it is one that is served."""

    learns = LanguageModel

    @cached_property
    def guess(self) -> Callable[[str, Locale | None], LanguageGuess]:
        """See `LanguageModel.guess`."""
        model: LanguageModel = self.model
        return remembering(model.guess)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add ``language`` to each message."""
        for message in messages:
            set_language(message, self.guess(canonical(message.get(TEXT)), prior_of(message)))
        return messages


@register(Kind.ENTITY_EXTRACTOR, is_trainable=True)
class SlipMender(_Learner):
    """Adds ``mended``: the text with slips of the keys mended, for what reads meaning; what was typed stays."""

    learns = Speller

    def process(self, messages: list[Message]) -> list[Message]:
        """Add ``mended`` to each message; one that looks foreign is taken for English or French where that is what its mended words are."""
        for message in messages:
            set_language(message, self.model.reconsidered(language_of(message), message.get(TEXT), prior_of(message)))
            message.set("mended", self.model.mend(message.get(TEXT), locale_of(message)))
        return messages
