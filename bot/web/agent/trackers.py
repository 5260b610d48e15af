"""Rasa's record of a conversation, for one turn: what outlives the turn is the memory, and that is kept elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.web.conversations import FORM

MEMORY = "memory"


def remembered(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Return what the next turn begins with: the memory, and the form that is open, if any."""
    memory = dict(tracker.get_slot(MEMORY) or {})
    if name := tracker.active_loop_name:
        memory[FORM] = {"name": name, "slots": {slot.name: slot.value for slot in tracker.slots.values() if slot.name != MEMORY and slot.value is not None}}
    return memory


class OneTurnTrackers(TrackerStore):  # type: ignore[misc]  # Rasa ships no types
    """A tracker store in which a tracker is there from `open` to `close`: no message is kept, and a long conversation costs no more than a short one."""

    def __init__(self) -> None:
        super().__init__(Domain.empty())  # the agent gives it the model's domain
        self._open: dict[str, DialogueStateTracker] = {}

    def open(self, turn: str, memory: Mapping[str, Any]) -> DialogueStateTracker:
        """Return a tracker for `turn` that listens and remembers `memory`."""
        tracker = self.init_tracker(turn)
        kept = {key: value for key, value in memory.items() if key != FORM}
        form = memory.get(FORM) or {"slots": {}, "name": None}
        begun = [
            ActionExecuted(ACTION_SESSION_START_NAME),
            SessionStarted(),
            *([SlotSet(MEMORY, kept)] if kept else []),
            *(SlotSet(slot, value) for slot, value in form["slots"].items()),
            *([ActiveLoop(form["name"])] if form["name"] else []),
            ActionExecuted(ACTION_LISTEN_NAME),
        ]
        tracker.update_with_events(begun, self.domain)
        self._open[turn] = tracker
        return tracker

    def close(self, turn: str) -> None:
        """Let the tracker of `turn` go."""
        self._open.pop(turn, None)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Do nothing: an open tracker is the one that Rasa changes."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the open tracker of the turn `sender_id`."""
        return self._open.get(sender_id)
