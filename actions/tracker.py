"""A Rasa tracker as a turn, and a reply as Rasa's events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.content.model import Library
from bot.dialogue.reply import Reply
from bot.dialogue.turn import Memory, Turn
from bot.i18n.locale import Locale, parse_locale
from bot.nlu.entity import Entity
from bot.nlu.reading import from_json

MEMORY = "memory"


def turn_of(tracker: Tracker, library: Library) -> Turn:
    """Return the turn that the newest message of `tracker` opens."""
    message: Mapping[str, Any] = tracker.latest_message
    told: Mapping[str, Any] = message.get("metadata") or {}
    memory = memory_of(tracker)
    return Turn(
        library=library,
        locale=locale_of(told, message, memory),
        now=datetime.fromisoformat(told["now"]) if told.get("now") else datetime.now(UTC),
        readings=tuple(from_json(raw) for raw in message.get("readings") or ()),
        entities=tuple(Entity(**raw) for raw in message.get("named") or ()),
        page=told.get("notice"),
        memory=memory,
        other_one=bool(message.get("other_one")),
        of_both=bool(message.get("of_both")),
        other_too=bool(message.get("other_too")),
    )


def memory_of(tracker: Tracker) -> Memory:
    """Return what the conversation has kept."""
    kept = tracker.get_slot(MEMORY) or {}
    return Memory(kept.get("notice"), tuple(kept.get("entries") or ()), tuple(kept.get("choices") or ()), kept.get("locale"))


def locale_of(told: Mapping[str, Any], message: Mapping[str, Any], memory: Memory) -> Locale:
    """Return the language to reply in: the one chosen, else the message's, else the conversation's, else the page's."""
    guessed = (message.get("language") or {}).get("locale")
    chosen = message.get("asked_language") or told.get("language") or guessed or memory.locale or told.get("accepts") or "en"
    return parse_locale(chosen)


def spoken(reply: Reply, turn: Turn, dispatcher: CollectingDispatcher) -> list[EventType]:
    """Send `reply` as one message and keep what the next turn leans on."""
    dispatcher.utter_message(json_message=reply.as_json())
    entries = turn.library.entries
    said = [entries[block.entry] for block in reply.blocks if block.entry in entries and entries[block.entry].kind != "step"]
    topics = [entry for entry in said if entry.kind != "smalltalk"] or said  # talk beside an answer is no topic
    answered = tuple(entry.id for entry in topics)
    choices = tuple(choice.entry for choice in reply.suggestions) if reply.kind == "clarify" else ()
    return [SlotSet(MEMORY, kept_of(turn, entries=answered or turn.memory.entries, choices=choices, notice=_only_notice(reply)))]


def kept_of(turn: Turn, *, entries: tuple[str, ...], choices: tuple[str, ...] = (), notice: str | None = None) -> dict[str, Any]:
    """Return what the next turn may lean on, for Rasa's slot; `notice` is the one that was spoken of."""
    return asdict(Memory(turn.meant_one or notice or turn.memory.notice, entries, choices, turn.locale))


def _only_notice(reply: Reply) -> str | None:
    return reply.notices[0] if len(reply.notices) == 1 else None
