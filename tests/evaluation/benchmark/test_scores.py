from __future__ import annotations

import pytest

from bot.evaluation.benchmark.scores import score
from bot.evaluation.benchmark.splits import OUT, Example

test = [Example("1", "a"), Example("2", "a"), Example("3", "b"), Example("4", OUT), Example("5", OUT)]


def test_shares_by_hand():
    found = score(test, ["a", OUT, "b", OUT, "a"])
    assert found.accuracy.value == pytest.approx(3 / 5)
    assert (found.in_scope, found.out_of_scope, found.count) == (pytest.approx(2 / 3), 0.5, 5)


def test_mcc_by_hand():
    found = score([Example("1", "a"), Example("2", "a"), Example("3", OUT), Example("4", OUT)], ["a", OUT, OUT, OUT])
    assert found.mcc == pytest.approx((1 * 2 - 0 * 1) / (1 * 3 * 2 * 2) ** 0.5)  # (TP·TN − FP·FN) / √((TP+FP)(TN+FN)(TP+FN)(TN+FP))


def test_all_right():
    found = score(test, [example.label for example in test])
    assert (found.accuracy.value, found.mcc) == (1.0, 1.0)


def test_a_label_that_is_right_as_well_counts():
    found = score([Example("1", "a", also=("b",)), Example("2", OUT, also=("b",)), Example("3", "b")], ["b", "b", "a"])
    assert found.accuracy.value == pytest.approx(2 / 3)
    assert found.out_of_scope == 1.0


def test_without_strangers_nothing_is_said_of_them():
    assert score(test[:3], ["a", "a", "b"]).out_of_scope is None


def test_nothing_cannot_be_scored():
    with pytest.raises(ValueError, match="nothing to score"):
        score([], [])
