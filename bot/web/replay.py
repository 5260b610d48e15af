"""Conversations from a file, through the very path that a message takes in the server."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from bot.i18n.locale import LOCALES, Locale, parse_locale
from bot.web.assistant import Assistant, Question


class BadLine(ValueError):
    """A line of the input cannot be read; the message names it."""


@dataclass(frozen=True)
class Conversation:
    """What an applicant types, turn by turn."""

    id: str
    language: Locale | None
    notice: str | None
    turns: tuple[str, ...]


def read_conversations(path: Path) -> list[Conversation]:
    """Return the conversations in `path`, one JSON object a line; raises `BadLine`."""
    try:
        lines = path.read_bytes().decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise BadLine(f"{path.name}: not UTF-8 (byte {error.start})") from error
    return [_conversation(line, f"{path.name}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def _conversation(line: str, where: str) -> Conversation:
    try:
        raw = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLine(f"{where}: not JSON") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), str):
        raise BadLine(f"{where}: an object with a text «id» is expected")
    turns, language, notice = raw.get("turns"), raw.get("language"), raw.get("notice")
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise BadLine(f"{where}: «turns» is a list of texts")
    if language not in (None, *LOCALES):
        raise BadLine(f"{where}: «language» is en, fr or null")
    if notice is not None and not isinstance(notice, str):
        raise BadLine(f"{where}: «notice» is a text or null")
    return Conversation(raw["id"], parse_locale(language) if language else None, notice, tuple(turns))


def replay(conversations: Sequence[Conversation], assistant: Assistant, output: Path) -> None:
    """Write a line to `output` for each of `conversations`, in order."""
    console = Console(stderr=True)
    with output.open("w", encoding="utf-8") as out, Progress(console=console, transient=True) as progress:
        bar = progress.add_task("Replaying", total=sum(len(one.turns) for one in conversations))
        for one in conversations:
            turns = []
            conversation = None
            for text in one.turns:
                turn, conversation = _turn(assistant, one, text, conversation)
                turns.append(turn)
                progress.advance(bar)
            out.write(json.dumps({"id": one.id, "turns": turns}, ensure_ascii=False) + "\n")


def _turn(assistant: Assistant, one: Conversation, text: str, conversation: str | None) -> tuple[dict[str, Any], str]:
    began = time.perf_counter()
    reply = assistant.ask_now(Question(text, conversation=conversation, language=one.language, notice=one.notice))
    taken = round(1000 * (time.perf_counter() - began), 1)
    return {"text": text, "reply": reply["reply"], "milliseconds": taken}, reply["conversation"]
