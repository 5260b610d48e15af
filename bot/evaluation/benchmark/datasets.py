"""Reads the data sets: public ones from a folder that is never copied into the project, and the project's own."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bot.content.model import Library
from bot.evaluation.benchmark.splits import OUT, Dataset, Example, Published, Split, folds
from bot.evaluation.cases import Known
from bot.evaluation.golden import QUESTIONS
from bot.evaluation.reading_cases import read_cases
from bot.i18n.locale import LOCALES, Locale
from bot.nlu.intents import entry_of, intent_of
from bot.nlu.utterances import read_utterances

OWN = "golden"  # the data set that is the project's own
_HINT3_OUT = "NO_NODES_DETECTED"
_BOTS = ("curekart", "sofmattress")
_CLINC_OUT = "oos"
FOLDS = 5
Read = Callable[[], Dataset]


def datasets(folder: Path, library: Library) -> dict[str, Read]:
    """Return how to read each data set that is there, by name; `folder` holds the public ones."""
    found: dict[str, Read] = {OWN: lambda: golden(library)}
    for bot in _BOTS:
        if (folder / "hint3" / f"v1_{bot}_train.csv").exists():
            found[f"hint3-{bot}"] = lambda bot=bot: hint3(folder / "hint3", bot)  # type: ignore[misc]  # a default binds the loop's value
    if (folder / "clinc150" / "data_full.json").exists():
        found["clinc150"] = lambda: clinc150(folder / "clinc150")
    quebec = folder / "quebec_covidfaq_en_fr"
    if quebec.exists():
        found |= {
            "quebec-intents-en": lambda: quebec_intents(quebec, "en"),
            "quebec-intents-fr": lambda: quebec_intents(quebec, "fr"),
            "quebec-queries-en": lambda: quebec_queries(quebec),
            "quebec-bank-en": lambda: quebec_bank(quebec),
        }
    return found


def hint3(folder: Path, bot: str) -> Dataset:
    """Return a bot of HINT3 in the version of its paper, with the rows published for it."""
    train = tuple(Example(row["sentence"], row["label"]) for row in _rows(folder / f"v1_{bot}_train.csv"))
    test = tuple(Example(row["sentence"], OUT if row["label"] == _HINT3_OUT else row["label"]) for row in _rows(folder / f"v1_{bot}_test.csv"))
    published = tuple(_best(path) for path in sorted((folder / "published_results").glob(f"*_{bot}.csv")))
    return Dataset(f"hint3-{bot}", f"HINT3 v1, {bot}: real messages to a shop's assistant; no out-of-scope examples to learn from", (Split(train, test),), published)


def _best(path: Path) -> Published:
    rows = [{name: float(value) for name, value in row.items()} for row in _rows(path)]
    best = max(rows, key=lambda row: row["Accuracy"])
    system = {"bert": "BERT", "luis": "LUIS"}.get(path.stem.split("_")[0], path.stem.split("_")[0].capitalize())
    return Published(system, best["Threshold"], best["Accuracy"], best["Inscope Accuracy"], best["OOS Recall"], best["MCC"])


def clinc150(folder: Path) -> Dataset:
    """Return CLINC150, full: its training sentences with 100 out of scope, its test with 1,000."""
    raw = json.loads((folder / "data_full.json").read_text(encoding="utf-8"))

    def part(*names: str) -> tuple[Example, ...]:
        return tuple(Example(text, OUT if label == _CLINC_OUT else label) for name in names for text, label in raw[name])

    split = Split(part("train", "oos_train"), part("test", "oos_test"))
    return Dataset("clinc150", "CLINC150, full: 150 intents, 100 training sentences each, and 100 out of scope", (split,))


def quebec_intents(folder: Path, locale: Locale) -> Dataset:
    """Return the Québec government's questions by intent, cross-validated with intents left out."""
    examples = _unique(Example(row["question"], row["intent"], locale=locale) for row in _rows(folder / f"rasa_faq_{locale}.csv"))
    says = f"Québec FAQ, questions by intent ({locale}), {FOLDS} folds; each leaves out a fifth of the intents, which are then out of scope"
    return Dataset(f"quebec-intents-{locale}", says, folds(examples, FOLDS, seed=1))


def quebec_queries(folder: Path) -> Dataset:
    """Return people's queries to the Québec FAQ, cross-validated with entries left out; the FAQ's own questions are learnt from."""
    bank = _unique(Example(row["question"], row["faq_id"]) for row in _rows(folder / "faq_bank_en.csv"))
    queries = _unique(Example(row["query"], row["faq_id"]) for row in _rows(folder / "crowd_queries_en.csv"))
    says = f"Québec FAQ, people's queries to {len(bank)} entries (en), {FOLDS} folds; each leaves out a fifth of the entries, which are then out of scope"
    return Dataset("quebec-queries-en", says, folds(queries, FOLDS, seed=1, always=bank))


def quebec_bank(folder: Path) -> Dataset:
    """Return the same queries where nothing but the FAQ's own question of each entry is known; none is out of scope."""
    bank = _unique(Example(row["question"], row["faq_id"]) for row in _rows(folder / "faq_bank_en.csv"))
    queries = _unique(Example(row["query"], row["faq_id"]) for row in _rows(folder / "crowd_queries_en.csv"))
    says = "Québec FAQ, people's queries (en) where only the one published question of each entry is known; every guess is taken"
    return Dataset("quebec-bank-en", says, (Split(bank, queries),))


def golden(library: Library) -> Dataset:
    """Return the project's own utterances to learn from and its golden questions as the test, a part for each language."""
    learnt = [Example(utterance.text, entry_of(utterance.intent), locale=utterance.locale) for utterance in read_utterances()]
    learnt += [
        Example(entry.question[locale], entry_of(intent_of(entry.id, entry.kind)), locale=locale)
        for entry in library.entries.values()
        if entry.kind != "step"
        for locale in LOCALES
    ]
    lone = [case for case in read_cases(QUESTIONS, Known.of(library)) if case.family != "several"]
    test = tuple(Example(case.text, case.wanted[0], case.also, case.locale, case.locale) for case in lone)
    return Dataset(OWN, "The project's utterances and its golden questions, English and French", (Split(_unique(learnt), test),))


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _unique(examples: Iterator[Example] | list[Example]) -> tuple[Example, ...]:
    return tuple({(example.text.strip().lower(), example.label): example for example in examples if example.text.strip()}.values())
