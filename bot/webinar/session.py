"""A live session's questions and groups: read-only states, and the events that lead from one to the next. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, get_args

from bot.i18n.locale import Locale
from bot.webinar.likeness import Traits


@dataclass(frozen=True)
class Question:
    """One thing asked. `message` is the message it came in, `part` its place there; `key` recognises a repeated import."""

    id: str
    text: str
    message: int
    traits: Traits | None = field(default=None, compare=False, repr=False)
    locale: Locale | None = None
    part: int = 1
    urgent: bool = False
    asked_at: datetime | None = None
    votes: int = 0
    key: str = ""


@dataclass(frozen=True)
class InGroup:
    """A place: within a group."""

    group: str


@dataclass(frozen=True)
class SetAside:
    """A place: out of the moderators' way, with the reason; not deleted."""

    why: str


Place = InGroup | SetAside
What = Literal["head", "entry", "state", "star", "assignee", "shown"]
WHATS: tuple[What, ...] = get_args(What)
STATES = ("next", "answering", "answered-live", "answered-in-writing", "dismissed")


@dataclass(frozen=True)
class Group:
    """Questions that one answer serves. The machine never rearranges a `touched` one.

    All below `touched` is set where a moderator chose it: `entry` "" means a gap, `state` is one of `STATES` and None for a new group,
    `star` and `shown` (to the participants) are "yes" or None. `changed` counts in `Session.version`: the last time a hand was at it.
    """

    id: str
    members: tuple[str, ...] = ()
    touched: bool = False
    head: str | None = None
    entry: str | None = None
    state: str | None = None
    star: str | None = None
    assignee: str | None = None
    shown: str | None = None
    changed: int = 0


@dataclass(frozen=True)
class Placed:
    """A new question and its place.

    Questions of one strand were found alike by the machine; a group that a hand has joined attracts by each of its strands.
    """

    question: Question
    place: Place
    strand: str = ""


@dataclass(frozen=True)
class Move:
    """One question changes places, and perhaps strands; "" leaves the strand as it is."""

    question: str
    before: Place
    after: Place
    strand_before: str = ""
    strand_after: str = ""


@dataclass(frozen=True)
class Moved:
    """Questions change places together. `by` is the moderator, None the machine; `undoes` counts in `Session.hands`."""

    moves: tuple[Move, ...]
    by: str | None = None
    undoes: int | None = None


@dataclass(frozen=True)
class Chosen:
    """A moderator chose something for a group, see `Group`; None takes the choice back."""

    group: str
    what: What
    before: str | None
    after: str | None
    by: str
    undoes: int | None = None


Event = Placed | Moved | Chosen


@dataclass(frozen=True)
class Session:
    """All of it at one moment. `hands` are the moderators' events in order, for undoing; `version` counts events, `messages` the messages received."""

    questions: Mapping[str, Question] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    strands: Mapping[str, str] = field(default_factory=dict)
    hands: tuple[Moved | Chosen, ...] = ()
    opened: int = 0
    version: int = 0
    messages: int = 0

    def open_groups(self) -> list[Group]:
        """Return the groups that have members, in the order they were opened."""
        return [group for group in self.groups.values() if group.members]

    def next_group(self) -> str:
        """Return the id of the group that would be opened next; ids are never used twice."""
        return f"g{self.opened + 1}"

    def keys(self) -> set[str]:
        """Return the keys of all that was imported."""
        return {question.key for question in self.questions.values() if question.key}


def apply(session: Session, event: Event) -> Session:
    """Return the session after `event`."""
    after = replace(session, version=session.version + 1)
    if isinstance(event, Placed):
        return _placed(after, event)
    after = replace(after, hands=(*after.hands, event)) if event.by is not None else after
    return _moved(after, event) if isinstance(event, Moved) else _chosen(after, event)


def replay(events: Iterable[Event]) -> Session:
    """Return the session that `events` lead to."""
    session = Session()
    for event in events:
        session = apply(session, event)
    return session


def _placed(session: Session, event: Placed) -> Session:
    question = event.question
    groups = _with(session.groups, event.place, question.id, touched=False)
    strands = {**session.strands, question.id: event.strand} if event.strand else session.strands
    return replace(
        session,
        questions={**session.questions, question.id: question},
        groups=groups,
        places={**session.places, question.id: event.place},
        strands=strands,
        opened=_opened(session, event.place),
        messages=max(session.messages, question.message),
    )


def _moved(session: Session, event: Moved) -> Session:
    groups, places, strands = dict(session.groups), dict(session.places), dict(session.strands)
    opened, by_hand = session.opened, event.by is not None
    for move in event.moves:
        if isinstance(move.before, InGroup):
            group = groups[move.before.group]
            left = tuple(member for member in group.members if member != move.question)
            groups[group.id] = replace(group, members=left, touched=group.touched or by_hand, head=None if group.head == move.question else group.head)
        groups = dict(_with(groups, move.after, move.question, touched=by_hand))
        if by_hand:
            _mark(groups, {place.group for place in (move.before, move.after) if isinstance(place, InGroup)}, session.version)
        opened = max(opened, _opened(session, move.after))
        places[move.question] = move.after
        if move.strand_after:
            strands[move.question] = move.strand_after
    return replace(session, groups=groups, places=places, strands=strands, opened=opened)


def _chosen(session: Session, event: Chosen) -> Session:
    values: dict[str, Any] = {event.what: event.after}
    chosen = replace(session.groups[event.group], touched=True, changed=session.version, **values)
    return replace(session, groups={**session.groups, chosen.id: chosen})


def _mark(groups: dict[str, Group], names: Iterable[str], version: int) -> None:
    for name in names:
        groups[name] = replace(groups[name], changed=version)


def _with(groups: Mapping[str, Group], place: Place, question: str, *, touched: bool) -> Mapping[str, Group]:
    if isinstance(place, SetAside):
        return groups
    group = groups.get(place.group, Group(place.group))
    return {**groups, group.id: replace(group, members=(*group.members, question), touched=group.touched or touched)}


def _opened(session: Session, place: Place) -> int:
    number = place.group.removeprefix("g") if isinstance(place, InGroup) else ""
    return max(session.opened, int(number)) if number.isdigit() else session.opened
