"""``guichet serve``, ``guichet train`` and ``guichet tune``."""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import socket
import sys

from bot.commands.clock import add_now
from bot.commands.model import content_in_service, library_of_release, trained
from bot.commands.outcome import FINE, Commands
from bot.nlu.utterances import read_utterances
from bot.settings import BadSetting, Settings

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG: a worker whose supervisor is killed drains and goes, else the port would stay taken

BACKGROUND = 10  # niceness of a training beside a server


def add(commands: Commands) -> None:
    """Add these commands."""
    one = commands.add_parser("serve", help="serve the API, the widget and the pages")
    one.add_argument("--host")
    one.add_argument("--port", type=int)
    one.add_argument("--workers", type=int, help="processes that answer; with PostgreSQL and Redis on several machines as well")
    one.add_argument("--inherit", nargs=3, help=argparse.SUPPRESS)  # a worker's: the listening socket, the pipe to tell, whose place it takes
    add_now(one)
    one.set_defaults(run=_serve)
    one = commands.add_parser("train", help="train the model, if anything it is trained on has changed")
    one.add_argument("--release", type=int, help="number of the release to train for; otherwise what is in service")
    one.add_argument("--background", action="store_true", help="at low priority, beside a server that answers")
    one.set_defaults(run=_train)
    one = commands.add_parser("tune", help="tune the sentence encoder on data/nlu and write bot/nlu/e5/corrections.npz; takes some twenty minutes of two cores")
    one.set_defaults(run=_tune)


def _train(options: argparse.Namespace, settings: Settings) -> int:
    if options.background:
        os.nice(BACKGROUND)
    trained(settings, library_of_release(settings, options.release) if options.release else content_in_service(settings))
    return FINE


def _tune(options: argparse.Namespace, settings: Settings) -> int:
    import tensorflow as tf

    from bot.nlu.tuning import tune_encoder

    tf.config.threading.set_intra_op_parallelism_threads(os.cpu_count())  # nothing else runs in this process
    tune_encoder(list(read_utterances()), say=lambda line: print(line, flush=True)).save()
    return FINE


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    if settings.workers < 1:
        raise BadSetting("workers: at least one process must answer")
    if settings.workers > 1 and not options.inherit:
        from bot.web.workers import supervise

        supervise(settings, sys.argv[1:])
        return FINE
    from bot.web.server import Inherited, serve

    inherited = None
    if options.inherit:
        listening, telling, place = options.inherit
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
        inherited = Inherited(socket.socket(fileno=int(listening)), lambda: _tell(int(telling)), first=place == "first")
    serve(settings, inherited)
    return FINE


def _tell(pipe: int) -> None:
    os.write(pipe, b"1")
    os.close(pipe)
