"""The command line: the only place that wires things together."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace

from bot.commands import asking, content, measuring, serving, verifying
from bot.commands.outcome import FAULTS, WRONG
from bot.content.library import FaultyContent
from bot.content.notice_import import NoticeTooLarge
from bot.settings import BadSetting, Settings
from bot.silence import silence
from bot.web.replay import BadLine

COMMANDS = (serving, asking, verifying, measuring, content)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    silence()
    try:
        return int(options.run(options, _settings(options)))
    except FaultyContent as error:
        return _told(error, FAULTS)
    except (BadSetting, BadLine, NoticeTooLarge, UnicodeDecodeError, OSError) as error:
        return _told(error, WRONG)


def _told(error: Exception, code: int) -> int:
    print(f"guichet: {error}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guichet", description="Answers applicants' questions about published vacancy notices from curated content only.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.add(commands)
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    given = {name: value for name in ("host", "port", "now") if (value := getattr(options, name, None)) is not None}
    return replace(Settings.from_environment(), **given)
