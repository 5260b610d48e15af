"""`action_clarify`: asks which of several entries was meant."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.tracker import spoken, turn_of
from bot.content.library import LIVE, Live
from bot.dialogue.compose import clarify


class ActionClarify(Action):  # type: ignore[misc]  # rasa_sdk ships no types
    """Adapter of `bot.dialogue.compose.clarify`."""

    def __init__(self, live: Live | None = None) -> None:
        self.live = live or LIVE

    def name(self) -> str:
        """Return the name that rules use."""
        return "action_clarify"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Reply to the newest message."""
        turn = turn_of(tracker, self.live.library)
        return spoken(clarify(turn), turn, dispatcher)
