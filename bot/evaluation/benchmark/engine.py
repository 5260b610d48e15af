"""The engine that answers applicants, given other data: the same encoders, ranker and reading."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.evaluation.benchmark.splits import OUT, Example
from bot.evaluation.benchmark.systems import Guess
from bot.nlu import fingerprint
from bot.nlu.encoder import E5, Encoder, TunedE5, Vectors, make_encoder
from bot.nlu.intents import entry_of, intent_of
from bot.nlu.lexicon import lexicon
from bot.nlu.noise import noisy
from bot.nlu.normalise import canonical
from bot.nlu.ranking import Mixture, Ranker
from bot.nlu.reading import Candidate
from bot.nlu.vectors import encode_all

_E5 = tuple(f"bot/nlu/e5/{module}.py" for module in ("weights", "corrections", "graph", "tokens", "engine"))
_CODE = (*(f"bot/nlu/{module}.py" for module in ("ranking", "heads", "neighbours", "terms", "encoder", "normalise", "vectors", "noise")), *_E5)
_TUNED = "bot/nlu/e5/corrections.npz"
SHARES, SMALL = 16, 2_000  # how many caches, and up to how many texts one does


class Engine:
    """Sentence vectors and words under trained heads, configured by `config.yml`."""

    name = "Guichet"

    def __init__(self, cache: Path, *, tuned: bool) -> None:
        """Keep vectors in `cache`; the encoder stands as it was tuned on the project's own sentences, or, for other data, untuned."""
        self._cache = cache
        self._settings = _settings()
        self.version = f"{fingerprint.of(*_CODE, *([_TUNED] if tuned else []))} {sorted(self._settings.items())} {sorted(lexicon().short.items())}"
        self._encoders = [name if tuned or name != TunedE5.name else E5.name for name in self._settings["encoders"]]
        self._mixture = Mixture.of(self._settings)
        self._rows: dict[str, int] = {}
        self._vectors: Vectors = np.zeros((0, 0), dtype=np.float32)
        self._encoder: Encoder | None = None
        self._ranker: Ranker | None = None

    def prepare(self, texts: Sequence[str]) -> None:
        """Encode `texts`, in caches of their own, by shares: a run that is broken off loses one share at most."""
        plain = sorted({canonical(text) for text in texts}, key=lambda text: (_share(text, len(texts)), text))
        encoded = []
        for share, owned in groupby(plain, lambda text: _share(text, len(texts))):
            encoded.append(encode_all(list(owned), self._encoders, self._cache / str(share)))
        self._vectors = np.concatenate(encoded)
        self._rows = {text: row for row, text in enumerate(plain)}

    def fit(self, train: Sequence[Example], *, seed: int) -> None:
        """See `System`."""
        texts = [canonical(example.text) for example in train]
        intents = [_intent(example.label) for example in train]
        hasty = noisy(texts, [example.locale for example in train], seed=seed) if self._settings.get("noise") else []
        self._ranker = Ranker.fit(texts, self._of(texts), intents, self._mixture, hasty=hasty, seed=seed)

    def guess(self, texts: Sequence[str]) -> list[Guess]:
        """See `System`."""
        assert self._ranker is not None
        plain = [canonical(text) for text in texts]
        return [_guess(ranking) for ranking in self._ranker.rank(plain, self._of(plain), kept=2)]

    def guess_anew(self, text: str) -> Guess:
        """See `System`; encodes the text."""
        assert self._ranker is not None
        self._encoder = self._encoder or make_encoder(self._encoders)
        plain = canonical(text)
        return _guess(self._ranker.rank([plain], self._encoder.encode([plain]), kept=2)[0])

    def _of(self, texts: Sequence[str]) -> Vectors:
        return self._vectors[[self._rows[text] for text in texts]]


def _share(text: str, count: int) -> int:
    return zlib.crc32(text.encode()) % SHARES if count > SMALL else 0


def _settings() -> dict[str, Any]:
    pipeline = yaml.safe_load((fingerprint.ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return dict(next(step for step in pipeline if step["name"].endswith("EntryRanker")))


def _intent(label: str) -> str:
    return intent_of("general", "out_of_scope") if label == OUT else intent_of(label, "answer")


def _guess(ranking: Sequence[Candidate]) -> Guess:
    first, *others = ranking
    return Guess(entry_of(first.intent), first.confidence, others[0].confidence if others else 0.0)
