from __future__ import annotations

from functools import partial

import pytest

from bot.evaluation.measures import confidently_wrong, declined, every_one, measures, right, right_among, right_first
from tests.evaluation.conftest import asked, said

question = asked("in_notice", "deadline", also=["stipend"])
open_question = asked("not_in_notice", "not-in-notice", also=["contact-policy"])


@pytest.mark.parametrize(
    ("record", "first", "among"),
    [
        pytest.param(said(question, "answer", "deadline"), True, True, id="wanted"),
        pytest.param(said(question, "answer", "stipend"), True, True, id="right as well"),
        pytest.param(said(question, "answer", "hours", "deadline"), False, True, id="second"),
        pytest.param(said(question, "answer", "hours", suggestions=("deadline",)), False, True, id="offered"),
        pytest.param(said(question, "clarify", "clarify", suggestions=("deadline",)), False, True, id="asked back"),
        pytest.param(said(question, "clarify", "deadline"), False, True, id="a clarification says nothing first"),
        pytest.param(said(question, "answer"), False, False, id="nothing said"),
    ],
)
def test_right_first_and_right_among(record, first, among):
    assert (right_first(record), right_among(record)) == (first, among)


@pytest.mark.parametrize(
    ("record", "is_declined", "wrong"),
    [
        pytest.param(said(open_question, "not_in_notice", "not-in-notice/housing"), True, False, id="says so"),
        pytest.param(said(open_question, "clarify", "clarify"), True, False, id="asks back"),
        pytest.param(said(open_question, "smalltalk", "greeting"), True, False, id="any other kind"),
        pytest.param(said(open_question, "answer", "contact-policy"), True, False, id="an answer that is right as well"),
        pytest.param(said(open_question, "answer", "not-in-notice/housing"), False, False, id="kind answer with the right entry"),
        pytest.param(said(open_question, "answer", "deadline"), False, True, id="an answer"),
    ],
)
def test_declined_and_confidently_wrong(record, is_declined, wrong):
    assert (declined(record), confidently_wrong(record)) == (is_declined, wrong)


@pytest.mark.parametrize(
    ("blocks", "every", "but_talk"),
    [
        (("greeting", "deadline", "not-in-notice/housing"), True, True),
        (("deadline", "not-in-notice"), False, True),
        (("greeting", "deadline"), False, False),
        ((), False, False),
    ],
)
def test_every_one_of_several(blocks, every, but_talk):
    record = said(asked("several", "greeting", "deadline", "not-in-notice"), "answer", *blocks)
    assert (every_one(record), every_one(record, without={"greeting"})) == (every, but_talk)


@pytest.mark.parametrize(
    ("family", "kind", "entry", "expected"),
    [
        ("refusal", "refusal", "write-my-application", True),
        ("refusal", "answer", "deadline", False),
        ("injection", "out_of_scope", "out-of-scope", True),
        ("injection", "answer", "stipend", False),
        ("smalltalk", "smalltalk", "deadline", True),
        ("smalltalk", "smalltalk", "greeting", False),
    ],
)
def test_right_by_the_measure_of_the_family(family, kind, entry, expected):
    assert right(said(asked(family, "deadline"), kind, entry)) is expected


def names_about(record) -> set[str]:
    return {measure.id for measure in measures(["greeting"]) if measure.about(record)}


def test_a_turn_of_a_dialogue_counts_only_as_a_turn():
    assert names_about(said(asked(dialogue="d-1"), "answer", "deadline")) == {"turns", "language"}


def test_several_questions_count_only_as_several():
    assert names_about(said(asked("several", "deadline"), "answer", "deadline")) == {"every-one", "every-one-but-talk", "nothing-else", "language"}


def test_the_right_notice_is_asked_of_right_answers_only():
    about = partial(asked, notice="250697")
    assert "notice" in names_about(said(about(), "answer", "deadline"))
    assert "notice" not in names_about(said(about(), "answer", "stipend"))


@pytest.mark.parametrize(
    ("measure", "value", "reached"),
    [("right-first", 0.92, True), ("right-first", 0.9199, False), ("confidently-wrong", 0.04, True), ("confidently-wrong", 0.0401, False), ("asked-back", 0.9, True)],
)
def test_targets_are_reached_at_their_value(measure, value, reached):
    assert next(one for one in measures([]) if one.id == measure).reached(value) is reached
