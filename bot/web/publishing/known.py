"""The phrasings that understanding is trained on, to hold an editor's own against."""

from __future__ import annotations

from functools import cache

from bot.content.check import Phrasing
from bot.nlu.intents import entry_of
from bot.nlu.utterances import read_utterances


@cache
def known_phrasings() -> tuple[Phrasing, ...]:
    """Return every utterance of data/nlu; it changes with the code only."""
    return tuple(Phrasing(entry_of(one.intent), one.locale, one.text, one.file, one.line) for one in read_utterances())
