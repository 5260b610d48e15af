"""``guichet ask`` and ``guichet replay``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bot.commands.clock import add_now
from bot.commands.model import loaded
from bot.commands.outcome import FINE, Commands
from bot.i18n.locale import LOCALES
from bot.settings import Settings
from bot.web.assistant import Question
from bot.web.replay import read_conversations, replay


def add(commands: Commands) -> None:
    """Add these commands."""
    one = commands.add_parser("ask", help="ask one question")
    one.add_argument("text")
    one.add_argument("--language", choices=LOCALES)
    one.add_argument("--notice", help="reference of the notice that the question is about")
    one.add_argument("--json", action="store_true")
    add_now(one)
    one.set_defaults(run=_ask)
    one = commands.add_parser("replay", help="send conversations from a file through the assistant")
    one.add_argument("input", type=Path)
    one.add_argument("--output", type=Path, required=True)
    add_now(one)
    one.set_defaults(run=_replay)


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    with loaded(settings) as assistant:
        reply = assistant.ask_now(Question(options.text, language=options.language, notice=options.notice))
    if options.json:
        print(json.dumps(reply, ensure_ascii=False, indent=2))
        return FINE
    for block in reply["reply"]["blocks"]:
        print(block["text"])
        for source in block["sources"]:
            print(f"  [{source['notice']}, {source['section']}]")
    for suggestion in reply["reply"]["suggestions"]:
        print(f"  → {suggestion['label']}")
    return FINE


def _replay(options: argparse.Namespace, settings: Settings) -> int:
    conversations = read_conversations(options.input)
    with loaded(settings) as assistant:
        replay(conversations, assistant, options.output)
    return FINE
