"""Turns `data/faq` and `data/nlu` into what Rasa trains on, so that an editor never sees Rasa's files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rasa.shared.utils.io
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers import utils
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import METADATA
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.content import library
from bot.nlu.intents import CLARIFY, KIND_OF_BASE, entry_of
from bot.nlu.late import phrasings
from bot.nlu.self_check import ASKING, FORM, REQUIRED, SLOTS, SUMMARY
from bot.nlu.utterances import Utterance, read_utterances

RULES = Path(__file__).parents[1] / "dialogue" / "rules.yml"
ACTIONS = ("action_answer", "action_clarify", "action_decline", SUMMARY, f"validate_{FORM}", *ASKING)
MEMORY = "memory"  # what the conversation keeps from turn to turn
_KEPT = {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}  # no action of Rasa's fills it


class ContentImporter(TrainingDataImporter):  # type: ignore[misc]  # Rasa ships no types
    """Reads the project's own data; paths that Rasa passes for domain and training data are not needed."""

    def __init__(self, config_file: str | None = None, domain_path: str | None = None, training_data_paths: Any = None, **_: Any) -> None:
        self.config_file = config_file

    def get_config(self) -> dict[str, Any]:
        """Return the pipeline and the policies."""
        return dict(rasa.shared.utils.io.read_model_configuration(self.config_file)) if self.config_file else {}

    def get_config_file_for_auto_config(self) -> str | None:
        """Return the configuration's path; nothing in it is left for Rasa to choose."""
        return self.config_file

    def get_domain(self) -> Domain:
        """Return the intents, the actions, the self-check's form and the conversation's memory."""
        return Domain.from_dict(
            {
                "intents": [*KIND_OF_BASE, CLARIFY],
                "entities": [],
                "slots": {slot: dict(_KEPT) for slot in (MEMORY, *SLOTS)},
                "forms": {FORM: {"required_slots": list(REQUIRED)}},
                "actions": list(ACTIONS),
                "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": False},
            }
        )

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Return the rules: which action follows which outcome of understanding."""
        return utils.story_graph_from_paths([str(RULES)], self.get_domain(), exclusion_percentage)

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return every utterance, and every entry's own question."""
        utterances = [*read_utterances(), *questions()]
        # Rasa warns of every example whose intent has no response of its own; ours are looked up in the content when they are said.
        looked_up = {f"utter_{utterance.intent}": [{"text": entry_of(utterance.intent)}] for utterance in utterances}
        return TrainingData([as_message(utterance) for utterance in utterances], responses=looked_up)


def questions() -> list[Utterance]:
    """Return the questions of the entries in service, what a button says must be understood when typed, and the phrasings that editors added."""
    return [Utterance(text, intent, locale, "editor") for text, intent, locale in phrasings(library.library())]


def as_message(utterance: Utterance) -> Message:
    """Return Rasa's form of an utterance."""
    message = Message.build(text=utterance.text, intent=utterance.intent)
    message.set(METADATA, {"locale": utterance.locale, "voice": utterance.voice})
    return message
