"""Our conclusion about a message."""

from __future__ import annotations

import pytest

from bot.nlu.reading import Ambiguous, Candidate, NotUnderstood, Thresholds, Understood, as_json, from_json, read, read_message

THRESHOLDS = Thresholds(answer=0.5, choice=0.2, part=0.6)


def ranking(*pairs):
    return [Candidate(intent, confidence) for intent, confidence in pairs]


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        pytest.param(ranking(), NotUnderstood(0.0), id="no candidate"),
        pytest.param(ranking(("faq/hours", 0.5)), Understood("faq/hours", 0.5), id="at the threshold"),
        pytest.param(ranking(("faq/hours", 0.49), ("faq/age", 0.3)), Ambiguous(("faq/hours", "faq/age"), 0.49), id="just under it: which?"),
        pytest.param(ranking(("faq/hours", 0.19)), NotUnderstood(0.19), id="too little to offer"),
        pytest.param(
            ranking(("faq/hours", 0.3), ("smalltalk/thanks", 0.3), ("out-of-scope/general", 0.25)),
            Understood("smalltalk/thanks", 0.3, "", ("faq/hours",)),
            id="rather no question at all",
        ),
        pytest.param(ranking(("faq/hours", 0.9), ("faq/age", 0.05), ("faq/grade", 0.01)), Understood("faq/hours", 0.9, "", ("faq/age",)), id="others worth offering"),
    ],
)
def test_read(ranked, expected):
    reading = read(ranked, THRESHOLDS)
    assert (type(reading), reading) == (type(expected), expected) or (isinstance(expected, Understood) and reading.intent == expected.intent)


def part(text, *pairs, asks=True):
    return (text, asks, ranking(*pairs))


@pytest.mark.parametrize(
    ("whole", "parts", "intents"),
    [
        pytest.param([("faq/hours", 0.9)], [], ["faq/hours"], id="one part"),
        pytest.param([("faq/hours", 0.5)], [part("a", ("faq/hours", 0.9)), part("b", ("faq/age", 0.8))], ["faq/hours", "faq/age"], id="two questions, in their order"),
        pytest.param([("faq/hours", 0.9)], [part("a", ("faq/hours", 0.9)), part("b", ("faq/hours", 0.9))], ["faq/hours"], id="the same twice"),
        pytest.param([("faq/hours", 0.9)], [part("a", ("faq/hours", 0.9)), part("b", ("faq/age", 0.5))], ["faq/hours"], id="the second too unsure"),
        pytest.param([("faq/hours", 0.6)], [part("hello", ("smalltalk/greeting", 0.99)), part("b", ("faq/hours", 0.9))], ["faq/hours"], id="a greeting is not asked"),
        pytest.param(
            [("faq/age", 0.4)], [part("my story", ("faq/studies-requirement", 0.9), asks=False), part("b", ("faq/hours", 0.9))], ["faq/hours"], id="a question buried in a story"
        ),
        pytest.param(
            [("faq/hours", 0.4)],
            [part("a", ("faq/hours", 0.9)), part("b", ("refusal/write-my-application", 0.9), asks=False)],
            ["faq/hours", "refusal/write-my-application"],
            id="an order needs no question mark",
        ),
    ],
)
def test_read_message(whole, parts, intents):
    assert [reading.intent for reading in read_message(ranking(*whole), parts, THRESHOLDS)] == intents


@pytest.mark.parametrize("reading", [Understood("faq/hours", 0.5, "x", ("faq/age",)), Ambiguous(("faq/hours",), 0.3), NotUnderstood(0.1)])
def test_a_reading_survives_the_tracker(reading):
    assert from_json(as_json(reading)) == reading
