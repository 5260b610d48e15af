"""The commands: the only place that wires things together. Exit codes: 0 fine, 1 the check found faults, 2 wrong usage or unreadable input."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.content import FAQ
from bot.content.check import Phrasing, problems
from bot.content.library import FaultyContent, load_library
from bot.content.model import Library
from bot.content.notice_import import NoticeTooLarge, disagreements, import_notice
from bot.content.reader import Reader
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.intents import entry_of
from bot.nlu.utterances import read_utterances
from bot.settings import ROOT, BadSetting, Settings, moment
from bot.silence import silence
from bot.web.assistant import Assistant, Question, clock_of, real_time
from bot.web.replay import BadLine, read_conversations, replay

FINE, FAULTS, WRONG = 0, 1, 2
GOLDEN = ROOT / "data" / "golden"
BETWEEN_THE_DATES = moment("2025-06-15T12:00:00+02:00")  # measuring needs a fixed day, with the notices open


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    silence()
    try:
        return int(options.run(options, _settings(options)))
    except FaultyContent as error:
        return _told(error, FAULTS)
    except (BadSetting, BadLine, NoticeTooLarge, UnicodeDecodeError, OSError) as error:
        return _told(error, WRONG)


def _told(error: Exception, code: int) -> int:
    print(f"guichet: {error}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guichet", description="Answers applicants' questions about published vacancy notices from curated content only.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    one = commands.add_parser("serve", help="serve the API, the widget and the pages")
    one.add_argument("--host")
    one.add_argument("--port", type=int)
    one.add_argument("--workers", type=int, default=1, choices=[1], help="processes; more than one comes with PostgreSQL and Redis")
    _now(one)
    one.set_defaults(run=_serve)
    one = commands.add_parser("train", help="train the model, if anything it is trained on has changed")
    one.set_defaults(run=_train)
    one = commands.add_parser("ask", help="ask one question")
    one.add_argument("text")
    one.add_argument("--language", choices=LOCALES)
    one.add_argument("--notice", help="reference of the notice that the question is about")
    one.add_argument("--json", action="store_true")
    _now(one)
    one.set_defaults(run=_ask)
    one = commands.add_parser("replay", help="send conversations from a file through the assistant")
    one.add_argument("input", type=Path)
    one.add_argument("--output", type=Path, required=True)
    _now(one)
    one.set_defaults(run=_replay)
    one = commands.add_parser("evaluate", help="measure answers on questions never trained on")
    one.add_argument("files", type=Path, nargs="*", help="questions, one JSON object a line; the project's own golden questions if none is named")
    one.add_argument("--html", type=Path, help="write the report with its plots here")
    one.add_argument("--json", action="store_true")
    _now(one)
    one.set_defaults(run=_evaluate)
    one = commands.add_parser("benchmark", help="measure the same engine against its peers on public data")
    one.add_argument("sets", nargs="*", help="names of data sets; all that are there if none is named")
    one.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "bench", help="folder of the public data sets")
    one.add_argument("--no-rasa", action="store_true", help="leave out stock Rasa, which is slow to train")
    one.add_argument("--html", type=Path, help="write the report with its plots here")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_benchmark)
    one = commands.add_parser("check", help="report every fault of the content at once")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_check)
    one = commands.add_parser("import", help="read a notice as published into draft facts").add_subparsers(dest="what", required=True, metavar="WHAT").add_parser("notice")
    one.add_argument("file", type=Path)
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_import)
    one = commands.add_parser("export", help="write the static pages to a folder").add_subparsers(dest="what", required=True, metavar="WHAT").add_parser("site")
    one.add_argument("--output", type=Path, required=True)
    one.add_argument("--assistant", help="address of a page with the widget, for links into it")
    _now(one)
    one.set_defaults(run=_export)
    return parser


def _now(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--now", type=_moment, help="fix the clock, e.g. 2025-06-15T12:00:00+02:00")


def _moment(text: str) -> object:
    try:
        return moment(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _settings(options: argparse.Namespace) -> Settings:
    given = {name: value for name in ("host", "port", "now") if (value := getattr(options, name, None)) is not None}
    return replace(Settings.from_environment(), **given)


def _trained(settings: Settings, library: Library) -> Path:
    from bot.nlu.training import train

    return train(settings.models, library, say=lambda text: print(text, file=sys.stderr))


def _train(_: argparse.Namespace, settings: Settings) -> int:
    _trained(settings, load_library())
    return FINE


def _serve(_: argparse.Namespace, settings: Settings) -> int:
    from bot.web.server import serve

    library = load_library()
    serve(library, settings, model=lambda: _trained(settings, library))
    return FINE


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    with _assistant(settings) as assistant:
        reply = assistant.ask_now(Question(options.text, language=options.language, notice=options.notice))
    if options.json:
        print(json.dumps(reply, ensure_ascii=False, indent=2))
        return FINE
    for block in reply["reply"]["blocks"]:
        print(block["text"])
        for source in block["sources"]:
            print(f"  [{source['notice']}, {source['section']}]")
    for suggestion in reply["reply"]["suggestions"]:
        print(f"  → {suggestion['label']}")
    return FINE


def _replay(options: argparse.Namespace, settings: Settings) -> int:
    conversations = read_conversations(options.input)
    with _assistant(settings) as assistant:
        replay(conversations, assistant, options.output)
    return FINE


@contextmanager
def _assistant(settings: Settings) -> Iterator[Assistant]:
    library = load_library()
    model = _trained(settings, library)
    assistant = Assistant(library, settings, clock_of(settings))
    try:
        assistant.load(model)
        yield assistant
    finally:
        assistant.close()


def _import(options: argparse.Namespace, _: Settings) -> int:
    imported = import_notice(options.file.read_text(encoding="utf-8"))
    found = imported.as_json(disagreements(imported))
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return FINE
    for fact in found["facts"]:
        print(f"{fact['line']:>5}  {fact['language']}  {fact['id']:<20} {json.dumps(fact['value'], ensure_ascii=False)}")
    for one in found["disagreements"]:
        print(f"disagree: {one['id']}: {one['why']}")
    for line in found["not_understood"]:
        print(f"not understood, line {line['line']} ({line['language']}): {line['text']}")
    return FINE


def _export(options: argparse.Namespace, settings: Settings) -> int:
    from bot.web.site.export import export_site

    for path in export_site(load_library(), options.output, now=clock_of(settings)(), assistant=options.assistant):
        print(path)
    return FINE


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
    with _assistant(fixed) as assistant:
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


def _check(options: argparse.Namespace, settings: Settings) -> int:
    reader = Reader(FAQ)
    library = reader.library()
    phrasings = [Phrasing(entry_of(one.intent), one.locale, one.text, one.file, one.line) for one in read_utterances()]
    today = (settings.now or real_time()).date()
    found = sorted(problems(library, reader, today=today, phrasings=phrasings))
    if options.json:
        print(json.dumps({"problems": [problem.as_json() for problem in found]}, ensure_ascii=False, indent=2))
    else:
        for problem in found:
            print(f"{problem.file}:{problem.line}: {problem.message} {problem.mend}")
        print(f"{len(found)} problems")
    return FAULTS if any(problem.severity == "fault" for problem in found) else FINE
