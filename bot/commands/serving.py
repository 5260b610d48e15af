"""``guichet serve`` and ``guichet train``."""

from __future__ import annotations

import argparse
import os

from bot.commands.clock import add_now
from bot.commands.model import content_in_service, library_of_release, trained
from bot.commands.outcome import FINE, Commands
from bot.settings import Settings

BACKGROUND = 10  # niceness of a training beside a server


def add(commands: Commands) -> None:
    """Add these commands."""
    one = commands.add_parser("serve", help="serve the API, the widget and the pages")
    one.add_argument("--host")
    one.add_argument("--port", type=int)
    one.add_argument("--workers", type=int, default=1, choices=[1], help="processes; more than one comes with PostgreSQL and Redis")
    add_now(one)
    one.set_defaults(run=_serve)
    one = commands.add_parser("train", help="train the model, if anything it is trained on has changed")
    one.add_argument("--release", type=int, help="number of the release to train for; otherwise what is in service")
    one.add_argument("--background", action="store_true", help="at low priority, beside a server that answers")
    one.set_defaults(run=_train)


def _train(options: argparse.Namespace, settings: Settings) -> int:
    if options.background:
        os.nice(BACKGROUND)
    trained(settings, library_of_release(settings, options.release) if options.release else content_in_service(settings))
    return FINE


def _serve(_: argparse.Namespace, settings: Settings) -> int:
    from bot.web.server import serve

    serve(settings)
    return FINE
