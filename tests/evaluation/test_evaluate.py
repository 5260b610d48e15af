from __future__ import annotations

import json

import pytest

from bot.evaluation.evaluate import evaluate
from bot.evaluation.golden import Floors, Shortfall, floors_of, read_floors, shortfalls, write_floors
from bot.evaluation.plain import dumped
from bot.evaluation.records import run
from bot.nlu.reading import Candidate
from tests.evaluation.conftest import CountingStopwatch, ScriptedAssistant, asked, reply

pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # matplotlib, of pyparsing's old names

CASES = [
    asked("in_notice", "deadline", id="e1", text="until when"),
    asked("in_notice", "stipend", id="e2", text="salary"),
    asked("out_of_scope", "out-of-scope", id="e3", text="weather"),
    asked("in_notice", "deadline", id="f1", text="jusqu’à quand", locale="fr"),
    asked("several", "greeting", "deadline", id="m1", text="hi, until when"),
    asked("smalltalk", "greeting", id="d1.1", text="hello", dialogue="d1"),
    asked("in_notice", "deadline", id="d1.2", text="and then", dialogue="d1"),
    asked("in_notice", "stipend", id="d2.1", text="pay", dialogue="d2"),
]
REPLIES = {
    "until when": reply("answer", "deadline"),
    "salary": reply("answer", "deadline"),
    "jusqu’à quand": reply("answer", "deadline", language="fr"),
    "hi, until when": reply("answer", "deadline"),
    "hello": reply("smalltalk", "greeting"),
    "and then": reply("answer", "deadline"),
    "pay": reply("answer", "stipend"),
}


def rank(text: str) -> list[Candidate]:
    return [Candidate("faq/deadline", 0.8)]


@pytest.fixture(scope="module")
def results():
    return evaluate(CASES, ScriptedAssistant(REPLIES), rank, smalltalk=["greeting"], about={"model": "a-model"})


def test_only_the_turns_of_one_dialogue_share_a_conversation():
    assistant = ScriptedAssistant(REPLIES)
    list(run(CASES, assistant))
    assert [conversation for _, conversation in assistant.asked] == [None, None, None, None, None, None, "conversation-6", None]


def test_the_time_from_a_message_to_its_reply_is_kept():
    (record,) = run(CASES[:1], ScriptedAssistant(REPLIES), stopwatch=CountingStopwatch())
    assert record.milliseconds == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("measure", "en", "fr"),
    [("right-first", 0.5, 1.0), ("declined", 1.0, None), ("confidently-wrong", 1 / 3, 0.0), ("every-one", 0.0, None), ("every-one-but-talk", 1.0, None), ("turns", 1.0, None)],
)
def test_figures_by_hand(results, measure, en, fr):
    by_locale = results.row(measure).by_locale
    assert by_locale["en"].value == pytest.approx(en)
    assert (by_locale["fr"].value if "fr" in by_locale else None) == fr


def test_a_measure_that_nothing_is_about_has_no_row(results):
    assert results.row("refused") is None


def test_english_less_french(results):
    assert results.row("right-first").difference.value == pytest.approx(-0.5)


def test_what_a_variant_loses(results):
    losses = {(loss.variant, loss.measure.id): loss for loss in results.losses}
    assert losses["capitals", "right-first"].losses["en"].value == 0.5  # the scripted assistant knows no capitals
    assert losses["capitals", "confidently-wrong"].losses["en"].value == pytest.approx(-1 / 3)  # and so answers nothing wrongly
    assert losses["without-accents", "right-first"].shares == {"en": 0.5, "fr": 0.0}


def test_confusions_topics_and_misses(results):
    assert [(one.wanted, one.given, one.count) for one in results.confusions] == [("stipend", "deadline", 1)]
    rights = {(one.label, one.locale): (one.right, one.count) for one in results.topics}
    assert rights == {("deadline", "en"): (1, 1), ("deadline", "fr"): (1, 1), ("out-of-scope", "en"): (1, 1), ("stipend", "en"): (0, 1)}
    assert [record.case.id for record in results.wrong] == ["e2"]


def test_the_results_are_one_json_document(results):
    values = json.loads(dumped(results.as_json()))
    assert values["about"] == {"seed": "1", "messages": "8", "model": "a-model"}
    first = values["measures"][0]
    assert (first["id"], first["target"], first["en"]["count"], first["fr"]["value"]) == ("right-first", 0.92, 2, 1.0)
    assert values["worst"][0]["wanted"] == ["stipend"]


def test_the_results_in_words_mark_what_falls_short(results):
    line = next(line for line in results.as_text().splitlines() if line.startswith("in-notice questions: right entry first"))
    assert "50.0 [" in line
    assert "*" in line


def test_the_page_loads_nothing_and_escapes_what_was_asked():
    asked_markup = asked("in_notice", "stipend", text="<script>alert(1)</script>")
    page = evaluate([asked_markup, *CASES], ScriptedAssistant(REPLIES), rank).as_html()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not any(f'{attribute}="http' in page for attribute in ("src", "href"))


def test_nothing_asked_measures_nothing():
    results = evaluate([], ScriptedAssistant({}))
    assert results.rows == ()
    assert results.as_html()
    assert results.as_text()


@pytest.mark.parametrize(
    ("reached", "margin", "found"),
    [
        pytest.param(0.5, 0.0, [], id="as before"),
        pytest.param(0.52, 0.02, [], id="at the margin"),
        pytest.param(0.53, 0.02, [Shortfall("right-first", "en", 0.53, 0.5)], id="past the margin"),
        pytest.param(0.3, 0.0, [], id="better"),
    ],
)
def test_the_gate(results, reached, margin, found):
    assert shortfalls(results, Floors(margin, {"right-first": {"en": reached}})) == found


def test_the_gate_of_what_should_be_rare(results):
    assert shortfalls(results, Floors(0.02, {"confidently-wrong": {"en": 0.30}})) == [Shortfall("confidently-wrong", "en", 0.30, pytest.approx(1 / 3))]
    assert shortfalls(results, Floors(0.02, {"confidently-wrong": {"en": 0.40}})) == []


def test_a_measure_that_is_no_longer_taken_falls_to_nothing(results):
    assert [str(one) for one in shortfalls(results, Floors(0.02, {"refused": {"fr": 1.0}}))] == ["refused (fr): 0.0 %, once 100.0 %"]


def test_floors_are_written_and_read(results, tmp_path):
    floors = floors_of(results, 0.02)
    write_floors(floors, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == floors
    assert floors.reached["confidently-wrong"] == {"en": 0.333, "fr": 0.0}
    assert shortfalls(results, floors) == []
