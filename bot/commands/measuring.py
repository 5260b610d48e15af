"""``guichet evaluate`` and ``guichet benchmark``."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.commands.clock import add_now
from bot.commands.model import loaded
from bot.commands.outcome import FINE, Commands
from bot.content.library import load_library
from bot.i18n.locale import Locale
from bot.settings import ROOT, BadSetting, Settings, moment
from bot.web.assistant import Question

GOLDEN = ROOT / "data" / "golden"
BETWEEN_THE_DATES = moment("2025-06-15T12:00:00+02:00")  # measuring needs a fixed day, with the notices open


def add(commands: Commands) -> None:
    """Add these commands."""
    one = commands.add_parser("evaluate", help="measure answers on questions never trained on")
    one.add_argument("files", type=Path, nargs="*", help="questions, one JSON object a line; the project's own golden questions if none is named")
    one.add_argument("--html", type=Path, help="write the report with its plots here")
    one.add_argument("--json", action="store_true")
    add_now(one)
    one.set_defaults(run=_evaluate)
    one = commands.add_parser("benchmark", help="measure the same engine against its peers on public data")
    one.add_argument("sets", nargs="*", help="names of data sets; all that are there if none is named")
    one.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "bench", help="folder of the public data sets")
    one.add_argument("--no-rasa", action="store_true", help="leave out stock Rasa, which is slow to train")
    one.add_argument("--html", type=Path, help="write the report with its plots here")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_benchmark)


def _benchmark(options: argparse.Namespace, _: Settings) -> int:
    from bot.evaluation.benchmark.benchmark import benchmark
    from bot.evaluation.benchmark.datasets import datasets

    there = datasets(options.data, load_library())
    if unknown := set(options.sets) - set(there):
        raise BadSetting(f"no data set {', '.join(sorted(unknown))}; there are {', '.join(there)}")
    chosen = {name: read for name, read in there.items() if not options.sets or name in options.sets}
    results = benchmark(chosen, ROOT / ".cache" / "benchmark", rasa=not options.no_rasa, say=lambda text: print(text, file=sys.stderr))
    if options.html:
        options.html.write_text(results.as_html(), encoding="utf-8")
    print(json.dumps(results.as_json(), ensure_ascii=False, indent=1) if options.json else results.as_text())
    return FINE


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    from bot.evaluation.cases import Known
    from bot.evaluation.evaluate import evaluate
    from bot.evaluation.reading_cases import read_cases

    fixed = replace(settings, now=settings.now or BETWEEN_THE_DATES)
    with loaded(fixed) as assistant:
        cases = read_cases(options.files or sorted(GOLDEN.glob("*.jsonl")), Known.of(assistant.library))

        def ask(text: str, *, conversation: str | None, notice: str | None, language: Locale | None) -> dict[str, Any]:
            return assistant.ask_now(Question(text, conversation=conversation, notice=notice, language=language))

        talk = [entry.id for entry in assistant.library.of_kind("smalltalk")]
        about = {"model": str(assistant.model), "content": assistant.library.version, "clock": str(fixed.now)}
        results = evaluate(cases, ask, assistant.rank_now, smalltalk=talk, about=about)
    if options.html:
        options.html.write_text(results.as_html(), encoding="utf-8")
    print(json.dumps(results.as_json(), ensure_ascii=False, indent=1) if options.json else results.as_text())
    return FINE
