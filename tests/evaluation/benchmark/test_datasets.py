from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.content.library import library
from bot.evaluation.benchmark.datasets import clinc150, datasets, golden, hint3, quebec_bank, quebec_intents, quebec_queries
from bot.evaluation.benchmark.splits import OUT, Example, Published
from bot.nlu.normalise import fold


@pytest.fixture
def public(tmp_path: Path) -> Path:
    (tmp_path / "hint3" / "published_results").mkdir(parents=True)
    (tmp_path / "clinc150").mkdir()
    (tmp_path / "quebec_covidfaq_en_fr").mkdir()
    files = {
        "hint3/v1_curekart_train.csv": "sentence,label\nwhere is it,STATUS\n",
        "hint3/v1_curekart_test.csv": 'sentence,label\n"where, please",STATUS\nhello,NO_NODES_DETECTED\n',
        "hint3/published_results/rasa_curekart.csv": "Threshold,Accuracy,Weighted F1,Inscope Accuracy,OOS Recall,MCC\n0.3,0.4,0.1,0.8,0.1,0.4\n0.9,0.6,0.1,0.7,0.5,0.5\n",
        "quebec_covidfaq_en_fr/rasa_faq_en.csv": "intent,question\n" + "".join(f"i{intent},question {intent} {number}\n" for intent in range(5) for number in range(5)),
        "quebec_covidfaq_en_fr/faq_bank_en.csv": "faq_id,question,answer\n" + "".join(f"{number},published {number},…\n" for number in range(5)),
        "quebec_covidfaq_en_fr/crowd_queries_en.csv": "faq_id,query,collection\n" + "".join(f"{number},query {number} {turn},c2\n" for number in range(5) for turn in range(5)),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    raw = {"train": [["pay it", "pay"]], "oos_train": [["sky?", "oos"]], "test": [["pay", "pay"]], "oos_test": [["sea?", "oos"]], "val": [["x", "pay"]]}
    (tmp_path / "clinc150" / "data_full.json").write_text(json.dumps(raw), encoding="utf-8")
    return tmp_path


def test_what_is_there_is_offered(public, tmp_path):
    assert set(datasets(public, library())) == {"golden", "hint3-curekart", "clinc150", "quebec-intents-en", "quebec-intents-fr", "quebec-queries-en", "quebec-bank-en"}
    assert set(datasets(tmp_path / "absent", library())) == {"golden"}


def test_each_offer_reads_its_own(public):
    offered = datasets(public, library())
    assert offered["hint3-curekart"]().name == "hint3-curekart"


def test_hint3_with_the_published_row_that_is_best_on_the_test(public):
    dataset = hint3(public / "hint3", "curekart")
    assert dataset.splits[0].test == (Example("where, please", "STATUS"), Example("hello", OUT))
    assert dataset.published == (Published("Rasa", 0.9, 0.6, 0.7, 0.5, 0.5),)


def test_clinc_learns_from_its_strangers_and_leaves_validation_alone(public):
    (split,) = clinc150(public / "clinc150").splits
    assert split.train == (Example("pay it", "pay"), Example("sky?", OUT))
    assert split.test == (Example("pay", "pay"), Example("sea?", OUT))


def test_quebec_leaves_out_each_intent_once(public):
    dataset = quebec_intents(public / "quebec_covidfaq_en_fr", "en")
    assert sorted(len({example.text.split()[1] for example in split.test if example.label == OUT}) for split in dataset.splits) == [1] * 5


def test_quebec_queries_learn_from_the_published_questions_too(public):
    dataset = quebec_queries(public / "quebec_covidfaq_en_fr")
    assert all(sum(example.text.startswith("published") for example in split.train) == 4 for split in dataset.splits)


def test_the_bank_alone_has_one_sentence_an_entry(public):
    (split,) = quebec_bank(public / "quebec_covidfaq_en_fr").splits
    assert (len(split.train), len(split.test)) == (5, 25)


def test_the_golden_test_is_not_learnt_from():
    (split,) = golden(library()).splits
    learnt = {fold(example.text) for example in split.train}
    assert not [example.text for example in split.test if fold(example.text) in learnt]
    assert {example.part for example in split.test} == {"en", "fr"}
    assert {example.label for example in split.test} <= {example.label for example in split.train}
