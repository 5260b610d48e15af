"""The command line: the only place that wires things together."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace

from bot.commands import accounts, asking, benching, content, keeping, measuring, serving, verifying, webinar
from bot.commands.outcome import FAULTS, WRONG
from bot.content.library import FaultyContent
from bot.content.notice_import import NoticeTooLarge
from bot.records.accounts import BadAccount
from bot.records.backup import BadBackup
from bot.records.database import Unavailable
from bot.settings import BadSetting, Settings
from bot.silence import silence
from bot.web.observing.logs import start_logging
from bot.web.replay import BadLine

COMMANDS = (serving, asking, verifying, measuring, benching, content, accounts, webinar, keeping)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    silence()
    try:
        settings = _settings(options)
        start_logging(settings)
        return int(options.run(options, settings))
    except FaultyContent as error:
        return _told(error, FAULTS)
    except (BadSetting, BadLine, BadAccount, BadBackup, NoticeTooLarge, UnicodeDecodeError, OSError, Unavailable) as error:
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
    given = {name: value for name in ("host", "port", "workers", "now") if (value := getattr(options, name, None)) is not None}
    return replace(Settings.from_environment(), **given)
