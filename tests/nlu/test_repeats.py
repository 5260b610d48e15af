"""What was found in a message is remembered for the next who asks the same, and forgotten when it must be."""

from __future__ import annotations

import gc

from bot.nlu import repeats
from bot.nlu.encoder import Remembering
from bot.nlu.repeats import forget_all, remembering


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


def test_a_memory_that_nobody_uses_is_let_go():
    gc.collect()
    before = len(repeats._memories)
    remembering(len)("a")
    gc.collect()
    assert len(repeats._memories) == before
