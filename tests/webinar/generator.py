"""Makes a realistic session out of the pool, the same for the same seed: who asks what, how often, how carelessly; and what belongs together."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

POOL = Path(__file__).with_name("pool.yaml")
NOISE, SEVERAL, URGENT = 0.30, 0.05, 0.01  # shares of the messages
_HELLO = {"en": ["Hello, ", "Hi! ", "Good afternoon, "], "fr": ["Bonjour, ", "Bonsoir, ", "Bonjour ! "]}
_THANKS = {"en": [" Thank you!", " thanks", " Thanks in advance."], "fr": [" Merci !", " merci d'avance", " Merci beaucoup."]}
_ALSO = {"en": " And also: ", "fr": " Et aussi : "}


@dataclass(frozen=True)
class Message:
    """One message; `asks` names the known groups of what it asks, `why` the reason for which it asks nothing."""

    text: str
    asks: tuple[str, ...] = ()
    why: str | None = None
    urgent: bool = False


@dataclass(frozen=True)
class Item:
    """One question of the pool; questions that one entry answers are one group."""

    id: str
    entry: str | None
    phrasings: tuple[tuple[str, str], ...]  # language, words
    urgent: bool = False

    @property
    def group(self) -> str:
        return self.entry or self.id


@cache
def pool() -> dict[str, Any]:
    return dict(yaml.safe_load(POOL.read_text(encoding="utf-8")))


def items(half: str) -> list[Item]:
    """Return the questions of one half of the pool, in their order."""
    return [Item(raw["id"], raw["entry"], tuple((language, text) for language in ("en", "fr") for text in raw[language])) for raw in pool()["questions"] if raw["half"] == half]


def once(half: str, seed: int) -> list[Message]:
    """Return every phrasing of the half once, untouched, in some order: no session, but the strictest measure."""
    messages = [Message(text, (item.group,)) for item in items(half) for _, text in item.phrasings]
    random.Random(seed).shuffle(messages)
    return messages


def session(half: str, seed: int, size: int) -> list[Message]:
    """Return `size` messages of the half: some questions are asked by many, most by few, and a third is noise."""
    chance = random.Random(f"{half}-{seed}")
    every = items(half)
    chance.shuffle(every)
    weights = [(1.0 if item.entry else 0.5) / (rank + 4) for rank, item in enumerate(every)]
    makers: dict[str, Callable[[], Message]] = {
        "noise": lambda: _noise(chance),
        "several": lambda: _several(chance, every, weights),
        "urgent": lambda: _urgent(chance, every),
        "one": lambda: _one(chance, every, weights),
    }
    shares = [NOISE, SEVERAL, URGENT, 1 - NOISE - SEVERAL - URGENT]
    return [makers[kind]() for kind in chance.choices(list(makers), shares, k=size)]


def _one(chance: random.Random, every: Sequence[Item], weights: Sequence[float]) -> Message:
    item = chance.choices(every, weights)[0]
    language, text = chance.choice(item.phrasings)
    return Message(_careless(chance, text, language), (item.group,), urgent=item.urgent)


def _several(chance: random.Random, every: Sequence[Item], weights: Sequence[float]) -> Message:
    groups = {item.id: item.group for item in every}
    written = [raw for raw in pool()["several"] if set(raw["groups"]) <= set(groups)]
    if written and chance.random() < 0.5:
        raw = chance.choice(written)
        return Message(raw["text"], tuple(dict.fromkeys(groups[name] for name in raw["groups"])))
    first, second = chance.sample(every, 2)
    language = chance.choice(("en", "fr"))
    texts = [chance.choice([words for spoken, words in item.phrasings if spoken == language and words.endswith("?")]) for item in (first, second)]
    return Message(_ALSO[language].join(texts), tuple(dict.fromkeys((first.group, second.group))), urgent=first.urgent or second.urgent)


def _urgent(chance: random.Random, every: Sequence[Item]) -> Message:
    groups = {item.id: item.group for item in every}
    raw = chance.choice([raw for raw in pool()["urgent"] if set(raw["groups"]) <= set(groups)])
    return Message(raw["text"], tuple(groups[name] for name in raw["groups"]), urgent=True)


def _noise(chance: random.Random) -> Message:
    kinds = pool()["noise"]
    why = chance.choices(list(kinds), [len(kinds[kind]) for kind in kinds])[0]
    return Message(chance.choice(kinds[why]), why=why)


def _careless(chance: random.Random, text: str, language: str) -> str:
    """Return `text` as somebody in a hurry types it."""
    if chance.random() < 0.25:
        text = text[0].lower() + text[1:]
    if chance.random() < 0.2:
        text = text.rstrip(" ?")
    if language == "fr" and chance.random() < 0.15:
        text = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    if chance.random() < 0.15:
        text = _slip(chance, text)
    if chance.random() < 0.15:
        text = chance.choice(_HELLO[language]) + text
    return text + chance.choice(_THANKS[language]) if chance.random() < 0.1 else text


def _slip(chance: random.Random, text: str) -> str:
    """Return `text` with two letters of a longer word swapped, or one left out."""
    words = [found.span() for found in re.finditer(r"\w{5,}", text)]
    if not words:
        return text
    start, end = chance.choice(words)
    at = chance.randrange(start + 1, end - 2)
    middle = text[at + 1] + text[at] if chance.random() < 0.5 else text[at + 1]
    return text[:at] + middle + text[at + 2 :]


def pairwise(found: dict[int, set[str]], known: dict[int, set[str]]) -> tuple[float, float]:
    """Return precision and recall of «these two messages ask the same», over pairs of messages that stand in some group of either."""
    right = together = belonging = 0
    for one, other in combinations(sorted(set(found) | set(known)), 2):
        put = bool(found.get(one, set()) & found.get(other, set()))
        belongs = bool(known.get(one, set()) & known.get(other, set()))
        together, belonging, right = together + put, belonging + belongs, right + (put and belongs)
    return right / max(1, together), right / max(1, belonging)
