"""Nothing leaves the machine: training and answering with every outside connection forbidden."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

GUARDED = """
import sys

def is_here(address):
    return not isinstance(address, tuple) or address[0] in ("127.0.0.1", "::1", "localhost", "")

def guard(event, arguments):
    if event == "socket.connect" and not is_here(arguments[1]) or event == "socket.getaddrinfo" and arguments[0] not in (None, "", "localhost", "127.0.0.1", "::1"):
        print("TRIED", event, arguments, flush=True)
        raise PermissionError(event)

sys.addaudithook(guard)
{body}
"""
TRAIN_AND_ANSWER = """
from bot.silence import silence
silence()
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from bot.content.library import load_library
from bot.nlu import importer
from bot.nlu.components import ranker
from bot.nlu.training import train
from bot.settings import Settings
from bot.web.assistant import Assistant, Question, clock_of

few = list(importer.read_utterances())[::150]
importer.read_utterances = lambda: iter(few)
importer.questions = lambda: []
several = ranker.read_several()[::20]
ranker.read_several = lambda: several
library = load_library()
model = train(Path(sys.argv[1]), library, say=print)
assistant = Assistant(library, Settings(), clock_of(Settings()))
assistant.load(model)
reply = assistant.ask_now(Question("When is the deadline?"))
assert reply["reply"]["blocks"], reply
import sentry_sdk
assert sentry_sdk.Hub.current.client is None
assert not hasattr(sys.modules["rasa.telemetry"], "__file__")
assistant.close()
print("ANSWERED")
"""


def guarded(body: str, *arguments: str) -> str:
    """Run `body` with a hook that sees every connection Python tries, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", GUARDED.replace("{body}", body), *arguments], capture_output=True, text=True, timeout=600, check=False, cwd=Path(__file__).parents[1]
    )
    return done.stdout + done.stderr


def test_the_guard_sees_a_connection():
    assert "TRIED" in guarded("import socket\nsocket.create_connection(('192.0.2.1', 80), 1)")


def test_training_and_answering_try_no_connection(tmp_path):
    printed = guarded(TRAIN_AND_ANSWER, str(tmp_path))
    assert "ANSWERED" in printed, printed[-3000:]
    assert "TRIED" not in printed, printed
