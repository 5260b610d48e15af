"""How a part is joined to what stands before it."""

import pytest

from bot.nlu.joints import joint

OR, AND, BUT, COMMA, ASKED, ENDED = range(6)


@pytest.mark.parametrize(
    ("part", "message", "marks"),
    [
        ("in person", "Is it by video or in person", {OR}),
        ("au début", "Payés à la fin, ou au début", {OR}),
        ("what do they ask", "Is there a test and what do they ask", {AND}),
        ("le voyage", "Pas le loyer, mais le voyage", {BUT}),
        ("the visa", "the pay, the visa", {COMMA}),
        ("And the visa?", "The pay? And the visa?", {ASKED}),
        ("Puis-je venir ?", "J'ai un bébé. Puis-je venir ?", {ENDED}),
        ("The pay?", "The pay? And the visa?", set()),
        ("words that are not there", "The pay?", set()),
    ],
)
def test_marks(part: str, message: str, marks: set[int]) -> None:
    assert {place for place, mark in enumerate(joint(part, message)) if mark} == marks
