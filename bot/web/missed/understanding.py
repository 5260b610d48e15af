"""What the grouping asks of a model, taken from the one that answers: no second copy of the encoders is loaded."""

from __future__ import annotations

from collections.abc import Callable

from bot.web.assistant import Assistant
from bot.webinar.understanding import Learnt, TrainedModel, Understands

Understood = Callable[[], Understands | None]


def understood_by(assistant: Assistant) -> Understood:
    """Return what gives the understanding of the model that `assistant` has loaded; None before there is one."""
    made: dict[str, TrainedModel] = {}

    def understanding() -> Understands | None:
        parts, model = assistant.parts(), assistant.model or ""
        if not {"EntryRanker", "SegmentEncoder", "LanguageIdentifier", "SlipMender"} <= set(parts) or parts["SegmentEncoder"].encoder is None:
            return None
        if model not in made:
            made.clear()
            made[model] = TrainedModel(Learnt(parts["EntryRanker"].ranker, parts["LanguageIdentifier"].model, parts["SlipMender"].model), parts["SegmentEncoder"].encoder)
        return made[model]

    return understanding
