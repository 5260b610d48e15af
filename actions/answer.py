"""`action_answer`: says everything that was understood."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.tracker import spoken, turn_of
from bot.content.library import LIVE, Live
from bot.dialogue.compose import answer, say


class ActionAnswer(Action):  # type: ignore[misc]  # rasa_sdk ships no types
    """Adapter of `bot.dialogue.compose.answer`, and of `say` where an entry was chosen by its id."""

    def __init__(self, live: Live | None = None) -> None:
        self.live = live or LIVE  # Rasa passes nothing; a test passes its own

    def name(self) -> str:
        """Return the name that rules use."""
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Reply to the newest message."""
        turn = turn_of(tracker, self.live.library)
        chosen = (tracker.latest_message.get("metadata") or {}).get("entry")
        return spoken(say(turn, [chosen]) if chosen else answer(turn), turn, dispatcher)
