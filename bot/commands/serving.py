"""``guichet serve`` and ``guichet train``."""

from __future__ import annotations

import argparse

from bot.commands.clock import add_now
from bot.commands.model import trained
from bot.commands.outcome import FINE, Commands
from bot.content.library import load_library
from bot.settings import Settings


def add(commands: Commands) -> None:
    """Add these commands."""
    one = commands.add_parser("serve", help="serve the API, the widget and the pages")
    one.add_argument("--host")
    one.add_argument("--port", type=int)
    one.add_argument("--workers", type=int, default=1, choices=[1], help="processes; more than one comes with PostgreSQL and Redis")
    add_now(one)
    one.set_defaults(run=_serve)
    one = commands.add_parser("train", help="train the model, if anything it is trained on has changed")
    one.set_defaults(run=_train)


def _train(_: argparse.Namespace, settings: Settings) -> int:
    trained(settings, load_library())
    return FINE


def _serve(_: argparse.Namespace, settings: Settings) -> int:
    from bot.web.server import serve

    library = load_library()
    serve(library, settings, model=lambda: trained(settings, library))
    return FINE
