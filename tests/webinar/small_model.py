"""An understanding small enough to follow by eye: the words of a text are its meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from aiohttp import web

from bot.i18n.locale import Locale
from bot.nlu.encoder import Vectors
from bot.nlu.normalise import fold
from bot.web.missed.grouping import GROUPS
from bot.web.moderator.host import HOST
from bot.web.understanding import Understood
from bot.webinar.understanding import Probabilities

_MEANS = {
    "faq/stipend": {"paid", "pay", "salary", "earn", "remunere", "salaire", "indemnite"},
    "faq/deadline": {"deadline", "closing", "limite", "cloture"},
    "faq/location": {"where", "city", "ou", "ville"},
    "not-in-notice/housing": {"housing", "flat", "logement", "appartement"},
    "not-in-notice/technical-problem": {"portal", "portail"},
    "not-in-notice/other": {"parking", "pets", "animaux"},
    "smalltalk/thanks": {"thanks", "merci"},
}
_FRENCH = {"le", "la", "est", "quel", "quelle", "ou", "merci", "bonjour", "remunere", "limite", "logement"}


class SmallModel:
    """Implements `Understands` by a handful of words."""

    intents: Sequence[str] = tuple(_MEANS)

    def __init__(self) -> None:
        self.encoded: list[str] = []
        self._words: dict[str, int] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for place, text in enumerate(texts):
            for word in _words(text):
                rows[place, self._words.setdefault(_concept(word), len(self._words)) % 64] += 1
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def probabilities(self, texts: Sequence[str]) -> Probabilities:
        rows = np.full((len(texts), len(self.intents)), 0.01)
        for row, text in zip(rows, texts, strict=True):
            for place, intent in enumerate(self.intents):
                row[place] += len(_MEANS[intent] & set(_words(text)))
        return np.asarray(rows / rows.sum(axis=1, keepdims=True))

    def locale(self, text: str) -> Locale | None:
        return "fr" if _FRENCH & set(_words(text)) else "en"


def understand(app: web.Application, understood: Understood | None = None) -> None:
    """Let the groupings of `app` take `understood` for what the loaded model gives, a small model unless told."""
    model = SmallModel()
    for asks in (app[HOST], app[GROUPS]):
        assert hasattr(asks, "_understood")  # else a test would wait for a model that nobody loads
        asks._understood = understood or (lambda: (model, "small"))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", fold(text))


def _concept(word: str) -> str:
    return next((intent for intent, words in _MEANS.items() if word in words and intent != "not-in-notice/other"), word)
