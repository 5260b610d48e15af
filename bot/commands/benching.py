"""``guichet bench`` and ``guichet soak``: our server beside a stock Rasa server, and over a long run."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bot.commands.model import content_in_service, trained
from bot.commands.outcome import FAULTS, FINE, Commands
from bot.settings import ROOT, Settings, moment

NOW = "2025-06-15T12:00:00+02:00"  # measuring needs a fixed day, with the notices open
GOLDEN = ROOT / "data" / "golden"
STOCK = ROOT / ".cache" / "bench"
SINGLE = ("en.jsonl", "fr.jsonl")


def add(commands: Commands) -> None:
    """Add these commands."""
    one = commands.add_parser("bench", help="measure speed beside a stock Rasa server of the same content")
    one.add_argument("--stock", type=Path, default=STOCK, help="folder of the stock project; trained there once")
    one.add_argument("--per-intent", type=int, default=20, help="examples of each entry and language that the stock server learns from")
    one.add_argument("--epochs", type=int, default=100, help="of DIET and ResponseSelector; Rasa's own default is 100")
    one.add_argument("--rounds", type=int, default=3)
    one.add_argument("--questions", type=int, default=80, help="questions of each round and number of clients")
    one.add_argument("--workers", type=int, default=1)
    one.add_argument("--html", type=Path, help="write the report with its plots here")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_bench)
    one = commands.add_parser("soak", help="send very many messages and see whether memory grows or anything fails")
    one.add_argument("--messages", type=int, default=100_000)
    one.add_argument("--minutes", type=float, default=40.0, help="stop after so long, however many messages were sent")
    one.add_argument("--fresh", type=float, default=0.2, help="share of messages that were never sent before; the others come again and again")
    one.add_argument("--clients", type=int, default=8, help="connections that each wait for one reply before the next message")
    one.add_argument("--workers", type=int, default=1)
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_soak)


def _bench(options: argparse.Namespace, settings: Settings) -> int:
    from bot.evaluation.bench.bench import Plan, measure, train_stock
    from bot.evaluation.bench.project import write_project
    from bot.evaluation.bench.report import as_html, as_text
    from bot.nlu.utterances import read_utterances

    library = content_in_service(settings)
    trained(settings, library)
    options.stock.mkdir(parents=True, exist_ok=True)
    examples = write_project(options.stock, library, read_utterances(), per_intent=options.per_intent, now=moment(NOW), epochs=options.epochs)
    training = train_stock(options.stock, examples, _say)
    plan = Plan(rounds=options.rounds, questions=options.questions)
    with tempfile.TemporaryDirectory(prefix="guichet-bench-") as folder:
        found = measure(Path(folder), options.stock, _questions(), plan, now=NOW, workers=options.workers, say=_say)
    found["training"] = {"stock": training}
    found["about"] = {
        "content": library.version, "questions": "data/golden, each once in a run; every question a conversation of its own", "rounds": options.rounds,
        "our workers": options.workers,
        "stock Rasa": f"one model for both languages, {options.per_intent} examples of each entry and language, {options.epochs} epochs, else its defaults",
    }  # fmt: skip
    if options.html:
        options.html.write_text(as_html(found), encoding="utf-8")
    print(json.dumps(found, ensure_ascii=False, indent=1) if options.json else as_text(found))
    return FINE


def _soak(options: argparse.Namespace, settings: Settings) -> int:
    from bot.evaluation.bench.soak import soak

    trained(settings, content_in_service(settings))
    with tempfile.TemporaryDirectory(prefix="guichet-soak-") as folder:
        found = soak(
            Path(folder), _questions(), options.messages, seconds=60 * options.minutes, fresh=options.fresh, clients=options.clients, now=NOW, workers=options.workers, say=_say
        )
    told: dict[str, Any] = found.as_json()
    print(json.dumps(told) if options.json else "\n".join(f"{name}: {value}" for name, value in told.items()))
    return FAULTS if found.errors or found.grows or found.messages[-1:] != [options.messages] else FINE


def _questions() -> list[str]:
    lines = [line for name in SINGLE for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines()]
    return list(dict.fromkeys(json.loads(line)["text"] for line in lines))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
