"""Documents that cannot lie: settings, commands and addresses they name are there, and those that are there are named."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def test_every_setting_has_its_row():
    for row in fields(Settings):
        assert f"`GUICHET_{row.name.upper()}`" in SETTINGS
        assert row.metadata["says"] in SETTINGS


@pytest.mark.parametrize("path", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path):
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("command", ["serve", "train", "ask", "replay", "check", "import", "export", "evaluate", "benchmark", "user", "webinar", "verify", "backup", "restore"])
def test_every_command_has_help_and_is_named_in_the_readme(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert "usage: guichet" in capsys.readouterr().out
    assert f"guichet {command}" in README


def test_wrong_usage_ends_with_two(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["ask"])
    assert ended.value.code == 2
