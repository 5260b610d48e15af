"""Runs systems on data sets and keeps what they guessed, so that a run that was broken off goes on where it stood."""

from __future__ import annotations

import hashlib
import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.evaluation.benchmark.splits import Dataset, Example, Split
from bot.evaluation.benchmark.systems import Guess, System
from bot.evaluation.benchmark.threshold import FOLDS, MOST_ASKED, REPEATS, SMALL, chosen, held_out, tells

TIMED = 100  # messages whose guessing is timed one by one, in each split
_PROTOCOL = f"{FOLDS} {REPEATS} {SMALL} {MOST_ASKED}"
Say = Callable[[str], None]


@dataclass(frozen=True)
class SplitRun:
    """What a system guessed on one split; `threshold` was chosen on its training data, None where that was not asked for.

    Times are the processor's, of all threads together: they do not depend on what else the machine does.
    """

    guesses: tuple[Guess, ...]
    threshold: float | None
    training_seconds: float
    milliseconds: float


@dataclass(frozen=True)
class Job:
    """One system on one data set."""

    system: System
    dataset: Dataset
    with_threshold: bool = True
    seed: int = 1

    @property
    def key(self) -> str:
        """A name that changes when the outcome may."""
        told = " told" * any(tells(split.train) for split in self.dataset.splits)
        digest = hashlib.sha256(f"{self.system.name} {self.system.version} {self.with_threshold and _PROTOCOL + told} {self.seed}".encode())
        for split in self.dataset.splits:
            for example in (*split.train, *split.test):
                digest.update(f"{example.label}\t{example.text}\n".encode())
        return digest.hexdigest()[:16]

    def file(self, cache: Path) -> Path:
        """Return where the outcome is kept."""
        plain = "".join(letter if letter.isalnum() else "-" for letter in self.system.name.lower())
        return cache / self.dataset.name / f"{plain}-{self.key}.json"


def outcome(job: Job, cache: Path, *, compute: bool = True, say: Say = lambda _: None) -> list[SplitRun] | None:
    """Return what came of `job`: from `cache`, or computed now; None where it may not be computed."""
    file = job.file(cache)
    if file.exists():
        return [_run_of(raw) for raw in json.loads(file.read_text(encoding="utf-8"))]
    if not compute:
        return None
    job.system.prepare([example.text for split in job.dataset.splits for example in (*split.train, *split.test)])
    part = file.with_suffix(".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    runs = _begun(part)
    for number, split in list(enumerate(job.dataset.splits, 1))[len(runs) :]:
        say(f"{job.dataset.name}: {job.system.name}, split {number} of {len(job.dataset.splits)}")
        runs.append(_on_split(job, split))
        part.write_text(json.dumps([asdict(run) for run in runs], ensure_ascii=False), encoding="utf-8")
    part.replace(file)
    return runs


def _begun(part: Path) -> list[SplitRun]:
    """Return what a run that was broken off had come to, split by split; nothing where it was broken off in writing."""
    try:
        return [_run_of(raw) for raw in json.loads(part.read_text(encoding="utf-8"))]
    except (FileNotFoundError, json.JSONDecodeError):
        return []


def _on_split(job: Job, split: Split) -> SplitRun:
    threshold = chosen(held_out(job.system, split.train, seed=job.seed)) if job.with_threshold else None
    begun = time.process_time()
    job.system.fit(split.train, seed=job.seed)
    seconds = time.process_time() - begun
    guesses = job.system.guess([example.text for example in split.test])
    return SplitRun(tuple(guesses), threshold, seconds, _milliseconds(job.system, split.test))


def _milliseconds(system: System, test: Sequence[Example]) -> float:
    step = max(1, len(test) // TIMED)
    times = []
    for example in test[::step]:
        begun = time.process_time()
        system.guess_anew(example.text)
        times.append(1000 * (time.process_time() - begun))
    return statistics.median(times)


def _run_of(raw: Mapping[str, Any]) -> SplitRun:
    return SplitRun(tuple(Guess(**guess) for guess in raw["guesses"]), raw["threshold"], raw["training_seconds"], raw["milliseconds"])
