"""What a moderator's hand can do with groups: each returns the event, or says why it cannot be. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.webinar.session import STATES, Chosen, InGroup, Move, Moved, Place, Session, SetAside, What

Because = Literal["no-such-group", "no-such-question", "nothing-to-do", "nothing-to-undo", "changed-since", "no-such-value"]


@dataclass(frozen=True)
class Refused:
    """Why a wish cannot be met; the session stays as it is."""

    why: Because


def split(session: Session, questions: Sequence[str], *, by: str) -> Moved | Refused:
    """Put `questions` of one group into a new group."""
    places = {session.places.get(question) for question in questions}
    if len(places) != 1 or not questions:
        return Refused("no-such-question")
    (place,) = places
    if not isinstance(place, InGroup) or set(session.groups[place.group].members) <= set(questions):
        return Refused("nothing-to-do")
    return _all_to(session, questions, InGroup(session.next_group()), by=by)


def merge(session: Session, into: str, others: Sequence[str], *, by: str) -> Moved | Refused:
    """Put the questions of the groups `others` into the group `into`, which keeps its id."""
    if not all(group in session.groups for group in (into, *others)):
        return Refused("no-such-group")
    members = [question for group in dict.fromkeys(others) if group != into for question in session.groups[group].members]
    return _all_to(session, members, InGroup(into), by=by) if members else Refused("nothing-to-do")


def move(session: Session, question: str, place: Place, *, by: str) -> Moved | Refused:
    """Put one question into another group, into one of its own (the next that would be opened) or aside; questions like it will follow it."""
    if question not in session.questions:
        return Refused("no-such-question")
    if isinstance(place, InGroup) and place.group not in session.groups and place.group != session.next_group():
        return Refused("no-such-group")
    if session.places[question] == place:
        return Refused("nothing-to-do")
    return Moved((Move(question, session.places[question], place, session.strands.get(question, ""), question),), by)


def set_aside(session: Session, questions: Sequence[str], why: str, *, by: str) -> Moved | Refused:
    """Put `questions` out of the way."""
    if not questions or not all(question in session.questions for question in questions):
        return Refused("no-such-question")
    return _all_to(session, questions, SetAside(why), by=by)


def choose(session: Session, group: str, what: What, value: str | None, *, by: str) -> Chosen | Refused:
    """Set anything that a moderator chooses for a group, see `Group`; None leaves it to the machine again."""
    if group not in session.groups or not session.groups[group].members:
        return Refused("no-such-group")
    if what == "head" and value is not None and value not in session.groups[group].members:
        return Refused("no-such-question")
    if (what == "state" and value is not None and value not in STATES) or (what in {"star", "shown"} and value not in {None, "yes"}):
        return Refused("no-such-value")
    before: str | None = getattr(session.groups[group], what)
    return Chosen(group, what, before, value, by) if before != value else Refused("nothing-to-do")


def undo(session: Session, *, by: str) -> Moved | Chosen | Refused:
    """Take back the last thing that `by` did and has not taken back; refused where others have changed the same since."""
    undone = {event.undoes for event in session.hands if event.undoes is not None}
    mine = [index for index, event in enumerate(session.hands) if event.by == by and event.undoes is None and index not in undone]
    if not mine:
        return Refused("nothing-to-undo")
    index = mine[-1]
    event = session.hands[index]
    if isinstance(event, Chosen):
        now: str | None = getattr(session.groups[event.group], event.what)
        return replace(event, before=event.after, after=event.before, undoes=index) if now == event.after else Refused("changed-since")
    if any(session.places.get(step.question) != step.after for step in event.moves):
        return Refused("changed-since")
    back = tuple(Move(step.question, step.after, step.before, step.strand_after, step.strand_before) for step in reversed(event.moves))
    return Moved(back, by, undoes=index)


def _all_to(session: Session, questions: Sequence[str], place: Place, *, by: str) -> Moved:
    wanted = dict.fromkeys(questions)
    return Moved(tuple(Move(question, session.places[question], place) for question in wanted if session.places[question] != place), by)
