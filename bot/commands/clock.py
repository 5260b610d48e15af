"""The clock on the command line."""

from __future__ import annotations

import argparse
from datetime import datetime

from bot.settings import moment


def add_now(parser: argparse.ArgumentParser) -> None:
    """Add ``--now`` to `parser`."""
    parser.add_argument("--now", type=_moment, help="fix the clock, e.g. 2025-06-15T12:00:00+02:00")


def _moment(text: str) -> datetime:
    try:
        return moment(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
