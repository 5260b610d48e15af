"""Training behind a release: in a process of its own, at low priority, while the old model answers."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.model import Library
from bot.content.problem import Problem
from bot.i18n.locale import LOCALES
from bot.nlu.intents import entry_of
from bot.nlu.training import model_path
from bot.settings import Settings
from bot.web.assistant import Assistant, AssistantDown, Ranking
from bot.web.publishing.probes import Probe

log = logging.getLogger(__name__)
LOOK_AGAIN = 5.0  # seconds between two looks, after a failure, for a model that someone trained by hand
LOOK_EVERY = 0.2  # seconds between two looks at a training process
SANE = 0.9  # share of the entries' own questions that a model must know
ASKED = 60  # of them, spread evenly: about a second
GOLDEN_ASKED = 200  # of the golden questions: a few seconds
MODEL_MARGIN = 3  # percentage points: each training tips a question or two of so few either way


@dataclass(frozen=True)
class Wish:
    """The release that a model is wanted for; without a number, the files."""

    library: Library
    number: int | None = None


Command = Callable[[Wish], Sequence[str]]


def train_command(wish: Wish) -> Sequence[str]:
    """Return the command that trains the model for `wish`."""
    release = ["--release", str(wish.number)] if wish.number is not None else []
    return [sys.executable, "-m", "bot", "train", "--background", *release]


class Trainer:
    """Sees to it that the assistant has the model that fits what is live; a newer wish takes the place of an older one."""

    def __init__(self, assistant: Assistant, settings: Settings, command: Command = train_command, golden: Callable[[], Sequence[Probe]] = tuple) -> None:
        self.assistant, self.settings, self.command, self.golden = assistant, settings, command, golden
        self.problem: Problem | None = None
        self._wish: Wish | None = None
        self._last: Wish | None = None
        self._failed_on: float | None = None  # when the model that failed was made
        self._news, self._closing = threading.Condition(), False
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._work, name="training", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Tell whether a model is being made."""
        return self._process is not None

    def want(self, library: Library, number: int | None = None) -> None:
        """Ask for the model that fits `library`; returns at once."""
        with self._news:
            self._wish = Wish(library, number)
            self._news.notify()

    def close(self) -> None:
        """Stop, and stop a training that is under way; nothing half-made is left where models are looked for."""
        with self._news:
            self._closing = True
            self._news.notify()
        self._thread.join(timeout=10)

    def _work(self) -> None:
        while wish := self._next():
            try:
                self.problem = self._fulfil(wish)
            except Exception as error:  # the thread must outlive whatever Rasa raises
                log.exception("the model could not be exchanged")
                self.problem = _failed(type(error).__name__)

    def _next(self) -> Wish | None:
        with self._news:
            while not self._news.wait_for(lambda: self._closing or self._wish is not None, LOOK_AGAIN if self.problem else None):
                if self._last and self._stamp(self._last) not in {None, self._failed_on}:
                    return self._last
            wish, self._wish = self._wish, None
            return None if self._closing else wish

    def _stamp(self, wish: Wish) -> float | None:
        path = model_path(self.settings.models, wish.library)
        return path.stat().st_mtime if path.exists() else None

    def _fulfil(self, wish: Wish) -> Problem | None:
        try:
            return self._tried(wish)
        finally:
            self._last, self._failed_on = wish, self._stamp(wish)

    def _tried(self, wish: Wish) -> Problem | None:
        path = model_path(self.settings.models, wish.library)
        if self.assistant.model == path.name.removesuffix(".tar.gz"):
            return None
        if path.exists() and self._load(path, wish.library) is None:
            return None
        if not self.assistant.ready:
            self._load_another(path, wish.library)
        code = self._train(wish)
        if code is None:  # a newer wish came, or the end
            return self.problem
        if code or not path.exists():
            return _failed(f"training ended with code {code}")
        return self._load(path, wish.library, against=self.assistant.rank_now if self.assistant.ready else None)

    def _load_another(self, wanted: Path, library: Library) -> None:
        """Answer with the newest model that passes, until the one that fits is there."""
        others = sorted((path for path in self.settings.models.glob("guichet-*.tar.gz") if path != wanted), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in others:
            if self._load(path, library) is None:
                return

    def _load(self, path: Path, library: Library, against: Ranking | None = None) -> Problem | None:
        def wrong(ranking: Ranking) -> str:
            return sanity(ranking, library) or (falls_behind(ranking, against, self.golden()) if against else "")

        try:
            self.assistant.load(path, wrong)
        except AssistantDown as error:
            return _failed(str(error))
        except Exception as error:  # noqa: BLE001 -- a damaged archive raises whatever tar, JSON or Rasa think of it
            return _failed(f"{path.name}: {type(error).__name__}")
        log.info("model=%s", self.assistant.model)
        return None

    def _train(self, wish: Wish) -> int | None:
        """Return the exit code of the training process; None if it was stopped for a newer wish."""
        self._process = subprocess.Popen(self.command(wish), env=_environment(self.settings), stdin=subprocess.DEVNULL)  # noqa: S603 -- our own command
        try:
            while self._process.poll() is None:
                with self._news:
                    self._news.wait(LOOK_EVERY)
                    newer = self._wish is not None and not self._fits(wish, self._wish)
                    if self._closing or newer:
                        return None
            return self._process.returncode
        finally:
            self._stop()

    def _fits(self, wish: Wish, other: Wish) -> bool:
        return model_path(self.settings.models, wish.library) == model_path(self.settings.models, other.library)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process and process.poll() is None:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def sanity(ranking: Ranking, library: Library, asked: int = ASKED) -> str:
    """Say what is wrong with how a model ranks: it must know nearly all of the entries' own questions. Nothing wrong, no words."""
    questions = [(entry.id, entry.question[locale]) for entry in library.entries.values() if entry.kind == "answer" for locale in LOCALES]
    chosen = questions[:: max(1, len(questions) // asked)]
    wrong = [entry for entry, text in chosen if not (found := ranking(text)) or entry_of(found[0].intent) != entry]
    if len(wrong) <= (1 - SANE) * len(chosen):
        return ""
    return f"{len(wrong)} of {len(chosen)} questions of the entries themselves are not understood ({', '.join(sorted(set(wrong))[:5])})"


def falls_behind(new: Ranking, old: Ranking, golden: Sequence[Probe], *, margin: int = MODEL_MARGIN, asked: int = GOLDEN_ASKED) -> str:
    """Say by how much a model falls behind the one before on golden questions, where it is more than `margin` percentage points."""
    single = [probe for probe in golden if len(probe.wanted) == 1]
    chosen = single[:: max(1, len(single) // asked)]
    rights = [sum(probe.right([entry_of(candidate.intent) for candidate in ranking(probe.text)[:1]]) for probe in chosen) for ranking in (old, new)]
    if not chosen or 100 * (rights[0] - rights[1]) <= margin * len(chosen):
        return ""
    return f"{rights[1]} of {len(chosen)} golden questions are ranked rightly, {rights[0]} by the model before"


def _environment(settings: Settings) -> Mapping[str, str]:
    return {**os.environ, "GUICHET_DATABASE": settings.database, "GUICHET_MODELS": str(settings.models), "GUICHET_CONTENT": str(settings.content)}


def _failed(why: str) -> Problem:
    return Problem(
        "",
        1,
        "training",
        f"The new model is not in service: {why}.",
        "New entries and phrasings are not understood yet; the old model answers. Publish again, or run «guichet train».",
    )
