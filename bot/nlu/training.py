"""Trains the model when what it is trained on has changed, and finds the one that fits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from bot.content.model import Library
from bot.i18n.locale import LOCALES
from bot.nlu import fingerprint

CONFIG = fingerprint.ROOT / "config.yml"
KEPT = 2  # models left in the folder: the one in service and the one before


class TrainingFailed(RuntimeError):
    """Rasa returned no model."""


def wanted(library: Library) -> str:
    """Return the fingerprint of the model that fits `library` and the code: wording does not count, ids, questions and phrasings do."""
    digest = hashlib.sha256(fingerprint.of("config.yml", "bot/nlu", "bot/dialogue/rules.yml", "data/nlu").encode())
    for entry in library.entries.values():
        phrasings = [text for locale in LOCALES for text in (entry.question[locale], *entry.phrasings.get(locale, ()))]
        digest.update("\0".join([entry.id, entry.kind, *phrasings]).encode() + b"\n")
    return digest.hexdigest()[:16]


def model_path(folder: Path, library: Library) -> Path:
    """Return where the model that fits is, or would be."""
    return folder / f"guichet-{wanted(library)}.tar.gz"


def train(folder: Path, library: Library, *, say: Callable[[str], None]) -> Path:
    """Return the model that fits, trained now if it is not there yet; `say` is told what is going on."""
    path = model_path(folder, library)
    if path.exists():
        say(f"The model is up to date: {path.name}")
        return path
    from rasa.model_training import train as rasa_train  # 8 s to import: only where a model is trained

    say("Training. The first time takes some minutes: every example sentence is encoded once.")
    result = rasa_train(domain="", config=str(CONFIG), training_files=[], output=str(folder), fixed_model_name=path.name)
    if result.code != 0 or not result.model:
        raise TrainingFailed(f"training ended with code {result.code}")
    for old in sorted(folder.glob("guichet-*.tar.gz"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
        old.unlink()
    say(f"Trained: {path.name}")
    return path
