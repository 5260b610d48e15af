"""Vectors of the training sentences, kept on disk: encoding them is the slow part of training."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from rich.progress import track

from bot.nlu.encoder import Encoder, Vectors, edition, make_encoder

CACHE = Path(__file__).parents[2] / ".cache" / "vectors"
WORTH_A_POOL = 400  # texts; fewer are encoded sooner than a second process has started
CHUNK = 64
MOST = 100_000  # vectors kept, 1.8 kB each

_encoder: Encoder | None = None


def encode_all(texts: Sequence[str], names: Sequence[str], cache: Path = CACHE) -> Vectors:
    """Return the vectors of `texts`, shape (n, dimension), by the encoders `names`; only new texts are encoded."""
    file = cache / f"{edition(names)}.npz"
    known = _read(file)
    missing = sorted({text for text in texts if _key(text) not in known})
    for text, vector in zip(missing, _encoded(missing, names), strict=True):
        known[_key(text)] = vector.astype(np.float16).astype(np.float32)  # as it is kept: a first training equals a second
    if missing:
        wanted = {_key(text) for text in texts}
        earlier = [key for key in known if key not in wanted][-max(0, MOST - len(wanted)) :]  # of other trainings, as many as there is room for
        _write(file, {key: known[key] for key in (*earlier, *wanted)})
    return np.array([known[_key(text)] for text in texts], dtype=np.float32)


def _encoded(texts: Sequence[str], names: Sequence[str]) -> list[Vectors]:
    if len(texts) < WORTH_A_POOL:
        return list(make_encoder(names).encode(texts)) if texts else []
    chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
    with ProcessPoolExecutor(os.cpu_count(), initializer=_start, initargs=(tuple(names),)) as pool:
        done = track(pool.map(_encode, chunks), description="Encoding sentences", total=len(chunks), transient=True)
        return [vector for chunk in done for vector in chunk]


def _start(names: Sequence[str]) -> None:
    global _encoder  # noqa: PLW0603 -- one engine a process: it cannot be sent from one to another
    _encoder = make_encoder(names)


def _encode(chunk: Sequence[str]) -> Vectors:
    assert _encoder is not None
    return _encoder.encode(chunk)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _read(file: Path) -> dict[str, Vectors]:
    try:
        with np.load(file, allow_pickle=False) as arrays:
            return dict(zip(arrays["keys"].tolist(), arrays["vectors"].astype(np.float32), strict=True))
    except (OSError, ValueError, KeyError):  # absent or cut short: it is only a cache
        return {}


def _write(file: Path, known: dict[str, Vectors]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as out:
        np.savez(out, keys=np.array(list(known)), vectors=np.array(list(known.values()), dtype=np.float16))
    part.replace(file)
