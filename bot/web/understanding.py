"""What the grouping of questions asks of a model, taken from the one that answers: it is read and held once."""

from __future__ import annotations

import os
from collections.abc import Callable

from bot.nlu.encoder import loaded_encoder
from bot.web.assistant import Assistant
from bot.webinar.understanding import Learnt, TrainedModel, Understands

CORES = 2  # that a flood of questions may take
Understood = Callable[[], tuple[Understands, str] | None]


def understood_by(assistant: Assistant) -> Understood:
    """Return what gives the understanding of the model that `assistant` has loaded, and the model's name; None before there is one."""
    made: dict[str, TrainedModel] = {}

    def understanding() -> tuple[Understands, str] | None:
        parts, model = assistant.parts(), assistant.model or ""
        if not {"EntryRanker", "SegmentEncoder", "LanguageIdentifier", "SlipMender"} <= set(parts) or parts["SegmentEncoder"].encoder is None:
            return None
        if model not in made:
            made.clear()  # whoever goes on with the one before holds it
            learnt = Learnt(parts["EntryRanker"].ranker, parts["LanguageIdentifier"].model, parts["SlipMender"].model)
            made[model] = TrainedModel(learnt, loaded_encoder(*parts["SegmentEncoder"].config["encoders"]), min(CORES, os.cpu_count() or 1))
        return made[model], model

    return understanding
