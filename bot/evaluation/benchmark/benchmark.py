"""The benchmark as a whole: who takes part, on what, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.evaluation.benchmark.comparison import STOCK, Comparison, Contender, compare
from bot.evaluation.benchmark.datasets import OWN, Read
from bot.evaluation.benchmark.engine import Engine
from bot.evaluation.benchmark.growth import Cost, growth
from bot.evaluation.benchmark.lexical import BM25Peer, FuzzyPeer, LogisticPeer
from bot.evaluation.benchmark.rasa_peer import EPOCHS, RasaPeer
from bot.evaluation.benchmark.runs import Say
from bot.evaluation.benchmark.splits import Dataset
from bot.nlu.normalise import canonical
from bot.nlu.vectors import encode_all

ENCODERS = ("e5", "use")
AFFORDABLE = 1_000  # training sentences of a single split up to which stock Rasa's threshold is chosen in training too: twelve trainings more
SEEN = 500_000  # sentences of all splits, each counted once an epoch, that stock Rasa learns from at most: an hour of one core


def contenders(dataset: Dataset, cache: Path) -> list[Contender]:
    """Return who takes part on `dataset`; stock Rasa comes last, for it is by far the slowest to train."""
    affordable = len(dataset.splits) == 1 and len(dataset.splits[0].train) <= AFFORDABLE
    found = [Contender(lambda: Engine(cache / dataset.name, tuned=dataset.name == OWN)), Contender(LogisticPeer), Contender(BM25Peer), Contender(FuzzyPeer)]
    taught = sum(len(split.train) for split in dataset.splits)
    return [*found, Contender(lambda: RasaPeer(min(EPOCHS, SEEN // taught)), STOCK, chooses=affordable)]


def benchmark(
    sets: Mapping[str, Read], cache: Path, *, compute: bool = True, rasa: bool = True, seed: int = 1, about: Mapping[str, str] | None = None, say: Say = lambda _: None
) -> Comparison:
    """Return the comparison on `sets`.

    What `cache` holds is not computed again; without `compute` nothing is, and only what is there is shown. Without `rasa` stock Rasa is shown only where it has run before.
    """
    tables = []
    grown: list[str] = []
    for name, read in sets.items():
        say(f"reading {name}")
        dataset = read()
        grown += [example.text for split in dataset.splits[:1] for example in split.train]
        tables.append(compare(dataset, contenders(dataset, cache), cache, compute=lambda system: compute and (rasa or not isinstance(system, RasaPeer)), seed=seed, say=say))
    return Comparison({"seed": str(seed), **(about or {})}, tuple(tables), tuple(costs(grown, cache) if compute else ()))


def costs(texts: Sequence[str], cache: Path) -> list[Cost]:
    """Return what ranking costs as entries grow in number, with `texts` as their sentences."""
    plain = list(dict.fromkeys(canonical(text) for text in texts))[:10_000]
    return growth(plain, encode_all(plain, ENCODERS, cache / "growth"))
