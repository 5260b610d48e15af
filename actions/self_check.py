"""The guided self-check's actions: `validate_self_check_form` hears, `action_ask_…` asks, `action_self_check_summary` sums up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from itertools import takewhile
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.tracker import MEMORY, kept_of, memory_of, spoken, turn_of
from bot.content.library import LIVE, Live
from bot.dialogue.self_check import TRIES, Begun, Elsewhere, Filled, Heard, Said, SameAgain, Stopped, Unclear, criterion_entry, hear
from bot.dialogue.self_check_reply import Progress, ask, stop, summarise
from bot.nlu.self_check import FORM, PROGRESS, SLOTS, STEPS, SUMMARY, Step, asking, slot_of

REQUESTED = "requested_slot"  # Rasa's own: the question that is open
STOPPED = "stopped"
ANSWERING = {"action_answer", "action_clarify", "action_decline"}


class ValidateSelfCheck(Action):  # type: ignore[misc]  # rasa_sdk ships no types
    """Adapter of `bot.dialogue.self_check.hear`: no event at all lets another rule answer the message."""

    def __init__(self, live: Live | None = None) -> None:
        self.live = live or LIVE  # Rasa passes nothing; a test passes its own

    def name(self) -> str:
        """Return the name that Rasa looks for."""
        return f"validate_{FORM}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Keep what was said to the open question."""
        if something_else(tracker):
            return []  # back from an answer to something else: the question is only put again
        message: Mapping[str, Any] = tracker.latest_message
        step = next((step for step in STEPS if slot_of(step) == tracker.get_slot(REQUESTED)), None)
        pressed = (message.get("metadata") or {}).get("entry")
        heard = hear(turn_of(tracker, self.live.library), step, text=message.get("text") or "", pressed=pressed, language=message.get("asked_language"))
        return _events(heard, step, progress_of(tracker).tries)


class ActionAsk(Action):  # type: ignore[misc]  # rasa_sdk ships no types
    """Adapter of `bot.dialogue.self_check_reply.ask`, one for each question."""

    def __init__(self, step: Step, live: Live | None = None) -> None:
        self.step, self.live = step, live or LIVE

    def name(self) -> str:
        """Return the name by which Rasa finds it for a slot."""
        return asking(self.step)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Put the open question."""
        turn = turn_of(tracker, self.live.library)
        interrupted = something_else(tracker)
        notice = said_of(tracker).get("notice", Said()).notice
        progress = progress_of(tracker)
        reply = ask(turn, self.step, progress, notice, after_something_else=interrupted)
        dispatcher.utter_message(json_message=reply.as_json())
        about = criterion_entry(self.live.library, self.step)
        entries = memory_of(tracker).entries if interrupted or about is None else (about.id,)  # «why?» then leans on the criterion
        kept = kept_of(turn, entries=entries, notice=notice)
        return [SlotSet(MEMORY, kept), *([] if interrupted else [_progress(Progress(progress.tries))])]


class ActionSelfCheckSummary(Action):  # type: ignore[misc]  # rasa_sdk ships no types
    """Adapter of `bot.dialogue.self_check_reply.summarise`; whatever was said is forgotten with it."""

    def __init__(self, live: Live | None = None) -> None:
        self.live = live or LIVE

    def name(self) -> str:
        """Return the name that rules use."""
        return SUMMARY

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Sum up, or say that the check was stopped."""
        turn = turn_of(tracker, self.live.library)
        said = said_of(tracker)
        stopped = tracker.get_slot(PROGRESS) == STOPPED
        reply = stop(turn, said.get("notice", Said()).notice) if stopped else summarise(turn, said)
        return [*spoken(reply, turn, dispatcher), *_emptied()]


def said_of(tracker: Tracker) -> dict[Step, Said]:
    """Return what has been said so far, by question."""
    return {step: Said.from_json(raw) for step in STEPS if (raw := tracker.get_slot(slot_of(step))) is not None}


def something_else(tracker: Tracker) -> bool:
    """Tell whether the newest message was answered by another rule already."""
    newest = takewhile(lambda event: event["event"] != "user", reversed(tracker.events))
    return any(event["event"] == "action" and event["name"] in ANSWERING for event in newest)


def progress_of(tracker: Tracker) -> Progress:
    """Return how far the open question is."""
    kept = tracker.get_slot(PROGRESS)
    return Progress(**kept) if isinstance(kept, dict) else Progress()


def _events(heard: Heard, step: Step | None, tries: int) -> list[EventType]:
    match heard:
        case Begun(values):
            events = [*_emptied(), *_filled(values), _progress(Progress(begun=False))]
        case Filled(values):
            events = [*_filled(values), _progress(Progress())]
        case Stopped():
            events = [SlotSet(PROGRESS, STOPPED), SlotSet(REQUESTED, None)]
        case SameAgain():
            events = [_progress(Progress())]
        case Unclear() if step is not None and tries >= TRIES:
            events = [*_filled({step: Said()}), _progress(Progress(left_out=True))]
        case Unclear():
            events = [_progress(Progress(tries + 1))]
        case Elsewhere():
            events = []
    return events


def _emptied() -> list[EventType]:
    return [SlotSet(slot, None) for slot in SLOTS]


def _filled(values: Mapping[Step, Said]) -> list[EventType]:
    return [SlotSet(slot_of(step), said.as_json()) for step, said in values.items()]


def _progress(progress: Progress) -> EventType:
    return SlotSet(PROGRESS, asdict(progress))
