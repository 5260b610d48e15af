"""A trained model and an assistant on it, for the commands that need one."""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.content.library import load_library
from bot.content.model import Library
from bot.settings import Settings
from bot.web.assistant import Assistant, clock_of


def trained(settings: Settings, library: Library) -> Path:
    """Return the model that fits `library`, trained now if there is none."""
    from bot.nlu.training import train

    settings.models.mkdir(parents=True, exist_ok=True)
    with (settings.models / ".training").open("a") as only_one:
        fcntl.flock(only_one, fcntl.LOCK_EX)  # of several processes that start at once one trains, the others find its model
        return train(settings.models, library, say=lambda text: print(text, file=sys.stderr))


@contextmanager
def loaded(settings: Settings) -> Iterator[Assistant]:
    """Give an assistant with its model, and close it."""
    library = load_library()
    model = trained(settings, library)
    assistant = Assistant(library, settings, clock_of(settings))
    try:
        assistant.load(model)
        yield assistant
    finally:
        assistant.close()
