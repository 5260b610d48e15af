from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np
import pytest

from bot.evaluation.benchmark.comparison import Comparison, Contender, compare
from bot.evaluation.benchmark.growth import growth
from bot.evaluation.benchmark.lexical import BM25Peer, FuzzyPeer
from bot.evaluation.benchmark.runs import Job, outcome
from bot.evaluation.benchmark.splits import OUT, Dataset, Example, Published, Split
from bot.evaluation.benchmark.systems import Guess, Rule
from bot.evaluation.plain import dumped

pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # matplotlib, of pyparsing's old names

TEST = (Example("one", "a", part="en"), Example("two", "b", part="fr"), Example("three", OUT, part="fr"))
DATASET = Dataset("small", "A <small> set", (Split((Example("1", "a"), Example("2", "b")), TEST),), (Published("Rasa", 0.9, 0.5, 0.5, 0.5, 0.1),))


class Scripted:
    """Guesses what it was told to."""

    name, version = "Scripted", "1"

    def __init__(self) -> None:
        self.prepared: list[str] = []

    def prepare(self, texts) -> None:
        self.prepared += texts

    def fit(self, train, *, seed) -> None:
        """Nothing to learn."""

    def guess(self, texts):
        return [self.guess_anew(text) for text in texts]

    def guess_anew(self, text):
        return {"one": Guess("a", 0.9), "two": Guess("b", 0.5), "three": Guess("a", 0.4)}.get(text, Guess("a", 0.0))


class Stumbling(Scripted):
    """Would be asked again if the cache did not hold its guesses."""

    def fit(self, train, *, seed) -> None:
        raise AssertionError("learnt again")


def test_a_line_for_each_rule_and_one_for_the_chosen_threshold(tmp_path):
    table = compare(DATASET, [Contender(Scripted, (Rule(0.3), Rule(0.7)))], tmp_path)
    assert {line.rule: line.scores.accuracy.value for line in table.lines} == {
        "at 0.3": pytest.approx(2 / 3),
        "at 0.7": pytest.approx(2 / 3),
        "at 0.00, chosen in training": pytest.approx(2 / 3),
    }
    assert table.lines[0].parts["fr"].count == 2


def test_lines_are_ordered_by_what_is_right_of_all(tmp_path):
    table = compare(DATASET, [Contender(Scripted, (Rule(0.95), Rule(0.45)), chooses=False)], tmp_path)
    assert [line.rule for line in table.lines] == ["at 0.45", "at 0.95"]
    assert table.lines[0].scores.accuracy.value == 1.0


def test_what_was_guessed_is_kept(tmp_path):
    first = outcome(Job(Scripted(), DATASET), tmp_path)
    assert outcome(Job(Stumbling(), DATASET), tmp_path) == first


class Counting(Scripted):
    """Learns, but no oftener than it may."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most, self.learnt = most, 0

    def fit(self, train, *, seed) -> None:
        if self.learnt == self.most:
            raise KeyboardInterrupt
        self.learnt += 1


TWICE = Dataset("twice", "", DATASET.splits * 2)


def test_a_run_that_was_broken_off_goes_on_with_the_split_it_stood_at(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        outcome(Job(Counting(1), TWICE, with_threshold=False), tmp_path)
    again = Counting(2)
    assert len(outcome(Job(again, TWICE, with_threshold=False), tmp_path)) == 2
    assert again.learnt == 1
    assert [file.suffix for file in (tmp_path / "twice").iterdir()] == [".json"]


def test_what_was_broken_off_in_writing_is_learnt_anew(tmp_path):
    job = Job(Counting(2), TWICE, with_threshold=False)
    part = job.file(tmp_path).with_suffix(".part")
    part.parent.mkdir(parents=True)
    part.write_text('[{"guesses": [', encoding="utf-8")
    assert len(outcome(job, tmp_path)) == 2
    assert job.system.learnt == 2


def test_what_is_not_kept_is_not_shown_unless_it_may_be_computed(tmp_path):
    assert outcome(Job(Scripted(), DATASET), tmp_path, compute=False) is None
    assert compare(DATASET, [Contender(Scripted)], tmp_path, compute=lambda _: False).lines == ()


def test_other_data_another_seed_or_another_version_is_another_job():
    job = Job(Scripted(), DATASET)
    other = Dataset("small", "", (Split(DATASET.splits[0].train[:1], TEST),))
    newer = Scripted()
    newer.version = "2"
    assert len({job.key, Job(Scripted(), other).key, Job(Scripted(), DATASET, seed=2).key, Job(newer, DATASET).key}) == 4


def test_everything_is_prepared_before_it_is_learnt(tmp_path):
    system = Scripted()
    outcome(Job(system, DATASET), tmp_path)
    assert sorted(system.prepared) == ["1", "2", "one", "three", "two"]


@pytest.fixture
def comparison(tmp_path) -> Comparison:
    table = compare(DATASET, [Contender(BM25Peer), Contender(FuzzyPeer)], tmp_path)
    costs = growth([f"question number {number}" for number in range(60)], np.eye(60, 8, dtype=np.float32), sizes=(50, 60, 100))
    return Comparison({"seed": "1"}, (table,), tuple(costs))


def test_costs_are_taken_for_the_sizes_that_there_are_sentences_for(comparison):
    assert [cost.entries for cost in comparison.growth] == [50, 60]
    assert all(cost.milliseconds > 0 and cost.megabytes > 0 for cost in comparison.growth)


def test_the_comparison_is_one_json_document(comparison):
    values = json.loads(dumped(comparison.as_json()))
    assert values == json.loads(json.dumps(asdict(comparison)))
    assert values["tables"][0]["published"][0]["system"] == "Rasa"


def test_the_comparison_in_words(comparison):
    text = comparison.as_text()
    assert "Rasa (published)" in text
    assert "learnt from 2, asked 3" in text


def test_the_page_escapes_and_loads_nothing(comparison):
    page = comparison.as_html()
    assert "A &lt;small&gt; set" in page
    assert "<script" not in page
    assert not any(f'{attribute}="http' in page for attribute in ("src", "href"))
