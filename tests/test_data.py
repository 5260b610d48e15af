"""The example sentences: enough of them, of several voices, no question of the evaluation set among them."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from bot.i18n.locale import LOCALES
from bot.nlu.dividing import heard, read_several
from bot.nlu.importer import questions
from bot.nlu.intents import entry_of, intent_of, kind_of
from bot.nlu.normalise import fold
from bot.nlu.utterances import DATA, read_utterances
from tests.conftest import SHARED

UTTERANCES = list(read_utterances())
EVALUATION = SHARED / "eval"
GOLDEN = DATA.parent / "golden"


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_entry_has_enough_and_varied_utterances(library, locale):
    counts = Counter(entry_of(one.intent) for one in UTTERANCES if one.locale == locale)
    voices = defaultdict(set)
    for one in UTTERANCES:
        voices[one.locale, entry_of(one.intent)].add(one.voice)
    for entry in library.entries.values():
        if entry.kind == "answer":
            assert counts[entry.id] >= 25, entry.id
            assert len(voices[locale, entry.id]) >= 3, entry.id


def test_both_languages_have_the_same_files():
    files = {locale: {one.file.split("/", 3)[3] for one in UTTERANCES if one.locale == locale} for locale in LOCALES}
    assert files["en"] == files["fr"]


def test_every_intent_leads_to_an_entry(library):
    for intent in {one.intent for one in (*UTTERANCES, *questions())}:
        entry = library.entries[entry_of(intent)]
        assert entry.kind == kind_of(intent)


def test_intents_and_entries_are_two_names_of_one_thing(library):
    for entry in library.entries.values():
        assert entry_of(intent_of(entry.id, entry.kind)) == entry.id


def told(*files: Path) -> set[str]:
    """The messages of `files` that are long enough not to be hit upon by chance."""
    asked = set()
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            asked |= {plain(text) for text in ([row["text"]] if "text" in row else [turn["user"] for turn in row["turns"]])}
    return {text for text in asked if len(text.split()) > 3}


def taught_of(asked: set[str]) -> list[str]:
    """What is learnt, message or part of a message, that is one of `asked` or nearly so."""
    parts = {part.text for one in read_several() for part in heard(one.text, one.locale)}
    texts = {plain(text) for text in (*(one.text for one in UTTERANCES), *parts)}
    return [text for text in texts if len(text.split()) > 3 and process.extractOne(text, asked, scorer=fuzz.ratio, score_cutoff=92)]


def test_no_question_of_the_evaluation_set_is_trained_on():
    if not EVALUATION.is_dir():
        pytest.skip("the evaluation set is not beside this checkout")
    assert taught_of(told(*(EVALUATION / name for name in ("questions.jsonl", "multi.jsonl", "dialogues.jsonl")))) == []


def test_no_golden_question_is_trained_on():
    assert taught_of(told(*sorted(GOLDEN.glob("*.jsonl")))) == []
