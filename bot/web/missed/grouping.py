"""Missed questions that ask the same, in both languages, as one group: by the likeness that live sessions use."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from aiohttp import web

from bot.i18n.locale import LOCALES, Locale
from bot.nlu.intents import entry_of
from bot.nlu.normalise import canonical
from bot.records.missed import MissedQuestion, Ranking
from bot.web.understanding import Understood
from bot.webinar.grouping import Grouper, Thresholds
from bot.webinar.likeness import traits_of
from bot.webinar.session import Question
from bot.webinar.understanding import Understands

PATIENCE_SECONDS = 3.0  # a page that waits longer shows the questions one by one, and the groups the next time
# Easier than in a live session: a group here only proposes, an editor ticks what belongs (docs/design/staff.md has the figures).
THRESHOLDS = Thresholds(place=-1.0, join=-0.5)
NEAREST = 3  # entries that are offered first


@dataclass(frozen=True)
class Group:
    """Questions that one wording or one new entry would serve, the most asked first; `nearest` are the entries that come into question today."""

    questions: tuple[MissedQuestion, ...]
    nearest: Ranking

    @property
    def head(self) -> MissedQuestion:
        """The question that stands for the others."""
        return self.questions[0]

    @cached_property
    def number(self) -> int:
        """How often it was asked."""
        return sum(question.number for question in self.questions)

    @cached_property
    def by_locale(self) -> dict[Locale, int]:
        """How often in each language that it was asked in."""
        numbers = {locale: sum(question.number for question in self.questions if question.locale == locale) for locale in LOCALES}
        return {locale: number for locale, number in numbers.items() if number}

    @property
    def first(self) -> date:
        """The first day."""
        return min(question.first for question in self.questions)

    @property
    def last(self) -> date:
        """The last day."""
        return max(question.last for question in self.questions)

    @property
    def kinds(self) -> tuple[str, ...]:
        """As what its questions were missed."""
        return tuple(dict.fromkeys(kind for question in self.questions for kind in question.kinds))

    @property
    def ids(self) -> tuple[int, ...]:
        """The records behind it."""
        return tuple(number for question in self.questions for number in question.ids)


def grouped(questions: Sequence[MissedQuestion], understands: Understands) -> tuple[Group, ...]:
    """Return `questions` in groups, the most asked and the latest first."""
    texts = [canonical(question.text) or "?" for question in questions]
    probabilities = understands.probabilities(texts)
    grouper = Grouper(understands.intents, thresholds=THRESHOLDS)
    for place, traits in enumerate(traits_of(understands.vectors(texts), probabilities)):
        grouper.place(Question(str(place), texts[place], place, traits=traits))
    members = [[int(name) for name in group.members] for group in grouper.session.groups.values() if group.members]
    return _sorted(_group([questions[place] for place in places], _nearest(probabilities[places], understands.intents)) for places in members)


def single(questions: Sequence[MissedQuestion]) -> tuple[Group, ...]:
    """Return each of `questions` as a group of its own, with the entries that came into question when it was asked."""
    return _sorted(_group([question], question.ranking) for question in questions)


class Groups:
    """The groups of what waits, kept until something else waits; what takes long is done behind."""

    def __init__(self, understood: Understood) -> None:
        self._understood = understood
        self._task: asyncio.Task[tuple[Group, ...]] | None = None
        self._questions: tuple[MissedQuestion, ...] | None = None

    async def of(self, questions: tuple[MissedQuestion, ...], *, patience: float = PATIENCE_SECONDS) -> tuple[tuple[Group, ...], bool]:
        """Return the groups of `questions`, and whether they are grouped yet."""
        if (understood := self._understood()) is None:
            return single(questions), False
        if self._task is None or self._questions != questions:
            if self._task and not self._task.done():  # one at a time: the encoder answers applicants as well
                return single(questions), False
            self._questions, self._task = questions, asyncio.create_task(asyncio.to_thread(grouped, questions, understood[0]))
        done, _ = await asyncio.wait({self._task}, timeout=patience)
        return (self._task.result(), True) if done else (single(questions), False)


GROUPS = web.AppKey("groups", Groups)


def _group(questions: Sequence[MissedQuestion], nearest: Ranking) -> Group:
    return Group(tuple(sorted(questions, key=lambda question: (-question.number, -question.last.toordinal(), len(question.text)))), nearest)


def _sorted(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda group: (-group.number, -group.last.toordinal(), group.head.text)))


def _nearest(probabilities: np.ndarray[tuple[int, int], np.dtype[np.float64]], intents: Sequence[str]) -> Ranking:
    means = probabilities.mean(axis=0)
    best = np.argsort(-means)[:NEAREST]
    return tuple((entry_of(intents[place]), round(float(means[place]), 3)) for place in best)
