"""Tunes the sentence encoder on the applicants' sentences. Seldom done: the heads above it learn anew with every change of content, in minutes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from bot.nlu.e5.corrections import Corrections
from bot.nlu.e5.engine import Engine, weights_path
from bot.nlu.e5.tuning import DEPTH, LONGEST, Plan, tune
from bot.nlu.e5.weights import read_weights
from bot.nlu.encoder import capped
from bot.nlu.normalise import canonical
from bot.nlu.utterances import Utterance


def tune_encoder(utterances: Sequence[Utterance], *, plan: Plan | None = None, seed: int = 1, say: Callable[[str], None]) -> Corrections:
    """Return corrections under which sentences of one intent lie near one another, learnt from `utterances`."""
    lower = Engine.open(depth=DEPTH)
    say(f"reading {len(utterances)} sentences with the layers that stay as they are")
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # the runtime lets go of Python while it computes
        states = list(threads.map(lambda one: lower.states(capped(canonical(one.text)))[:LONGEST].astype(np.float16), utterances, chunksize=64))
    intents = sorted({one.intent for one in utterances})
    labels = np.searchsorted(intents, [one.intent for one in utterances]).astype(np.int64)
    return tune(read_weights(weights_path()), states, labels, plan=plan or Plan(), seed=seed, say=say)
