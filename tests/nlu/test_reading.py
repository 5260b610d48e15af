"""Our conclusion about a message."""

from __future__ import annotations

import pytest

from bot.nlu.reading import Ambiguous, Asked, Candidate, NotUnderstood, Thresholds, Understood, as_json, from_json, read, read_message

THRESHOLDS = Thresholds(answer=0.5, choice=0.2, order=0.4, part=0.4, surely=0.7, certain=0.9)

ELSEWHERE = "out-of-scope/general"
FOREIGN = "out-of-scope/other-language"
LANGUAGE = "smalltalk/change-language"
PERSON = "smalltalk/bot-identity"
REFUSAL = "refusal/write-my-application"


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


def asked(*pairs):
    return [(Asked(intent, place, stands), f"part {place}") for place, (intent, stands) in enumerate(pairs, 1)]


@pytest.mark.parametrize(
    ("whole", "parts", "intents"),
    [
        pytest.param([("faq/hours", 0.9)], [], ["faq/hours"], id="one part"),
        pytest.param([("faq/hours", 0.5)], [("faq/hours", 0.9), ("faq/age", 0.8)], ["faq/hours", "faq/age"], id="two questions, in their order"),
        pytest.param([("faq/hours", 0.9)], [("faq/hours", 0.9), ("faq/age", 0.39)], ["faq/hours"], id="the second too unsure"),
        pytest.param([("faq/hours", 0.5)], [("faq/age", 0.8), ("faq/hours", 0.9)], ["faq/hours", "faq/age"], id="what the whole asks leads"),
        pytest.param([("faq/hours", 0.49)], [("faq/age", 0.8), ("faq/hours", 0.9)], ["faq/age", "faq/hours"], id="what it may ask does not"),
        pytest.param([("faq/hours", 0.9)], [("faq/age", 0.5), ("faq/hours", 0.9)], ["faq/hours", "faq/age"], id="what may be asked comes behind what surely is"),
        pytest.param([("faq/hours", 0.6)], [("smalltalk/greeting", 0.99), ("faq/hours", 0.9)], ["faq/hours"], id="a greeting is not asked"),
        pytest.param([("faq/hours", 0.6)], [(PERSON, 0.9), ("faq/hours", 0.9)], ["faq/hours", PERSON], id="what is asked of the assistant comes last"),
        pytest.param([(PERSON, 0.85)], [(PERSON, 0.9), ("faq/hours", 0.8)], ["faq/hours", PERSON], id="talk and a question, each surely asked"),
        pytest.param([(PERSON, 0.95)], [(PERSON, 0.9), ("faq/hours", 0.8)], [PERSON], id="certainly talk, and a part of it that sounds like a question"),
        pytest.param([(PERSON, 0.95)], [(PERSON, 0.9), ("faq/hours", 0.92)], ["faq/hours", PERSON], id="talk and a question, both certain"),
        pytest.param([(PERSON, 0.8)], [(PERSON, 0.9), ("faq/hours", 0.6)], [PERSON], id="talk that a part may only turn into a question"),
        pytest.param([("faq/age", 0.4)], [("faq/hours", 0.9)], ["faq/hours"], id="a question buried in a story"),
        pytest.param([("faq/hours", 0.9)], [("faq/hours", 0.9), (REFUSAL, 0.69)], ["faq/hours"], id="nobody is refused for what they may have asked"),
        pytest.param([(ELSEWHERE, 0.95)], [("faq/hours", 0.9)], [ELSEWHERE], id="a story about something else in our words"),
        pytest.param([("faq/hours", 0.3)], [("faq/hours", 0.8)], ["faq/hours"], id="a part is surer than the whole of one and the same"),
        pytest.param([(ELSEWHERE, 0.6)], [("faq/hours", 0.9)], ["faq/hours"], id="a question after talk about something else"),
        pytest.param([("faq/age", 0.9)], [("faq/hours", 0.45)], ["faq/age"], id="one part that is less sure than an answer must be"),
        pytest.param([("faq/hours", 0.4)], [("faq/hours", 0.9), (REFUSAL, 0.9)], ["faq/hours", REFUSAL], id="an order beside a question"),
        pytest.param([(REFUSAL, 0.6)], [("not-in-notice/cv", 0.69)], [REFUSAL], id="an order whose parts speak of the CV"),
        pytest.param([(REFUSAL, 0.6)], [("faq/hours", 0.9), ("not-in-notice/cv", 0.3)], [REFUSAL, "faq/hours"], id="an order that a question stands beside"),
        pytest.param([(REFUSAL, 0.6)], [("not-in-notice/cv", 0.9), ("faq/hours", 0.9)], ["not-in-notice/cv", "faq/hours"], id="a list that names the CV is no order"),
        pytest.param([(REFUSAL, 0.6)], [("not-in-notice/cv", 0.9), (REFUSAL, 0.4), ("faq/hours", 0.9)], [REFUSAL, "not-in-notice/cv", "faq/hours"], id="what may be an order is"),
        pytest.param([("faq/hours", 0.75)], [("faq/age", 0.92), ("faq/hours", 0.93)], ["faq/age", "faq/hours"], id="certainly two: in their order, whatever the whole sounds like"),
        pytest.param([("faq/hours", 0.75)], [("faq/age", 0.92), ("faq/pay", 0.5), ("faq/hours", 0.93)], ["faq/age", "faq/pay", "faq/hours"], id="… as is what may be asked"),
        pytest.param([(FOREIGN, 0.95)], [(FOREIGN, 0.9), ("faq/hours", 0.8)], ["faq/hours", FOREIGN], id="another language, and a question"),
        pytest.param([("faq/hours", 0.9)], [("faq/hours", 0.9), (FOREIGN, 0.69)], ["faq/hours"], id="perhaps another language"),
        pytest.param([("faq/hours", 0.6)], [(ELSEWHERE, 0.95), ("faq/hours", 0.9)], ["faq/hours", ELSEWHERE], id="a question, and certainly something else"),
        pytest.param([("faq/hours", 0.6)], [(ELSEWHERE, 0.89), ("faq/hours", 0.9)], ["faq/hours"], id="a story that may be about something else"),
        pytest.param([("faq/hours", 0.6)], [(LANGUAGE, 0.95), ("faq/hours", 0.9)], ["faq/hours", LANGUAGE], id="a wish for the other language is granted in words too"),
        pytest.param([("faq/hours", 0.3), ("faq/age", 0.3)], [(LANGUAGE, 0.95), ("faq/age", 0.3)], [LANGUAGE], id="nothing clear but the language wished for"),
        pytest.param([(REFUSAL, 0.39), ("faq/hours", 0.3)], [("faq/hours", 0.9)], ["faq/hours"], id="too unsure to refuse"),
        pytest.param([("not-in-notice/cv", 0.52), (REFUSAL, 0.4)], [], [REFUSAL], id="what may be an order is none that is answered"),
        pytest.param([("not-in-notice/cv", 0.52), (REFUSAL, 0.39)], [], ["not-in-notice/cv"], id="rather a question"),
        pytest.param([(ELSEWHERE, 0.52), (REFUSAL, 0.4)], [], [ELSEWHERE], id="something else is declined as such"),
        pytest.param([("faq/hours", 0.7)], [("faq/hours", 0.9), (REFUSAL, 0.89)], ["faq/hours"], id="a clear question, and half a sentence like an order"),
        pytest.param([("faq/hours", 0.7)], [("faq/hours", 0.9), (REFUSAL, 0.9)], ["faq/hours", REFUSAL], id="a clear question, and an order"),
    ],
)
def test_read_message(whole, parts, intents):
    assert [reading.intent for reading in read_message(ranking(*whole), asked(*parts), THRESHOLDS)] == intents


def test_what_is_not_understood_is_asked_back_talk_or_not():
    assert read_message(ranking(("faq/hours", 0.2), ("faq/age", 0.2)), asked((PERSON, 0.89)), THRESHOLDS) == (Ambiguous(("faq/hours", "faq/age"), 0.2),)


@pytest.mark.parametrize("reading", [Understood("faq/hours", 0.5, "x", ("faq/age",)), Ambiguous(("faq/hours",), 0.3), NotUnderstood(0.1)])
def test_a_reading_survives_the_tracker(reading):
    assert from_json(as_json(reading)) == reading
