"""Which messages of a live session ask nothing, and why: greetings, thanks, tests, remarks on the sound, scraps."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.i18n.locale import LOCALES, Locale
from bot.nlu.segments import asks
from bot.webinar.wording import bare, patterns

MIN_LETTERS = 2
SURE = 0.5  # the model's confidence in small talk from which on a message that does not ask is set aside
_TALK = {"smalltalk/greeting": "greeting", "smalltalk/thanks": "thanks", "smalltalk/goodbye": "goodbye", "smalltalk/abusive": "abuse", "smalltalk/feedback-complaint": "remark"}
_COURTESIES = frozenset({"greeting", "thanks", "goodbye"})
_LONGEST = 8  # words of a message that the patterns for whole messages may swallow
_MASH = re.compile(r"(?=[a-z]{4,}$)(?:[bcdfghjklmnpqrstvwxz]{4,}\w*|(?:asdf|qsdf|azer|qwer|zxcv|wxcv|hjkl)\w*|(\w)\1{3,})")


def noise_in(text: str) -> str | None:
    """Return why `text` asks nothing, by its wording alone; None where it may ask something."""
    plain = bare(text)
    if len(re.findall(r"[^\W\d_]", plain)) < MIN_LETTERS:
        return "noise"
    found = patterns()
    words = plain.split()
    if len(words) <= _LONGEST:
        for why, every in found.whole.items():
            if any(pattern.fullmatch(plain) for pattern in every) and (why not in _COURTESIES or not _may_ask(text)):
                return why
    if len(words) == 1 and _MASH.match(plain):
        return "noise"
    for why, every in found.anywhere.items():
        if any(pattern.search(plain) for pattern in every):
            return why
    return None


def _may_ask(text: str) -> bool:
    """Tell whether there may be a question behind a courtesy: its mark, or the words of one after the first."""
    return "?" in text or any(asks(piece, locale) for locale in LOCALES for piece in re.split(r"[,.!:;\n]\s*", text)[1:] if piece)


def talk_in(text: str, likely: Mapping[str, float], locale: Locale) -> str | None:
    """Return why `text` asks nothing, by what the model makes of it; a question is never set aside for its small talk."""
    if asks(text, locale):
        return None
    talk = {intent: confidence for intent, confidence in likely.items() if intent in _TALK}
    if sum(talk.values()) < SURE:
        return None
    return _TALK[max(talk, key=lambda intent: talk[intent])]
