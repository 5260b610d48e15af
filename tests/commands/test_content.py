"""The content by files and the command line: out, in, and which content the other commands speak from."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands.model import content_in_service, library_of_release, library_of_version, trained
from bot.content import FAQ
from bot.content.library import LIVE, load_library, pinned
from bot.content.release import with_changes
from bot.nlu import training
from bot.nlu.importer import questions
from bot.nlu.training import model_path
from bot.settings import BadSetting, Settings

HOURS = "entries/hours.yaml"


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Settings:
    root = Path(shutil.copytree(FAQ, tmp_path / "faq"))
    given = {"database": f"sqlite:///{tmp_path / 'var' / 'guichet.db'}", "content": str(root), "models": str(tmp_path / "models")}
    for name, value in given.items():
        monkeypatch.setenv(f"GUICHET_{name.upper()}", value)
    monkeypatch.setattr(LIVE, "_library", None)
    monkeypatch.setattr("bot.cli.silence", lambda: None)  # once a process, before Rasa is imported: conftest did it
    return Settings.from_environment()


def reword(settings: Settings) -> None:
    path = settings.content / HOURS
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace("no daily timetable", "no timetable for the day").replace("d’horaire pour la journée", "d’horaire journalier"), encoding="utf-8")


def test_files_go_in_as_releases_and_come_out_as_they_were(settings, tmp_path, capsys):
    assert main(["import", "content"]) == 0
    reword(settings)
    assert main(["import", "content"]) == 0
    assert "live: release 2" in capsys.readouterr().out
    (tmp_path / "out" / "entries").mkdir(parents=True)
    (tmp_path / "out" / "entries" / "gone.yaml").write_text("id: gone\n")
    assert main(["export", "content", str(tmp_path / "out")]) == 0
    for path in settings.content.rglob("*.yaml"):
        assert (tmp_path / "out" / path.relative_to(settings.content)).read_bytes() == path.read_bytes()
    assert not (tmp_path / "out" / "entries" / "gone.yaml").exists()


def test_files_with_a_fault_do_not_go_in(settings, capsys):
    assert main(["import", "content"]) == 0
    (settings.content / HOURS).write_text("id: [")
    assert main(["import", "content"]) == 1
    said = capsys.readouterr().out
    assert f"{HOURS}:" in said
    assert "live: release 1" in said


def test_before_the_first_release_there_is_nothing_to_write(settings, tmp_path):
    assert main(["export", "content", str(tmp_path / "out")]) == 2


def test_the_other_commands_speak_from_the_files_until_something_was_kept(settings, tmp_path):
    assert content_in_service(settings) == load_library(settings.content)
    assert not (tmp_path / "var").exists()
    assert main(["import", "content"]) == 0
    assert content_in_service(settings).version.startswith("1-")
    assert library_of_release(settings, 1).version == content_in_service(settings).version
    with pytest.raises(BadSetting):
        library_of_release(settings, 2)


def test_a_version_leads_to_its_words(settings):
    by_files = load_library(settings.content)
    assert library_of_version(settings)(by_files.version) == by_files
    assert main(["import", "content"]) == 0
    first = content_in_service(settings)
    reword(settings)
    assert main(["import", "content"]) == 0
    find = library_of_version(settings)
    assert find(first.version) == first
    assert find(by_files.version).entries == by_files.entries, "what files said before the first release is release 1"
    assert find(content_in_service(settings).version).entries != first.entries
    assert find("1-000000000000") is None
    assert find("000000000000") is None


def test_what_is_half_made_never_stands_among_the_models(settings, monkeypatch):
    library = load_library(settings.content)

    def dies(folder, wanted, *, say):
        model_path(folder, wanted).write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "train", dies)
    with pytest.raises(KeyboardInterrupt):
        trained(settings, library)
    assert list(settings.models.glob("*.tar.gz")) == []
    assert list(settings.models.glob(".training-*")) == []


def test_models_no_longer_wanted_are_taken_away(settings, monkeypatch):
    monkeypatch.setattr(training, "train", lambda folder, wanted, *, say: model_path(folder, wanted).write_text("made") and model_path(folder, wanted))
    settings.models.mkdir()
    for number in range(3):
        (settings.models / f"guichet-{number}.tar.gz").write_text("old")
    made = trained(settings, load_library(settings.content))
    assert made.read_text() == "made"
    assert len(list(settings.models.glob("*.tar.gz"))) == training.KEPT
    assert trained(settings, load_library(settings.content)) == made


def test_what_is_trained_on_is_the_release(settings):
    texts = {path.relative_to(settings.content).as_posix(): path.read_text(encoding="utf-8") for path in settings.content.rglob("*.yaml")}
    text = texts[HOURS].replace("How many hours a week do interns work?", "How long is a working week?")
    with pinned(load_library(with_changes(texts, {HOURS: text}), 7)):
        assert "How long is a working week?" in {utterance.text for utterance in questions()}


def test_the_settings_reach_a_training_beside_the_server(settings):
    from bot.web.publishing.training import _environment

    assert Settings.from_environment(_environment(replace(settings, port=1))) == settings
