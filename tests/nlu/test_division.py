"""Dividing a message into what it asks."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from bot.content.model import Library
from bot.nlu.dividing import _judge, _learn, read_several
from bot.nlu.division import Divider
from bot.nlu.proposals import features, proposals, together
from bot.nlu.segments import Segment, segments

INTENTS = ("faq/deadline", "faq/stipend", "not-in-notice/visa", "refusal/write-my-application", "smalltalk/greeting")


def rows(*best: tuple[int, float]) -> np.ndarray:
    """Probabilities whose best column and its share are given; the rest is spread evenly."""
    table = np.array([[(1 - share) / (len(INTENTS) - 1)] * len(INTENTS) for _, share in best])
    for row, (column, share) in zip(table, best, strict=True):
        row[column] = share
    return table


@pytest.mark.parametrize(
    ("best", "expected"),
    [
        pytest.param([(0, 0.9)], [(0, 0)], id="one part"),
        pytest.param([(0, 0.6), (0, 0.9), (1, 0.8)], [(0, 1), (1, 2)], id="a part tells the place better than the whole"),
        pytest.param([(0, 0.6), (1, 0.24)], [(0, 0), (1, 1)], id="too unsure alone, likely in the light of the whole"),
        pytest.param([(0, 0.97), (0, 0.24)], [(0, 0)], id="too unsure to propose anything"),
        pytest.param([(0, 0.24)], [(0, 0)], id="the whole always proposes"),
    ],
)
def test_proposals(best, expected):
    assert [(one.column, one.place) for one in proposals(rows(*best), together(rows(*best)))] == expected


def test_the_light_of_the_whole_is_a_probability_and_leaves_the_whole_as_it_is():
    table = rows((0, 0.6), (1, 0.24))
    both = together(table)
    assert both.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert both[0] == pytest.approx(table[0], abs=1e-3)
    assert table[1, 1] > both[1, 1] > both[1, 2]  # the part's own first leads what both leave open
    assert both[1, 0] > table[1, 0]


def test_features_have_one_shape_whatever_the_message():
    for text in ("When?", "Hello. Is it paid, and when does it close?", "a, b, c and d; e. F? G!"):
        parts = segments(text, "en")
        proposed, found = features(parts, rows(*[(number % 5, 0.7) for number, _ in enumerate(parts)]), INTENTS)
        assert found.shape == (len(proposed), features([Segment("x", asks=False)], rows((0, 0.5)), INTENTS)[1].shape[1])
        assert np.isfinite(found).all()


def test_a_divider_learns_what_tells_questions_from_stories(tmp_path):
    chance = np.random.default_rng(1)
    labels = np.arange(200) % 2 == 0
    told = chance.normal(size=(200, 4)) + labels[:, None]
    shapes = chance.normal(size=(200, 8)) + labels[:, None]
    divider = _learn(told, shapes, labels, np.arange(200) // 4)
    divider.save(tmp_path)
    again = Divider.load(tmp_path)
    rows = np.column_stack([told, shapes @ again.form[:-1] + again.form[-1]])
    assert np.array_equal(again.judge.chances(rows), divider.judge.chances(rows))
    assert ((again.judge.chances(rows) > 0.5) == labels).mean() > 0.9


def test_a_judge_sees_what_two_features_say_together():
    chance = np.random.default_rng(2)
    told = chance.normal(size=(400, 3))
    labels = told[:, 0] * told[:, 1] + 0.5 * told[:, 2] > 0
    fitted = make_pipeline(StandardScaler(), PolynomialFeatures(2, include_bias=False), StandardScaler(), LogisticRegression()).fit(told, labels)
    judge = _judge(fitted)
    assert np.allclose(judge.chances(told), fitted.predict_proba(told)[:, 1])
    assert ((judge.chances(told) > 0.5) == labels).mean() > 0.95


def test_examples_name_entries_that_are_there(library: Library):
    examples = read_several()
    assert {asked for example in examples for asked in example.asks} <= set(library.entries)
    for locale in ("en", "fr"):
        own = [example for example in examples if example.locale == locale]
        assert len({example.text for example in own}) == len(own)
        assert min(sum(len(example.asks) == 1 for example in own), sum(len(example.asks) > 1 for example in own)) > 200
