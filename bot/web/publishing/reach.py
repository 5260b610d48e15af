"""What a draft can change in how questions are understood: only questions within its reach are put to it, the others are answered as before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from bot.content.model import Entry, Library
from bot.nlu.dividing import heard
from bot.nlu.encoder import Vectors
from bot.nlu.intents import intent_of
from bot.nlu.late import Late
from bot.web.publishing.probes import Probe
from bot.web.publishing.trial import Heard

NEAR = 0.6  # cosine; a phrasing further off moves a probability by less than 1.1 points (bot.nlu.late: 0.78, 25)


class Reach:
    """Tells which questions `draft` may answer by other entries than `live`; `parts` are the components of the model, without which everything is within reach."""

    def __init__(self, parts: Mapping[str, Any], live: Library, draft: Library) -> None:
        self.entries = {key for key in {*live.entries, *draft.entries} if _bearing(live.entries.get(key)) != _bearing(draft.entries.get(key))}
        self._encode, self._late = None, None
        self.everything = not {"EntryRanker", "SegmentEncoder"} <= set(parts) or parts["SegmentEncoder"].encoder is None or _places(live) != _places(draft)
        if self.everything:
            return
        ranker, self._encode = parts["EntryRanker"], parts["SegmentEncoder"].encoder.encode
        learnt = {intent_of(key, draft.entries[key].kind) for key in self.entries & set(draft.entries)} & set(ranker.ranker.intents)
        self.everything = bool(learnt)  # the model ranks them already: they may come in anywhere
        before, after = (Late.of(library, ranker.taught, self._encode) for library in (live, draft))
        self._late = _directions(before, after)

    def holds(self, probe: Probe, before: Heard) -> bool:
        """Tell whether `probe`, to which the live release says `before`, may be answered otherwise."""
        if self.everything or self.entries & {*before.entries, *probe.wanted, *probe.also}:
            return True
        if self.entries and not before.entries:  # a choice, or nothing found: what was offered may be among them
            return True
        return self._late is not None and self._touched(probe, self._late)

    def _touched(self, probe: Probe, late: Vectors) -> bool:
        parts = [part.text for part in heard(probe.text, probe.locale)]
        if self._encode is None or len(parts) > 1:  # how a message is divided hangs on the smallest probabilities too
            return True
        vectors = self._encode(parts)
        return float((vectors / np.linalg.norm(vectors, axis=1, keepdims=True) @ late.T).max()) >= NEAR


def _directions(before: Late, after: Late) -> Vectors | None:
    """Return the directions of the phrasings that only one of both has."""
    rows = [vector for one, other in ((before, after), (after, before)) for place, vector in _rows(one) if _pair(one, place) not in _pairs(other)]
    return np.array([row / np.linalg.norm(row) for row in rows], dtype=np.float32) if rows else None


def _rows(late: Late) -> list[tuple[int, Vectors]]:
    return [] if late.vectors is None else list(enumerate(late.vectors))


def _pair(late: Late, place: int) -> tuple[str, str]:
    return late.texts[place], late.intents[place]


def _pairs(late: Late) -> set[tuple[str, str]]:
    return set(zip(late.texts, late.intents, strict=True))


def _bearing(entry: Entry | None) -> tuple[object, ...] | None:
    """Return what of an entry has a say in whether it is an answer, beside its phrasings."""
    return (entry.kind, entry.notices, entry.together, entry.criterion, [answer.conditions for answer in entry.answers]) if entry else None


def _places(library: Library) -> list[object]:
    """Return what a message can point to: the notices and their offices."""
    return [(notice.reference, notice.office, notice.facts.get("office-name"), notice.facts.get("office-short")) for notice in library.notices.values()]
