"""Stock Rasa: the pipeline that `rasa init` writes, with DIET over words and character n-grams."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.evaluation.benchmark.splits import Example
from bot.evaluation.benchmark.systems import Guess
from bot.nlu.normalise import clean

EPOCHS = 100  # Rasa's own
PIPELINE: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "constrain_similarities": True, "entity_recognition": False},
]


class RasaPeer:
    """Rasa's own agent, trained on each split; FallbackClassifier is applied as a rule on its ranking, exactly as it would be."""

    version = "1"

    def __init__(self, epochs: int = EPOCHS) -> None:
        """Train DIET for `epochs`; where these are not Rasa's own the name says how many."""
        self.name = "Rasa 3.6 (DIET)" if epochs == EPOCHS else f"Rasa 3.6 (DIET, {epochs} epochs)"
        self._epochs = epochs
        self._agent: Any = None

    def prepare(self, texts: Sequence[str]) -> None:
        """See `System`; nothing to do."""

    def fit(self, train: Sequence[Example], *, seed: int) -> None:
        """See `System`."""
        from rasa.core.agent import Agent
        from rasa.model_training import train_nlu

        self._names = {f"i{number}": label for number, label in enumerate(sorted({example.label for example in train}))}
        pipeline = [*PIPELINE[:-1], {**PIPELINE[-1], "epochs": self._epochs, "random_seed": seed}]
        with tempfile.TemporaryDirectory() as folder:
            config, data = Path(folder) / "config.yml", Path(folder) / "nlu.yml"
            config.write_text(yaml.safe_dump({"recipe": "default.v1", "assistant_id": "peer", "language": "en", "pipeline": pipeline}), encoding="utf-8")
            data.write_text(self._data(train), encoding="utf-8")
            with _quietly_and_anew():
                model = train_nlu(str(config), str(data), folder, fixed_model_name="peer.tar.gz")
            if model is None:
                raise RuntimeError("Rasa trained no model")
            self._agent = Agent.load(model)

    def guess(self, texts: Sequence[str]) -> list[Guess]:
        """See `System`."""
        return asyncio.run(self._guesses(texts))

    def guess_anew(self, text: str) -> Guess:
        """See `System`."""
        return self.guess([text])[0]

    async def _guesses(self, texts: Sequence[str]) -> list[Guess]:
        return [self._guess(await self._agent.parse_message(_plain(text) or "?")) for text in texts]

    def _guess(self, parsed: dict[str, Any]) -> Guess:
        ranking = parsed["intent_ranking"]
        if not ranking:
            return Guess("", 0.0)
        return Guess(self._names.get(ranking[0]["name"], ""), ranking[0]["confidence"], ranking[1]["confidence"] if len(ranking) > 1 else 0.0)

    def _data(self, train: Sequence[Example]) -> str:
        labels = {label: name for name, label in self._names.items()}
        examples: dict[str, list[str]] = {}
        for example in train:
            examples.setdefault(labels[example.label], []).append(f"- {_plain(example.text)}")
        return yaml.safe_dump({"version": "3.1", "nlu": [{"intent": intent, "examples": "\n".join(lines)} for intent, lines in examples.items()]}, allow_unicode=True)


@contextlib.contextmanager
def _quietly_and_anew() -> Iterator[None]:
    """Keep standard output for the result, and Rasa from taking what it trained before: training is timed."""
    before = os.environ.get("RASA_MAX_CACHE_SIZE")
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        os.environ.pop("RASA_MAX_CACHE_SIZE")
        if before is not None:
            os.environ["RASA_MAX_CACHE_SIZE"] = before


def _plain(text: str) -> str:
    """Return `text` without what Rasa's training data gives a meaning to: brackets of entities, a leading slash, line breaks."""
    return clean(text).replace("\n", " ").translate({ord(bracket): " " for bracket in "[](){}"}).lstrip("/- ").strip()
