from __future__ import annotations

import pytest

from bot.evaluation.calibration import Judged, coverage, judged, reliability
from bot.nlu.reading import Candidate
from tests.evaluation.conftest import asked, said


def first(confidence: float, *, right: bool = True, answers: bool = True) -> Judged:
    return Judged(confidence, right, answers)


def test_bins_gap_and_brier_by_hand():
    found = reliability([first(0.85), first(0.95, right=False), first(0.05, right=False), first(1.0)])
    assert [(one.low, one.count, one.accuracy) for one in found.bins] == [(0.0, 1, 0.0), (0.8, 1, 1.0), (0.9, 2, 0.5)]
    assert found.bins[-1].confidence == pytest.approx(0.975)
    assert found.gap == pytest.approx((0.05 + 0.15 + 2 * 0.475) / 4)
    assert found.brier == pytest.approx((0.15**2 + 0.95**2 + 0.05**2 + 0.0) / 4)


def test_coverage_counts_answers_at_the_threshold():
    points = {point.threshold: point for point in coverage([first(0.5), first(0.2, right=False), first(0.9, answers=False), first(0.1, answers=False)])}
    assert (points[0.0].coverage, points[0.0].accuracy) == (0.5, 0.5)
    assert (points[0.5].coverage, points[0.5].accuracy) == (0.25, 1.0)
    assert 0.52 not in points


@pytest.mark.parametrize(
    ("case", "intent", "right", "answers"),
    [
        (asked("in_notice", "deadline"), "faq/deadline", True, True),
        (asked("in_notice", "deadline"), "faq/stipend", False, True),
        (asked("not_in_notice", "not-in-notice"), "not-in-notice/housing", True, False),
        (asked("not_in_notice", "not-in-notice/tax"), "not-in-notice/housing", False, False),
        (asked("injection", "out-of-scope"), "out-of-scope/injection", True, False),
        (asked("out_of_scope", "out-of-scope"), "out-of-scope/other-language", True, False),
    ],
)
def test_a_first_candidate_is_judged_by_its_entry(case, intent, right, answers):
    (found,) = judged([said(case, "answer", ranking=(Candidate(intent, 0.7),))])
    assert found == first(0.7, right=right, answers=answers)


def test_a_record_without_a_ranking_is_not_judged():
    assert judged([said(asked(), "answer", "deadline")]) == []
