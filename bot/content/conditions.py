"""When a wording is said: conditions on the facts of a notice and on the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.content.facts import Fact

Test = Literal["with", "without", "differs", "before", "on", "during", "after"]
TESTS: tuple[str, ...] = ("with", "without", "differs", "before", "on", "during", "after")


class BadCondition(ValueError):
    """A condition cannot be read."""


@dataclass(frozen=True)
class Condition:
    """One test of one fact."""

    test: str
    fact: str

    @property
    def dated(self) -> bool:
        """Tell whether the outcome changes with the clock."""
        return self.test not in {"with", "without", "differs"}


def read_conditions(text: str | None) -> tuple[Condition, ...]:
    """Return the tests of ``after deadline and with drafting-language``; no text, no test."""
    if not text:
        return ()
    conditions = []
    for part in text.split(" and "):
        words = part.split()
        if len(words) != 2 or words[0] not in TESTS:
            raise BadCondition(f"«{part.strip()}» is not a condition; write one of {', '.join(TESTS)} and a fact")
        conditions.append(Condition(words[0], words[1]))
    return tuple(conditions)


def holds(condition: Condition, facts: Mapping[str, Fact], *, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether `condition` is true of `facts` at `now`; a dated test of an absent fact is false."""
    fact = facts.get(condition.fact)
    if condition.test == "with":
        return fact is not None
    if condition.test == "without":
        return fact is None
    if condition.test == "differs":
        return fact is not None and fact.differs
    stands = phase(fact, now=now, zone=zone) if fact else None
    return stands == condition.test or (condition.test == "before" and stands == "on")  # until the moment itself


def phase(fact: Fact, *, now: datetime, zone: ZoneInfo) -> Test | None:
    """Return where `now` stands to a dated fact: ``before``, ``on`` (the same day), ``during`` or ``after``."""
    if fact.type == "instant":
        moment: datetime = fact.value("en")
        if now > moment:
            return "after"
        return "on" if now.astimezone(zone).date() == moment.astimezone(zone).date() else "before"
    if fact.type == "months":
        months = fact.value("en")
        if now >= months[-1].ends(zone):
            return "after"
        return "during" if now >= months[0].begins(zone) else "before"
    return None


def has_gone_by(fact: Fact, *, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a date in `fact` is over at `now`."""
    if fact.type == "instant":
        moment: datetime = fact.value("en")
        return now > moment
    return fact.type == "months" and any(now >= month.ends(zone) for month in fact.value("en"))
