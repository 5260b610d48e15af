"""Prints how well generated sessions are grouped: ``python -m tests.webinar.measure --half report --seeds 10 --size 400``."""

from __future__ import annotations

import argparse
import time

from bot.content.library import load_library
from bot.nlu.training import train
from bot.settings import Settings
from bot.webinar.describing import describe
from bot.webinar.session import Session
from bot.webinar.understanding import TrainedModel, read_model
from tests.webinar.generator import Message, items, pairwise, session
from tests.webinar.test_quality import grouped, groups_of, read

Pairs = set[frozenset[str]]


def measured(messages: list[Message], held: Session, model: TrainedModel, half: str) -> dict[str, float]:
    """Return the figures of one session; a head counts once, and once more weighed by its members."""
    known = {number: set(message.asks) for number, message in enumerate(messages, 1) if message.asks}
    found = groups_of(held)
    precision, recall = pairwise(found, known)
    entries = {item.group: item.entry for item in items(half)}
    heads = [(describe(held, group, model.intents), len(group.members)) for group in held.open_groups()]
    right = [(one.match.entry in [entries[name] for name in messages[one.head.message - 1].asks], members) for one, members in heads]
    return {
        "precision": precision,
        "recall": recall,
        "heads": sum(good for good, _ in right) / len(right),
        "heads weighed": sum(good * members for good, members in right) / sum(members for _, members in right),
        "groups": len(heads),
        "noise kept": sum(1 for number, message in enumerate(messages, 1) if message.why and number in found),
        "questions lost": sum(1 for number, message in enumerate(messages, 1) if message.asks and number not in found),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", default="report")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--size", type=int, default=400)
    options = parser.parse_args()
    settings = Settings.from_environment()
    model = read_model(train(settings.models, load_library(), say=lambda _: None))
    rows = []
    for seed in range(options.seeds):
        messages = session(options.half, seed, options.size)
        started = time.perf_counter()
        held = grouped(read(messages, model), model)
        rows.append({**measured(messages, held, model, options.half), "seconds": time.perf_counter() - started})
        print(f"seed {seed:>2}  " + "  ".join(f"{name} {value:.3f}" for name, value in rows[-1].items()), flush=True)
    for name, choose in (("mean", lambda values: sum(values) / len(values)), ("least", min), ("most", max)):
        print(f"{name:<8} " + "  ".join(f"{key} {choose([row[key] for row in rows]):.3f}" for key in rows[0]))


if __name__ == "__main__":
    main()
