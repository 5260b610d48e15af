"""What small talk, noise and urgency look like: the patterns of `words.yml`, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

from bot.nlu.normalise import fold


@dataclass(frozen=True)
class Patterns:
    """Compiled patterns by the reason they stand for."""

    whole: Mapping[str, tuple[re.Pattern[str], ...]]
    anywhere: Mapping[str, tuple[re.Pattern[str], ...]]
    urgent: Mapping[str, tuple[re.Pattern[str], ...]]
    urgent_today: frozenset[str]
    opening: re.Pattern[str]
    closing: re.Pattern[str]


@lru_cache(maxsize=2_048)  # each message is looked at from several sides, and many come again
def bare(text: str) -> str:
    """Return `text` folded, with one space for whatever is no letter, digit, ``+`` or ``&``."""
    return " ".join(re.sub(r"[^\w+&]+", " ", fold(text)).split())


@cache
def patterns() -> Patterns:
    """Return the patterns, read once."""
    raw = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    urgent = dict(raw["urgent"])
    about = frozenset(urgent.pop("today_about"))
    return Patterns(
        _compiled(raw["whole"]),
        _compiled(raw["anywhere"]),
        _compiled(urgent),
        about,
        re.compile(raw["opening"], re.IGNORECASE),
        re.compile(raw["closing"], re.IGNORECASE),
    )


def _compiled(kinds: Mapping[str, list[str]]) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    return {kind: tuple(re.compile(pattern) for pattern in found) for kind, found in kinds.items()}
