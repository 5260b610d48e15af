"""``guichet webinar group FILE``: the contract's document, words for people, errors for what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands import webinar
from tests.webinar.small_model import SmallModel

TABLE = "Question,Asker Name\nIs it paid?,Ada Example\nQuelle est la date limite ? Le stage est-il rémunéré ?,\nhello all,\nIs there parking?,Ben Sample\n"


@pytest.fixture(autouse=True)
def small_model(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.cli.silence", lambda: None)  # it refuses to come after Rasa, which other tests have imported
    monkeypatch.setattr(webinar, "trained", lambda *_: Path("small"))
    monkeypatch.setattr("bot.webinar.understanding.read_model", lambda _: SmallModel())


def test_the_document_is_the_contracts(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "questions.csv"
    file.write_text(TABLE, encoding="utf-8")
    assert main(["webinar", "group", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(group["rows"], group["entry"], group["languages"]) for group in found["groups"]] == [([1, 2], "stipend", ["en", "fr"]), ([2], "deadline", ["fr"]), ([4], None, ["en"])]
    assert found["set_aside"] == [{"row": 3, "why": "greeting"}]
    assert all(isinstance(group["confidence"], float) and isinstance(group["head"], str) for group in found["groups"])


def test_words_are_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "questions.csv"
    file.write_text(TABLE, encoding="utf-16")
    assert main(["webinar", "group", str(file)]) == 0
    said = capsys.readouterr().out
    assert "stipend" in said
    assert "set aside, greeting: 3" in said
    assert "Ada" not in said


def test_columns_are_named_where_headers_do_not_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "questions.csv"
    file.write_text("x;Is it paid?\ny;Where?", encoding="utf-8")
    assert main(["webinar", "group", str(file), "--json", "--column", "question=2"]) == 0
    assert [group["rows"] for group in json.loads(capsys.readouterr().out)["groups"]] == [[1], [2]]


@pytest.mark.parametrize("content", [b"", b"a,b\n"])
def test_a_file_without_questions_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes):
    file = tmp_path / "questions.csv"
    file.write_bytes(content)
    arguments = ["webinar", "group", str(file), "--json", *(["--column", "question=c"] if content else [])]
    assert main(arguments) == 2
    assert "no questions" in capsys.readouterr().err


def test_a_file_that_is_not_there_ends_with_two(tmp_path: Path):
    assert main(["webinar", "group", str(tmp_path / "nothing.csv")]) == 2
