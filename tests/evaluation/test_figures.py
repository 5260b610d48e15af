from __future__ import annotations

import pytest

from bot.evaluation.figures import difference, mean, share


def test_the_share_of_nothing_is_nothing():
    assert share([]) is None
    assert difference([], [True]) is None


def test_a_share_without_variance_has_no_spread():
    figure = share([True] * 20)
    assert (figure.value, figure.low, figure.high, figure.count) == (1.0, 1.0, 1.0, 20)


def test_the_interval_of_half_of_a_hundred_is_about_a_tenth_to_each_side():
    figure = share([True, False] * 50)
    assert figure.value == 0.5
    assert figure.low == pytest.approx(0.40, abs=0.02)
    assert figure.high == pytest.approx(0.60, abs=0.02)


def test_the_same_seed_gives_the_same_interval():
    values = [True] * 30 + [False] * 12
    assert share(values, seed=3) == share(values, seed=3)


def test_a_difference_is_the_first_less_the_second():
    figure = difference([True, True, True, False], [True, False])
    assert figure.value == pytest.approx(0.25)
    assert figure.count == 6
    assert figure.low < figure.value < figure.high


def test_a_mean_may_be_negative():
    assert mean([-1.0, 0.0, 0.0, 0.0]).value == -0.25
