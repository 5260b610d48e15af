"""What a message names only to set it aside: «not the pay, the hours», «the dates are clear to me, but …». Pure."""

from __future__ import annotations

import re
from functools import cache

from bot.nlu.lexicon import lexicon
from bot.nlu.normalise import fold


def sets_aside(text: str) -> bool:
    """Tell whether `text` has words by which something is named as not asked."""
    return _cue(lexicon().aside).search(fold(text)) is not None


def tells_known(text: str) -> bool:
    """Tell whether `text` has words by which something is said to be known already."""
    return _cue(lexicon().known).search(fold(text)) is not None


@cache
def _cue(phrases: frozenset[str]) -> re.Pattern[str]:
    first = [re.escape(phrase.removeprefix("^")) for phrase in sorted(phrases) if phrase.startswith("^")]
    anywhere = [re.escape(phrase) for phrase in sorted(phrases) if not phrase.startswith("^")]
    return re.compile(rf"(?:^\W*(?:{'|'.join(first) or '(?!)'})|(?<!\w)(?<!do )(?:{'|'.join(anywhere)}))(?!\w)")
