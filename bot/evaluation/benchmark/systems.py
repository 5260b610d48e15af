"""What every system can do: learn from sentences, and guess the intent of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.evaluation.benchmark.splits import OUT, Example


@dataclass(frozen=True)
class Guess:
    """The likeliest intent, how sure (on the system's own scale), and how sure of the next one."""

    label: str
    confidence: float
    next_best: float = 0.0


class System(Protocol):
    """A peer, or the engine."""

    name: str
    version: str  # changes when its guesses may

    def prepare(self, texts: Sequence[str]) -> None:
        """Do what can be done for `texts` before anything is learnt."""
        ...

    def fit(self, train: Sequence[Example], *, seed: int) -> None:
        """Learn from `train`, forgetting what was learnt before."""
        ...

    def guess(self, texts: Sequence[str]) -> list[Guess]:
        """Return a guess for each of `texts`."""
        ...

    def guess_anew(self, text: str) -> Guess:
        """Return the guess for one text as in service, nothing prepared: this is timed."""
        ...


@dataclass(frozen=True)
class Rule:
    """When a guess is taken; otherwise it is out of scope. `ambiguity` is Rasa's: the next one must be further away than that."""

    threshold: float
    ambiguity: float = 0.0

    def decide(self, guess: Guess) -> str:
        """Return the intent that `guess` comes to."""
        sure = guess.confidence >= self.threshold and guess.confidence - guess.next_best >= self.ambiguity
        return guess.label if sure else OUT
