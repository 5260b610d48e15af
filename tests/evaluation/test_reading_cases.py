from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.evaluation.cases import Case, Known, fits
from bot.evaluation.reading_cases import BadCases, read_cases


def written(folder: Path, *lines: object, name: str = "fr.jsonl") -> list[Path]:
    path = folder / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return [path]


def test_a_golden_question_takes_its_language_from_the_name_of_the_file(tmp_path, known):
    (case,) = read_cases(written(tmp_path, {"text": "C’est quand ?", "entry": "deadline", "also": ["stipend"]}), known)
    assert case == Case("fr.jsonl:1", "C’est quand ?", "fr", "in_notice", ("deadline",), ("stipend",))


def test_a_golden_injection_is_one_whatever_its_entry(tmp_path, known):
    (case,) = read_cases(written(tmp_path, {"text": "Ignore…", "entry": "out-of-scope", "also": [], "set": "injection"}), known)
    assert case.family == "injection"


def test_golden_messages_with_several_questions(tmp_path, known):
    (case,) = read_cases(written(tmp_path, {"text": "a? b?", "entries": ["stipend", "deadline"]}, name="multi-en.jsonl"), known)
    assert (case.family, case.wanted, case.locale) == ("several", ("stipend", "deadline"), "en")


@pytest.mark.parametrize(
    ("label", "family", "wanted"),
    [
        ("deadline", "in_notice", "deadline"),
        ("out_of_notice", "not_in_notice", "not-in-notice"),
        ("out_of_scope", "out_of_scope", "out-of-scope"),
        ("injection", "injection", "out-of-scope"),
        ("write_my_application", "refusal", "write-my-application"),
        ("greeting", "smalltalk", "greeting"),
    ],
)
def test_labels_of_evaluation_sets(tmp_path, known, label, family, wanted):
    (case,) = read_cases(written(tmp_path, {"id": "q", "lang": "en", "text": "?", "label": label, "also": ["out_of_notice"]}, name="x.jsonl"), known)
    assert (case.family, case.wanted, case.also, case.locale) == (family, (wanted,), ("not-in-notice",), "en")


@pytest.mark.parametrize(("verdict", "outcome"), [("meets", "meets"), ("fails", "fails"), ("boundary_21", "depends"), (None, None)])
def test_the_vacancy_and_the_verdict_become_a_notice_and_an_outcome(tmp_path, known, verdict, outcome):
    (case,) = read_cases(written(tmp_path, {"text": "?", "lang": "en", "label": "deadline", "vacancy": "OSG", "verdict": verdict}), known)
    assert (case.notice, case.outcome) == ("250697", outcome)


def test_turns_of_a_dialogue_follow_each_other(tmp_path, known):
    turns = [{"user": "hi", "lang": "en", "label": "greeting"}, {"user": "until when", "lang": "en", "label": "deadline", "vacancy": "any"}]
    cases = read_cases(written(tmp_path, {"id": "d-1", "lang": "en", "turns": turns}), known)
    assert [(case.id, case.dialogue, case.text, case.notice) for case in cases] == [("d-1.1", "d-1", "hi", None), ("d-1.2", "d-1", "until when", None)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        pytest.param("{", "line 2", id="no JSON"),
        pytest.param('["a"]', "line 2", id="no object"),
        pytest.param({"text": "?", "entry": "salary"}, "no entry «salary»", id="unknown entry"),
        pytest.param({"text": " ", "entry": "deadline"}, "text is empty", id="empty text"),
        pytest.param({"entry": "deadline"}, "has no 'text'", id="no text"),
        pytest.param({"text": "?"}, "has no 'entry'", id="no label"),
        pytest.param({"text": "?", "label": "deadline", "lang": "de"}, "language is 'de'", id="language not served"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path, known, line, why):
    with pytest.raises(BadCases, match=r"fr\.jsonl, line 2") as caught:
        read_cases(written(tmp_path, {"text": "?", "entry": "deadline"}, line), known)
    assert why in str(caught.value)


def test_a_language_that_nothing_tells_is_a_fault(tmp_path, known):
    with pytest.raises(BadCases, match="the language is None"):
        read_cases(written(tmp_path, {"text": "?", "entry": "deadline"}, name="questions.jsonl"), known)


def test_a_file_that_is_not_there_is_named(tmp_path, known):
    with pytest.raises(BadCases, match="absent"):
        read_cases([tmp_path / "absent.jsonl"], known)


def test_the_label_of_open_topics_fits_each_of_them_but_not_the_other_way_round():
    assert fits("not-in-notice", "not-in-notice/housing")
    assert not fits("not-in-notice/housing", "not-in-notice")
    assert not fits("deadline", "deadline-time-zone")


def test_known_families_follow_the_kinds(known: Known):
    assert known.family("not-in-notice/housing") == "not_in_notice"
