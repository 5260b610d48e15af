"""A part that is gone is asked again after a pause, by one message and not by all."""

from __future__ import annotations

from bot.web.sharing.part import Part


class Hand:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_one_message_a_pause_pays_for_a_part_that_is_gone():
    clock, told = Hand(), []
    part = Part("redis", pause=1.0, clock=clock)
    part.told = lambda name, gone: told.append((name, gone))
    assert part.usable()
    part.lost(OSError())
    part.lost(OSError())
    assert [part.usable(), part.gone] == [False, True]
    clock.now += 1.0
    assert [part.usable() for _ in range(3)] == [True, False, False]
    part.found()
    part.found()
    assert [part.usable(), part.gone] == [True, False]
    assert told == [("redis", True), ("redis", False)]
