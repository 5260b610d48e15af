"""The project's content with a third, invented notice beside it: files alone, no code."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.content import FAQ
from bot.content.library import load_library
from bot.content.model import Library

FOLDER = Path(__file__).parent / "third_notice"
REFERENCE = "260404"


def with_third_notice(folder: Path) -> Path:
    """Return `folder` with the project's content and the invented notice in it."""
    shutil.copytree(FAQ, folder, dirs_exist_ok=True)
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    return folder


def third_library(folder: Path) -> Library:
    """Return that content, read."""
    return load_library(with_third_notice(folder))
