"""Puts each new question into the group that asks the same, or opens one; the machine's hand in a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.webinar.likeness import WEIGHTS, Odds, Shelf, Weights
from bot.webinar.session import Event, InGroup, Move, Moved, Place, Placed, Question, Session, SetAside, apply
from bot.webinar.wording import bare

Cell = tuple[str, str]  # a group and a strand within it
Sums = npt.NDArray[np.float64]
NOWHERE = -1


@dataclass(frozen=True)
class Thresholds:
    """Mean log-odds from which on something is done; chosen on one half of the pool (docs/decisions/007)."""

    place: float  # a question joins a group
    join: float  # two groups that no moderator has touched become one


THRESHOLDS = Thresholds(place=0.25, join=0.75)


class Grouper:
    """Keeps a session and places what comes in. The session is the truth; all else here is computed from it and may be thrown away."""

    def __init__(self, intents: Sequence[str], session: Session | None = None, thresholds: Thresholds = THRESHOLDS, weights: Weights = WEIGHTS) -> None:
        self.session = Session()
        self._thresholds = thresholds
        self._shelf = Shelf(intents, weights)
        self._shelved: dict[str, int] = {}
        self._last_with: dict[str, str] = {}
        self._cell_of: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._cells: dict[Cell, int] = {}
        self._names: list[Cell] = []
        self._between: Sums = np.zeros((0, 0))
        self._compared: tuple[str, Odds] | None = None
        for question in (session or Session()).questions.values():
            self._shelve(question, (session or Session()).places[question.id], (session or Session()).strands.get(question.id, ""))
        self.session = session or Session()

    def place(self, question: Question) -> tuple[Event, ...]:
        """Place a new question; return what happened, already applied."""
        place, strand = self._with_twin(question) or self._with_likest(question)
        placed = Placed(question, place, strand)
        self.apply(placed)
        return (placed, *self._join(place.group)) if isinstance(place, InGroup) else (placed,)

    def set_aside(self, question: Question, why: str) -> Placed:
        """Put a new question out of the way."""
        placed = Placed(question, SetAside(why))
        self.apply(placed)
        return placed

    def apply(self, event: Event) -> Session:
        """Follow `event`, a moderator's or a stored one, and return the session after it."""
        self.session = apply(self.session, event)
        if isinstance(event, Placed):
            self._shelve(event.question, event.place, event.strand)
        elif isinstance(event, Moved):
            for move in event.moves:
                self._moved(move, by_machine=event.by is None)
        return self.session

    def _with_twin(self, question: Question) -> tuple[Place, str] | None:
        """Return where the last question in the same words is: wherever a hand has put it, its like goes there too."""
        twin = self._last_with.get(bare(question.text))
        return (self.session.places[twin], self.session.strands.get(twin, "")) if twin else None

    def _with_likest(self, question: Question) -> tuple[Place, str]:
        assert question.traits is not None
        odds = self._shelf.odds(question.traits)
        self._compared = (question.id, odds)
        means, _ = self._means(odds)
        best = int(np.argmax(means)) if len(means) else NOWHERE
        if best != NOWHERE and means[best] >= self._thresholds.place:
            group, strand = self._names[best]
        else:
            group = strand = self.session.next_group()
        return InGroup(group), strand

    def _join(self, group: str) -> tuple[Event, ...]:
        """Join untouched groups that the new question has shown to ask the same; the older keeps its id."""
        events: list[Event] = []
        while not self.session.groups[group].touched and (other := self._likest(group)):
            older, younger = sorted((group, other), key=lambda name: int(name[1:]))
            members = self.session.groups[younger].members
            event = Moved(tuple(Move(member, InGroup(younger), InGroup(older), younger, older) for member in members))
            self.apply(event)
            events.append(event)
            group = older
        return tuple(events)

    def _likest(self, group: str) -> str | None:
        cell = self._cells[group, group]
        counts = self._counts()
        free = [index for index, (name, strand) in enumerate(self._names) if index != cell and name == strand and counts[index] and not self.session.groups[name].touched]
        if not free:
            return None
        means = self._between[cell, free] / (counts[cell] * counts[free])
        best = int(np.argmax(means))
        return self._names[free[best]][0] if means[best] >= self._thresholds.join else None

    def _means(self, odds: Odds) -> tuple[Sums, Sums]:
        """Return the mean of `odds` for each cell, minus infinity for an empty one, and their sums."""
        here = self._cell_of >= 0
        sums: Sums = np.asarray(np.bincount(self._cell_of[here], weights=odds[here], minlength=len(self._names)), dtype=np.float64)
        counts = self._counts()
        return np.asarray(np.where(counts > 0, sums / np.maximum(counts, 1), -np.inf)), sums

    def _counts(self) -> npt.NDArray[np.int64]:
        return np.bincount(self._cell_of[self._cell_of >= 0], minlength=len(self._names))

    def _shelve(self, question: Question, place: Place, strand: str) -> None:
        if question.traits is None:
            return
        compared, self._compared = self._compared, None  # the dearest step by far: what `place` has compared is not compared again
        odds = compared[1] if compared and compared[0] == question.id else self._shelf.odds(question.traits)
        _, sums = self._means(odds)
        cell = self._cell(place, strand)
        if cell != NOWHERE:
            sums = np.concatenate([sums, np.zeros(len(self._names) - len(sums))])
            self._between[cell, : len(sums)] += sums
            self._between[: len(sums), cell] += sums
        self._last_with[bare(question.text)] = question.id
        self._shelved[question.id] = len(self._shelf)
        self._shelf.add(question.traits)
        self._cell_of = np.append(self._cell_of, cell)

    def _moved(self, move: Move, *, by_machine: bool) -> None:
        if move.question not in self._shelved:
            return
        index = self._shelved[move.question]
        before = self._cell_of[index]
        cell = self._cell(move.after, self.session.strands.get(move.question, ""))
        self._cell_of[index] = cell
        if by_machine and before not in {cell, NOWHERE} and not np.any(self._cell_of == before):  # the last one: the sums go with them
            self._between[cell] += self._between[before]
            self._between[:, cell] += self._between[:, before]
            self._between[before] = self._between[:, before] = 0

    def _cell(self, place: Place, strand: str) -> int:
        if isinstance(place, SetAside):
            return NOWHERE
        name = (place.group, strand or place.group)
        if name not in self._cells:
            self._cells[name] = len(self._names)
            self._names.append(name)
            if len(self._names) > len(self._between):
                wider = np.zeros((max(64, 2 * len(self._names)),) * 2)
                wider[: len(self._between), : len(self._between)] = self._between
                self._between = wider
        return self._cells[name]
