"""Training behind a release: the old model answers until the new one loads and passes; what fails is told and changes nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content import FAQ
from bot.content.document import read_folder
from bot.content.library import load_library
from bot.content.model import Library
from bot.content.release import with_changes
from bot.nlu.intents import intent_of
from bot.nlu.reading import Candidate
from bot.nlu.training import model_path
from bot.settings import Settings
from bot.web.assistant import AssistantDown
from bot.web.publishing import training
from bot.web.publishing.training import Trainer, sanity

TEXTS, _ = read_folder(FAQ)
HOURS = "entries/hours.yaml"
MAKE = "import sys, time, pathlib; time.sleep(float(sys.argv[2])); pathlib.Path(sys.argv[1]).write_text(sys.argv[3])"


def library(question: str) -> Library:
    return load_library(with_changes(TEXTS, {HOURS: TEXTS[HOURS].replace("How many hours a week do interns work?", question)}))


OLD, NEW, NEWER = library("How long is a week of work?"), library("How long is a working week?"), library("How many hours are in a week of work?")


class FakeAssistant:
    """Loads what is not called broken, and notes it."""

    def __init__(self) -> None:
        self.model: str | None = None
        self.loaded: list[str] = []

    @property
    def ready(self) -> bool:
        return self.model is not None

    def rank_now(self, text: str):
        return []

    def load(self, model: Path, check) -> None:
        if model.read_text() == "broken":
            raise ValueError("no archive")
        if model.read_text() == "foolish":
            raise AssistantDown(f"{model.name} is not served: it knows nothing")
        self.model = model.name.removesuffix(".tar.gz")
        self.loaded.append(self.model)


@pytest.fixture
def settings(tmp_path) -> Settings:
    return replace(Settings(), models=tmp_path, database=f"sqlite:///{tmp_path / 'x.db'}")


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


def commands(settings: Settings, *, seconds: float = 0.0, content: str = "fine", code: str | None = None) -> Callable:
    return lambda wish: [sys.executable, "-c", code or MAKE, str(model_path(settings.models, wish.library)), str(seconds), content]


@pytest.fixture
def make(assistant, settings) -> Iterator[Callable[..., Trainer]]:
    made = []

    def maker(**options) -> Trainer:
        made.append(Trainer(assistant, settings, commands(settings, **options)))
        return made[-1]

    yield maker
    for trainer in made:
        trainer.close()


def wait(until: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.01)


def name(settings: Settings, of: Library) -> str:
    return model_path(settings.models, of).name.removesuffix(".tar.gz")


def test_a_model_that_is_there_is_loaded_without_training(make, assistant, settings):
    model_path(settings.models, OLD).write_text("fine")
    trainer = make(code="raise SystemExit('nobody should train')")
    trainer.want(OLD)
    wait(lambda: assistant.model == name(settings, OLD))
    assert trainer.problem is None


def test_a_new_model_takes_over_when_it_is_made(make, assistant, settings):
    model_path(settings.models, OLD).write_text("fine")
    trainer = make()
    trainer.want(OLD)
    wait(lambda: assistant.model)
    trainer.want(NEW, 2)
    wait(lambda: assistant.model == name(settings, NEW))
    assert assistant.loaded == [name(settings, OLD), name(settings, NEW)]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        pytest.param({"code": "raise SystemExit(7)"}, "code 7", id="the training fails"),
        pytest.param({"code": "pass"}, "code 0", id="it makes no model"),
        pytest.param({"content": "broken"}, "ValueError", id="the model does not load"),
        pytest.param({"content": "foolish"}, "it knows nothing", id="the model does not pass its checks"),
        pytest.param({"code": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"}, "code -9", id="the training is killed"),
    ],
)
def test_a_training_that_fails_leaves_the_old_model_and_says_why(make, assistant, settings, options, why):
    model_path(settings.models, OLD).write_text("fine")
    trainer = make(**options)
    trainer.want(OLD)
    wait(lambda: assistant.model)
    trainer.want(NEW, 2)
    wait(lambda: trainer.problem)
    assert assistant.model == name(settings, OLD)
    assert why in trainer.problem.message
    trainer.want(OLD, 3)
    wait(lambda: trainer.problem is None)


def test_a_model_that_someone_trained_by_hand_after_a_failure_is_taken_up(make, assistant, settings, monkeypatch):
    monkeypatch.setattr(training, "LOOK_AGAIN", 0.05)
    trainer = make(code="raise SystemExit(7)")
    trainer.want(NEW, 2)
    wait(lambda: trainer.problem)
    model_path(settings.models, NEW).write_text("fine")
    wait(lambda: assistant.model == name(settings, NEW))
    wait(lambda: trainer.problem is None)


def test_a_newer_release_stops_a_training_that_no_longer_fits(make, assistant, settings):
    trainer = make(seconds=30.0)
    trainer.want(NEW, 2)
    wait(lambda: trainer.busy)
    model_path(settings.models, NEWER).write_text("fine")
    trainer.want(NEWER, 3)
    wait(lambda: assistant.model == name(settings, NEWER))
    assert not trainer.busy
    assert not model_path(settings.models, NEW).exists()


def test_a_release_of_words_only_lets_the_training_go_on(make, assistant, settings):
    trainer = make(seconds=0.5)
    trainer.want(NEW, 2)
    wait(lambda: trainer.busy)
    process = trainer._process
    trainer.want(load_library(with_changes(TEXTS, {HOURS: TEXTS[HOURS].replace("How many hours a week do interns work?", "How long is a working week?") + "# words\n"}), 3), 3)
    wait(lambda: assistant.model == name(settings, NEW))
    assert process.returncode == 0


def test_after_a_restart_in_mid_training_an_older_model_answers_meanwhile(make, assistant, settings):
    model_path(settings.models, OLD).write_text("fine")
    trainer = make(seconds=30.0)
    trainer.want(NEW, 2)
    wait(lambda: assistant.model == name(settings, OLD))
    wait(lambda: trainer.busy)


def test_closing_stops_a_training(make, settings):
    trainer = make(seconds=30.0)
    trainer.want(NEW, 2)
    wait(lambda: trainer.busy)
    process = trainer._process
    trainer.close()
    assert process.poll() is not None


def ranking(of: Library, wrong: frozenset[str] = frozenset()):
    known = {entry.question[locale]: intent_of(entry.id, entry.kind) for entry in of.entries.values() if entry.id not in wrong for locale in ("en", "fr")}
    return lambda text: [Candidate(known[text], 0.9)] if text in known else []


def test_a_model_must_know_the_entries_own_questions():
    assert sanity(ranking(OLD), OLD) == ""
    assert sanity(ranking(OLD, frozenset({"hours"})), OLD) == ""  # one that was only just written
    assert "not understood" in sanity(ranking(OLD, frozenset(OLD.entries)), OLD)
