"""The example sentences that understanding is trained on: `data/nlu/<locale>/<entry id>.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.i18n.locale import LOCALES, Locale

DATA = Path(__file__).parents[2] / "data" / "nlu"


@dataclass(frozen=True)
class Utterance:
    """An example sentence: what is asked by it, in which language, in whose voice (the writers worked apart)."""

    text: str
    intent: str
    locale: Locale
    voice: str
    file: str = ""
    line: int = 1


def read_utterances(root: Path = DATA) -> Iterator[Utterance]:
    """Yield every utterance under `root`, file by file in the order of their names."""
    for locale in LOCALES:
        for path in sorted((root / locale).rglob("*.yml")):
            yield from _of_file(path, locale, path.relative_to(root).as_posix())


def _of_file(path: Path, locale: Locale, name: str) -> Iterator[Utterance]:
    document = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    blocks = dict(_pairs(document))["nlu"].value if document else ()
    for block in blocks:
        parts = dict(_pairs(block))
        voice = dict(_pairs(parts["metadata"]))["voice"].value if "metadata" in parts else ""
        first = parts["examples"].start_mark.line + 2  # the text begins under its key; lines are counted from 1
        for number, line in enumerate(parts["examples"].value.splitlines(), first):
            text = line.strip().removeprefix("- ").strip()
            if text:
                yield Utterance(text, parts["intent"].value, locale, voice, f"data/nlu/{name}", number)


def _pairs(mapping: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    return ((key.value, value) for key, value in mapping.value)
