"""What the parts of a message seem to ask, and what speaks for and against each. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.nlu.aside import sets_aside, tells_known
from bot.nlu.intents import kind_of
from bot.nlu.joints import joint
from bot.nlu.segments import Segment, leaves

Array = npt.NDArray[np.float64]
LIKELY = 0.25  # a part whose best intent is under this seems to ask nothing
SECOND = 0.2  # from here on what a segment asks second is proposed as well
TOGETHER = 0.1  # … and from here on what it asks in the light of the whole message
_SURE = 0.5  # a rival over this is taken seriously
_FLOOR = 1e-4  # under this a probability says no more


@dataclass(frozen=True)
class Proposal:
    """An intent that some part of a message seems to ask for: its column, and the place of the part that asks it most surely."""

    column: int
    place: int


def proposals(probabilities: Array, both: Array) -> list[Proposal]:
    """Return what the segments propose, in the order of the message; `probabilities` has shape (segments, intents), the message first, and `both` is what `together` makes of it.

    A segment proposes what it most likely asks, and what it asks second if that is likely enough: not every «and» parts two questions. What it leaves out
    («may I choose between them?») the message may know: a segment also proposes the likeliest two of what both make of it.
    """
    surest: dict[int, int] = {}
    for place, row in enumerate(probabilities):
        second, first = (int(column) for column in np.argsort(row)[-2:])
        for column in (first, *([second] if row[second] >= SECOND else [])):
            before = surest.get(column)
            if (place == 0 or row[column] >= LIKELY) and (before in {None, 0} or row[column] > probabilities[before, column]):
                surest[column] = place  # a part rather than the whole: its place says in which order things were asked
    return sorted((Proposal(column, place) for column, place in (_by_both(both) | surest).items()), key=lambda proposal: proposal.place)


def together(probabilities: Array) -> Array:
    """Return what each segment asks in the light of the whole: the geometric mean of both, row by row; same shape."""
    both = np.sqrt((probabilities + _FLOOR) * (probabilities[0] + _FLOOR))
    return np.asarray(both / both.sum(axis=1, keepdims=True))


def _by_both(both: Array) -> dict[int, int]:
    surest: dict[int, int] = {}
    for place, row in enumerate(both[1:], 1):
        for column in (int(column) for column in np.argsort(row)[-2:]):
            if row[column] >= TOGETHER and (column not in surest or row[column] > both[surest[column], column]):
                surest[column] = place
    return surest


def features(segments: Sequence[Segment], probabilities: Array, intents: Sequence[str]) -> tuple[list[Proposal], Array]:
    """Return the proposals and what speaks for and against each, of shape (proposals, features)."""
    both = together(probabilities)
    proposed = proposals(probabilities, both)
    cues = [_cues(segment.text) for segment in segments]
    joints = [joint(segment.text, segments[0].text) for segment in segments]
    rows = [_row(one, proposed, segments, probabilities, intents) + _in_its_light(one, both) + cues[0] + cues[one.place] + joints[one.place] for one in proposed]
    return proposed, np.array(rows, dtype=np.float64)


def _row(one: Proposal, proposed: Sequence[Proposal], segments: Sequence[Segment], probabilities: Array, intents: Sequence[str]) -> list[float]:
    part = segments[one.place]
    first = int(probabilities[0].argmax())
    return [
        *_likelihoods(one, first, segments, probabilities),
        *_forms(one, first, segments, probabilities),
        *_company(one, proposed, segments, probabilities),
        *_kinds(intents[one.column]),
        *_kinds(intents[first]),
        float(kind_of(intents[one.column]) == "answer" != kind_of(intents[first])) * float(probabilities[0, first]),
        float(part.within not in {None, 0}),
    ]


def _likelihoods(one: Proposal, first: int, segments: Sequence[Segment], probabilities: Array) -> list[float]:
    """Return how likely the part, what it is a part of, its own parts and its neighbours make the proposal."""
    whole, own, within = probabilities[0], probabilities[one.place], segments[one.place].within
    parent = probabilities[within] if within is not None else own
    below = [place for place, segment in enumerate(segments) if segment.within == one.place]
    beside = [place for place, segment in enumerate(segments) if within is not None and segment.within == within and place != one.place]
    others = [probabilities[place].max() for place in below if probabilities[place].argmax() != one.column]
    return [
        _log(whole[one.column]),
        _log(own[one.column]),
        _log(parent[one.column]),
        _log(max((probabilities[place, one.column] for place in below), default=own[one.column])),
        _log(max(others, default=0.0)),
        _log(own[first]),
        _log(whole[first]),
        _log(max((probabilities[place, one.column] for place in beside), default=0.0)),
        _log(max((probabilities[place, first] for place in beside), default=0.0)),
        _log(max((probabilities[place].max() for place in beside), default=0.0)),
        _log(np.sort(own)[-2]),
        1.0 / (1 + int((whole > whole[one.column]).sum())),
        float(first == one.column),
        float(len(beside)),
    ]


def _in_its_light(one: Proposal, both: Array) -> list[float]:
    """Return how likely the segment in the light of the whole makes the proposal, what comes second there, and the most that any segment makes of it."""
    own = both[one.place]
    return [_log(own[one.column]), _log(np.sort(own)[-2]), _log(both[:, one.column].max())]


def _forms(one: Proposal, first: int, segments: Sequence[Segment], probabilities: Array) -> list[float]:
    """Return what the part looks like beside the whole."""
    part, whole = segments[one.place], segments[0]
    words, all_words = len(part.text.split()), max(1, len(whole.text.split()))
    has_parts = any(segment.within == one.place for segment in segments)
    return [float(one.place == 0), float(part.asks), float("?" in part.text), float(whole.asks), np.log1p(words), words / all_words, np.log(all_words), float(has_parts)]


def _company(one: Proposal, proposed: Sequence[Proposal], segments: Sequence[Segment], probabilities: Array) -> list[float]:
    """Return what else the message seems to ask."""
    smallest = leaves(segments)
    rivals = [other for other in proposed if other.column != one.column and segments[other.place].asks and probabilities[other.place, other.column] > _SURE]
    alike = sum(1 for place in smallest if probabilities[place].argmax() == one.column)
    asking = sum(segments[place].asks for place in smallest)
    return [
        np.log(len(smallest)),
        np.log1p(segments[0].text.count("?")),
        np.log1p(asking),
        np.log1p(len(rivals)),
        np.log(len(proposed)),
        alike / len(smallest),
        float(one.place == smallest[-1]),
        float(one.place == smallest[0]),
    ]


def _cues(text: str) -> list[float]:
    """Return whether something is set aside in `text`, and whether something is told as known."""
    return [float(sets_aside(text)), float(tells_known(text))]


def _kinds(intent: str) -> list[float]:
    kind = kind_of(intent)
    return [float(kind == "not_in_notice"), float(kind == "refusal"), float(kind == "smalltalk"), float(kind == "out_of_scope")]


def _log(probability: float) -> float:
    return float(np.log(probability + _FLOOR))
