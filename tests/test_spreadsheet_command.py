"""``guichet export spreadsheet`` and ``guichet import spreadsheet``: out, in, told, and drafts only when confirmed."""

from __future__ import annotations

import json
import shutil

import pytest

from bot.cli import _parser
from bot.content import FAQ
from bot.content.library import LIVE
from bot.records.database import Database
from bot.settings import Settings
from bot.web.assistant import real_time
from bot.web.publishing.desk import Desk


def main(arguments: list[str]) -> int:
    """Run a command without silencing Rasa a second time."""
    options = _parser().parse_args(arguments)
    return int(options.run(options, Settings.from_environment()))


@pytest.fixture
def desk(tmp_path, monkeypatch):
    before = LIVE.library
    monkeypatch.setenv("GUICHET_DATABASE", f"sqlite:///{tmp_path / 'guichet.db'}")
    monkeypatch.setenv("GUICHET_CONTENT", str(shutil.copytree(FAQ, tmp_path / "faq")))
    database = Database(f"sqlite:///{tmp_path / 'guichet.db'}")
    yield Desk(database, real_time)
    database.close()
    LIVE.swap(before)


@pytest.mark.parametrize("name", ["entries.xlsx", "entries.csv"])
def test_out_and_in_again_changes_nothing(desk, tmp_path, capsys, name):
    assert main(["export", "spreadsheet", str(tmp_path / name), "--language", "fr"]) == 0
    capsys.readouterr()
    assert main(["import", "spreadsheet", str(tmp_path / name), "--json", "--confirm"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []
    assert desk.draft("entries/stipend.yaml") is None


def test_a_change_is_told_and_kept_only_when_confirmed(desk, tmp_path, capsys):
    table = tmp_path / "table.csv"
    table.write_text("id;Zieltext\nstipend;Les stagiaires touchent {stipend}.\n", encoding="cp1252")
    asked = ["import", "spreadsheet", str(table), "--map", "answer-fr=Zieltext"]
    assert main(asked) == 0
    assert "would change" in capsys.readouterr().out
    assert desk.draft("entries/stipend.yaml") is None
    assert main([*asked, "--confirm"]) == 0
    assert "touchent" in desk.draft("entries/stipend.yaml").text


@pytest.mark.parametrize(
    ("text", "options", "code", "says"),
    [
        ("id,answer-fr\nstipend,{nothing}\n", [], 1, "There is no fact “nothing”"),
        ("what,ever\n1,2\n", [], 2, "No row names the columns"),
        ("id,answer-fr\n", ["--map", "price=x"], 2, "write COLUMN=HEADER"),
    ],
)
def test_what_is_wrong_is_said_with_an_exit_code(desk, tmp_path, capsys, text, options, code, says):
    table = tmp_path / "table.csv"
    table.write_text(text, encoding="utf-8")
    assert main(["import", "spreadsheet", str(table), *options]) == code
    assert says in capsys.readouterr().out
