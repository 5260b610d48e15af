"""Files of the content: what cannot be read says where and why, and nothing in a file can run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.document import Document, parse_document
from bot.content.problem import Problem
from bot.content.reader import Reader


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: [1", id="unfinished"),
        pytest.param("a: 1\na: 2", id="a key twice"),
        pytest.param("!!python/object/apply:os.system ['true']", id="a tag that would run"),
        pytest.param("a: !secret x", id="unknown tag"),
        pytest.param("- only\n- a list", id="no mapping"),
        pytest.param("", id="nothing"),
        pytest.param("a: \x00", id="a NUL"),
    ],
)
def test_a_bad_file_is_a_problem_not_an_exception(text):
    assert isinstance(parse_document(text, file="x.yaml"), Problem)


@given(st.text())
def test_no_text_breaks_the_reader(text):
    assert isinstance(parse_document(text, file="x.yaml"), Document | Problem)


def test_lines_lead_to_the_value():
    document = parse_document("id: x\nquestion:\n  en: a\n  fr: b\n", file="x.yaml")
    assert isinstance(document, Document)
    assert document.line("question", "fr") == 4
    assert document.line("question", "nowhere") == 2


def test_every_fault_is_reported_at_once(tmp_path):
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "one.yaml").write_text("id: one\ntopic: nowhere\nquestion: {en: a}\nanswers:\n  - {en: a, fr: b, when: sometimes}\nspare: 1\n")
    (tmp_path / "entries" / "two.yaml").write_text("id: other\n")
    reader = Reader(tmp_path)
    reader.library()
    assert {problem.rule for problem in reader.problems} == {"topic", "missing-words", "condition", "unknown-key", "id"}
    assert all(problem.line and problem.mend for problem in reader.problems)
