"""Every stored phrasing at once: how the model in service ranks them, and which a draft turns. Tens of thousands in seconds, from kept vectors."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.content.check import Phrasing
from bot.content.model import Library
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.encoder import Vectors
from bot.nlu.intents import entry_of
from bot.nlu.late import Late
from bot.nlu.normalise import canonical
from bot.nlu.vectors import encode_all
from bot.web.publishing.probes import Probe
from bot.web.publishing.trial import Figure

Encode = Callable[[Sequence[str], Sequence[str]], Vectors]
Progress = Callable[[str, int, int], None]  # the stage, how many of how many
CHUNK = 250  # phrasings ranked between two looks at who else wants the processor
NICENESS = 10
STAGE = "stored"


@dataclass(frozen=True)
class Ranked:
    """How many stored phrasings rank their entry first, by language, and those whose first entry the draft changes."""

    figures: Mapping[Locale, Figure]
    turned: tuple[Probe, ...]


def kept_vectors(texts: Sequence[str], encoders: Sequence[str]) -> Vectors:
    """Return the vectors of `texts`, which training has kept; what is missing is encoded in a process of low priority, and kept too."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=os.nice, initargs=(NICENESS,)) as pool:
        return pool.submit(encode_all, texts, encoders).result()


class Stored:
    """The stored phrasings under the model in service; what it makes of them is remembered while it stays."""

    def __init__(self, known: Callable[[], Sequence[Phrasing]], encode: Encode = kept_vectors) -> None:
        self._known, self._encode = known, encode
        self._model: str | None = None
        self._probabilities: npt.NDArray[np.float16] | None = None

    def ranked(self, model: str | None, parts: Mapping[str, Any], libraries: tuple[Library, Library], progress: Progress = lambda *_: None) -> Ranked | None:
        """Return how the phrasings rank in `libraries`, the live and the draft's; None without a model of ours behind."""
        if not {"EntryRanker", "SegmentEncoder"} <= set(parts) or parts["SegmentEncoder"].encoder is None:
            return None
        known = self._known()
        firsts = self._firsts(model, parts, libraries, [canonical(one.text) for one in known], progress)
        figures = {}
        for locale in LOCALES:
            rights = [(before == one.entry, after == one.entry) for one, before, after in zip(known, *firsts, strict=True) if one.locale == locale]
            if rights:
                figures[locale] = Figure(len(rights), sum(before for before, _ in rights), sum(after for _, after in rights))
        turned = (Probe(one.text, one.locale, (one.entry,), origin="phrasing") for one, before, after in zip(known, *firsts, strict=True) if before != after)
        return Ranked(figures, tuple(dict.fromkeys(turned)))

    def _firsts(self, model: str | None, parts: Mapping[str, Any], libraries: tuple[Library, Library], texts: list[str], progress: Progress) -> list[list[str]]:
        component, vectors = parts["EntryRanker"], None
        ranker, encode = component.ranker, parts["SegmentEncoder"].encoder.encode
        if self._probabilities is None or self._model != model:
            vectors = self._encode(texts, component.config["encoders"])
            self._probabilities, self._model = _probabilities(ranker, texts, vectors, progress), model
        lates = [Late.of(library, component.taught, encode) for library in libraries]
        if vectors is None and any(late.texts for late in lates):
            vectors = self._encode(texts, component.config["encoders"])
        firsts = []
        for library, late in zip(libraries, lates, strict=True):
            heard = self._probabilities if vectors is None else late.heard(self._probabilities.astype(np.float64), vectors, ranker.intents)
            entries = [entry_of(intent) for intent in late.known(ranker.intents)]
            there = np.array([entry in library.entries for entry in entries])
            firsts.append([entries[place] for place in np.where(there, heard, -1.0).argmax(axis=1)])
        return firsts


def _probabilities(ranker: Any, texts: Sequence[str], vectors: Vectors, progress: Progress) -> npt.NDArray[np.float16]:
    rows = []
    for start in range(0, len(texts), CHUNK):
        rows.append(ranker.probabilities(texts[start : start + CHUNK], vectors[start : start + CHUNK]).astype(np.float16))
        progress(STAGE, min(start + CHUNK, len(texts)), len(texts))
    return np.concatenate(rows)
