"""The names by which Rasa knows the guided self-check: its form, the slots that it asks for, the actions that ask."""

from __future__ import annotations

from typing import Literal, get_args

from bot.nlu.intents import SELF_CHECK

Step = Literal["notice", "nationality", "age", "studies", "languages"]
STEPS: tuple[Step, ...] = get_args(Step)
PREFIX = f"{SELF_CHECK}/"  # of the ids of its entries
FORM = "self_check_form"
SUMMARY = "action_self_check_summary"
PROGRESS = "self_check_progress"  # how often the open question was asked; empty before the first one


def slot_of(step: Step) -> str:
    """Return the slot that keeps what was said to `step`."""
    return f"self_check_{step}"


def asking(step: Step) -> str:
    """Return the action that asks `step`; Rasa finds it by this name."""
    return f"action_ask_{slot_of(step)}"


REQUIRED: tuple[str, ...] = tuple(slot_of(step) for step in STEPS)
SLOTS: tuple[str, ...] = (*REQUIRED, PROGRESS)
ASKING: tuple[str, ...] = tuple(asking(step) for step in STEPS)
