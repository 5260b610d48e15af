"""What was found in a message is remembered for the next who asks the same, and forgotten when it must be."""

from __future__ import annotations

import gc
from types import SimpleNamespace

from bot.nlu import repeats
from bot.nlu.encoder import Remembering
from bot.nlu.repeats import forget_all, remembering
from bot.webinar.understanding import Learnt, TrainedModel


class Counting:
    """Counts what it is asked."""

    name, dimension = "counting", 1

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts):
        self.asked += texts
        return [[float(len(text))] for text in texts]


def test_what_was_asked_before_is_not_looked_for_again():
    found: list[str] = []
    find = remembering(lambda text: found.append(text) or len(text))
    assert [find("a"), find("bc"), find("a")] == [1, 2, 1]
    assert found == ["a", "bc"]


def test_the_longest_unasked_goes_first():
    found: list[str] = []
    find = remembering(found.append, 2)
    for text in ("a", "b", "c", "b", "a"):
        find(text)
    assert found == ["a", "b", "c", "a"]


def test_everything_is_forgotten_at_once():
    found: list[str] = []
    find, counting = remembering(found.append), Counting()
    encoder = Remembering(counting)
    for _ in range(2):
        find("a")
        encoder.encode(["a"])
        forget_all()
    assert found == counting.asked == ["a", "a"]


def test_a_flood_is_encoded_once_and_forgotten_too():
    counting = Counting()
    model = TrainedModel(Learnt(SimpleNamespace(intents=()), None, None), counting)
    for _ in range(2):
        assert model._encoded(["a", "bc"]).tolist() == [[1.0], [2.0]]
    assert counting.asked == ["a", "bc"]
    forget_all()
    model._encoded(["bc"])
    assert counting.asked == ["a", "bc", "bc"]


def test_a_memory_that_nobody_uses_is_let_go():
    gc.collect()
    before = len(repeats._memories)
    remembering(len)("a")
    gc.collect()
    assert len(repeats._memories) == before
