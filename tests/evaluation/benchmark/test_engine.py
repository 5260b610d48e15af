"""The engine and stock Rasa are trained in the benchmark itself; here only how data is handed to them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.evaluation.benchmark import engine as module
from bot.evaluation.benchmark.benchmark import contenders
from bot.evaluation.benchmark.engine import Engine
from bot.evaluation.benchmark.rasa_peer import RasaPeer, _plain
from bot.evaluation.benchmark.splits import OUT, Dataset, Example, Split
from bot.evaluation.benchmark.systems import Guess
from bot.nlu.reading import Candidate


class LetterEncoder:
    """A vector of how often each of a few letters occurs."""

    name, dimension = "letters", 4

    def encode(self, texts):
        return np.array([[text.count(letter) + 0.1 for letter in "abcd"] for text in texts], dtype=np.float32)


class FakeRanker:
    """Ranks the intents it was given in their order."""

    def __init__(self, intents) -> None:
        self.intents = intents

    @classmethod
    def fit(cls, texts, vectors, intents, mixture, *, hasty, seed) -> FakeRanker:
        assert len(texts) == len(vectors) == len(intents)
        assert len(hasty) in {0, len(texts)}
        return cls(sorted(set(intents)))

    def rank(self, texts, vectors, kept):
        return [[Candidate(intent, 0.6 / (place + 1)) for place, intent in enumerate(self.intents)][:kept] for _ in texts]


def test_the_engine_gets_its_own_kind_of_intents_and_gives_labels(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "Ranker", FakeRanker)
    monkeypatch.setattr(module, "make_encoder", lambda names: LetterEncoder())
    monkeypatch.setattr(module, "encode_all", lambda texts, names, cache: LetterEncoder().encode(texts))
    system = Engine(tmp_path, tuned=True)
    system.prepare(["a", "b", "c"])
    system.fit([Example("a", "a/b"), Example("b", OUT)], seed=1)
    assert system.guess(["c"]) == [Guess("a/b", 0.6, 0.3)] == [system.guess_anew("d")]


def test_what_is_tuned_on_our_sentences_serves_our_data_only(tmp_path):
    assert "tuned" in Engine(tmp_path, tuned=True)._encoders
    other = Engine(tmp_path, tuned=False)
    assert "tuned" not in other._encoders
    assert "e5" in other._encoders
    assert other.version != Engine(tmp_path, tuned=True).version


def test_the_engine_is_configured_by_the_project():
    assert {"words", "sharpness", "encoders"} <= set(module._settings())


def test_what_rasa_gives_a_meaning_to_is_taken_out():
    assert _plain("/restart [me](city)\n{x}") == "restart  me  city   x"
    assert _plain("- what") == "what"


def test_rasa_names_intents_by_number_and_gives_labels():
    peer = RasaPeer()
    peer._names = {"i0": "a/b", "i1": "c"}
    ranking = [{"name": "i0", "confidence": 0.7}, {"name": "i1", "confidence": 0.2}]
    assert peer._guess({"intent_ranking": ranking}) == Guess("a/b", 0.7, 0.2)
    assert peer._guess({"intent_ranking": []}) == Guess("", 0.0)
    assert '- "x"' not in peer._data([Example("x", "c"), Example("y", "a/b")])


def test_stock_rasa_says_when_it_learns_for_fewer_epochs():
    def taught(count: int) -> Dataset:
        return Dataset("x", "x", (Split(tuple(Example(f"t{number}", "a") for number in range(count)), ()),))

    def stock(count: int) -> str:
        return contenders(taught(count), Path("x"))[-1].make().name

    assert stock(5_000) == "Rasa 3.6 (DIET)"
    assert stock(10_000) == "Rasa 3.6 (DIET, 50 epochs)"
