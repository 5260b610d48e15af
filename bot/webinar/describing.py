"""What a group is about: the question that stands for it, the entry that answers it, its languages, whether it can wait."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.content.scrub import GONE
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.intents import entry_of, kind_of
from bot.webinar.likeness import is_answering
from bot.webinar.session import Group, Question, Session

MATCH = 0.4  # mean probability of an entry from which on it is proposed as the answer
GOOD_LENGTH = (4, 16)  # words of a question that reads well at a glance
_LONG, _UNMARKED, _MASKED = 0.02, 0.05, 0.3  # what a word too many, a missing question mark and a masked name cost a head question


@dataclass(frozen=True)
class Match:
    """The entry that answers, or None for a gap; `near` is the likeliest topic that the notices leave open. Confidence 0..1 is that of `entry`, or of the gap."""

    entry: str | None
    confidence: float
    near: str | None = None


@dataclass(frozen=True)
class Description:
    """What a moderator sees of a group."""

    head: Question
    match: Match
    locales: tuple[Locale, ...]
    urgent: bool
    votes: int


def describe(session: Session, group: Group, intents: Sequence[str]) -> Description:
    """Describe `group`, which has members; `intents` are those of the traits."""
    members = [session.questions[member] for member in group.members]
    head = session.questions[group.head] if group.head else head_of(members)
    found = {question.locale for question in members}
    return Description(
        head,
        _chosen(group, match_of(members, intents)),
        tuple(locale for locale in LOCALES if locale in found),
        any(question.urgent for question in members),
        len(members) + sum(question.votes for question in members),
    )


def head_of(members: Sequence[Question]) -> Question:
    """Return the question that stands for the others: near to all of them, short, and readable by itself; the first of equals."""
    known = [question for question in members if question.traits is not None]
    if not known:
        return members[0]
    vectors = np.stack([question.traits.vector for question in known if question.traits is not None])
    centre = vectors.mean(axis=0)
    nearness = vectors @ (centre / max(float(np.linalg.norm(centre)), 1e-9))
    scores = [float(near) - _clumsiness(question.text) for near, question in zip(nearness, known, strict=True)]
    return known[int(np.argmax(scores))]


def match_of(members: Sequence[Question], intents: Sequence[str]) -> Match:
    """Return the entry that the members taken together ask for."""
    rows = [question.traits.probabilities for question in members if question.traits is not None]
    if not rows:
        return Match(None, 0.0)
    mean = np.mean(rows, axis=0)
    answering = np.array([is_answering(intent) for intent in intents])
    best = int(np.argmax(np.where(answering, mean, -1.0)))
    near = _near(mean, intents)
    left_open = float(mean[~answering].sum())
    if mean[best] >= MATCH:
        return Match(entry_of(intents[best]), float(mean[best]), near)
    return Match(None, max(left_open, 1.0 - float(mean[best])), near)


def _near(mean: npt.NDArray[np.float32], intents: Sequence[str]) -> str | None:
    places = [place for place, intent in enumerate(intents) if kind_of(intent) == "not_in_notice"]
    return entry_of(intents[max(places, key=lambda place: mean[place])]) if places else None


def _chosen(group: Group, match: Match) -> Match:
    """Return the moderator's choice where there is one."""
    return match if group.entry is None else Match(group.entry or None, 1.0, match.near)


def _clumsiness(text: str) -> float:
    words = len(text.split())
    short, long = GOOD_LENGTH
    cost = _LONG * (max(0, short - words) + max(0, words - long))
    cost += 0 if "?" in text else _UNMARKED
    cost += _UNMARKED if re.search(r"\?.*\S.*\?|[!?]{2}|\b[A-ZÀ-Þ]{6,}\b", text) else 0
    return cost + (_MASKED if GONE in text else 0)
