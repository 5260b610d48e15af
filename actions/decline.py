"""`action_decline`: admits that nothing fits, or that the language is not served."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.tracker import spoken, turn_of
from bot.content.library import LIVE, Live
from bot.dialogue.compose import decline, other_language


class ActionDecline(Action):  # type: ignore[misc]  # rasa_sdk ships no types
    """Adapter of `bot.dialogue.compose.decline` and `other_language`."""

    def __init__(self, live: Live | None = None) -> None:
        self.live = live or LIVE

    def name(self) -> str:
        """Return the name that rules use."""
        return "action_decline"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Reply to the newest message."""
        turn = turn_of(tracker, self.live.library)
        served = (tracker.latest_message.get("language") or {}).get("served", True)
        return spoken(decline(turn) if served else other_language(turn), turn, dispatcher)
