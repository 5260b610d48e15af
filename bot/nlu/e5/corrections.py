"""What the network has learnt of applicants' sentences: corrections of low rank to the matrices of its upper layers (LoRA, Hu et al. 2021)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bot.nlu.e5.weights import Floats

FILE = Path(__file__).with_name("corrections.npz")
STRENGTH = 2.0  # of a correction beside the matrix that it corrects
_LEFT, _RIGHT = ".left", ".right"


@dataclass(frozen=True)
class Corrections:
    """By the name of a product (``l6.qkv``): two factors, of shapes (inputs, rank) and (rank, outputs)."""

    factors: Mapping[str, tuple[Floats, Floats]] = field(default_factory=dict)

    def of(self, name: str) -> Floats | None:
        """Return what is added to the matrix of the product `name`, shape (outputs, inputs), or None."""
        if name not in self.factors:
            return None
        left, right = self.factors[name]
        return np.asarray(STRENGTH * (left @ right).T, dtype=np.float32)

    def save(self, path: Path = FILE) -> None:
        """Write the factors, in half precision."""
        arrays = {name + side: factor.astype(np.float16) for name, both in self.factors.items() for side, factor in zip((_LEFT, _RIGHT), both, strict=True)}
        np.savez(path, **arrays)

    @classmethod
    def load(cls, path: Path = FILE) -> Corrections:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            names = [name.removesuffix(_LEFT) for name in arrays.files if name.endswith(_LEFT)]
            return cls({name: (arrays[name + _LEFT].astype(np.float32), arrays[name + _RIGHT].astype(np.float32)) for name in names})


def fingerprint(path: Path = FILE) -> str:
    """Return eight figures that change when the corrections do."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
