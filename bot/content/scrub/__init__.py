"""Takes people out of a text before it is kept: how one is reached, who one is, where one lives, when one was born."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.content.lexicon import plain
from bot.content.scrub.births import births
from bot.content.scrub.contacts import contacts
from bot.content.scrub.found import KINDS, Found, Kind, covered
from bot.content.scrub.names import names as names_said
from bot.content.scrub.numbers import numbers
from bot.content.scrub.places import places
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale

__all__ = ["GONE", "KINDS", "Kind", "Scrubbed", "scrub", "without_people"]
GONE = "[…]"
MOST = 20_000  # characters: what is longer is cut, never let through unread
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00]")
_PHRASES = {
    "email": "gone-email",
    "phone": "gone-phone",
    "identity": "gone-identity",
    "account": "gone-account",
    "name": "gone-name",
    "address": "gone-address",
    "birth": "gone-birth",
    "link": "gone-link",
}


@dataclass(frozen=True)
class Scrubbed:
    """A text fit to be kept, and the kinds of what was taken out of it, in the order of `KINDS`."""

    text: str
    kinds: tuple[Kind, ...] = ()


def scrub(text: str, locale: Locale, *, names: Iterable[str] = ()) -> Scrubbed:
    """Return `text` with a word of `locale` where something personal stood; `names` are people known to be meant. Scrubbing twice changes nothing."""
    text, found = _read(text, names)
    words = {kind: phrase(_PHRASES[kind], locale) for kind in KINDS}
    for one in reversed(found):
        text = text[: one.start] + words[one.kind] + text[one.end :]
    return Scrubbed(text, tuple(kind for kind in KINDS if any(one.kind == kind for one in found)))


def without_people(text: str, names: Iterable[str] = ()) -> str:
    """Return `text` with one mark, the same in both languages, where something personal stood: for what has no known language yet."""
    text, found = _read(text, names)
    for one in reversed(found):
        text = text[: one.start] + GONE + text[one.end :]
    return re.sub(rf"(?:{re.escape(GONE)}[\s,]*){{2,}}", f"{GONE} ", text).strip()


def _read(text: str, names: Iterable[str]) -> tuple[str, list[Found]]:
    """Return `text` without characters that are not seen, and what was found in it, in order, nothing twice."""
    text = _UNSEEN.sub("", text[:MOST])
    left = plain(_undisguised(text))
    every: list[Found] = []
    for finder in (contacts, births, places, numbers, lambda words: _known(words, names), names_said):
        found = list(finder(left))
        every += found
        left = covered(left, found)
    return text, sorted(every)


def _undisguised(text: str) -> str:
    """Return `text` with wide and mathematical letters and figures made plain ones; every character keeps its place."""
    if text.isascii():
        return text
    forms = ((character, unicodedata.normalize("NFKC", character)) for character in text)
    return "".join(form if len(form) == 1 and form.isalnum() else character for character, form in forms)


def _known(text: str, names: Iterable[str]) -> Iterable[Found]:
    pattern = _any_of(frozenset(_parts(names)))
    if pattern:
        for match in pattern.finditer(text):
            yield Found(match.start(), match.end(), "name")


def _parts(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        words = re.findall(r"[\w'’-]+", plain(name))
        if len(words) >= 2:
            yield r"\s+".join(re.escape(word) for word in words)


@cache
def _any_of(names: frozenset[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(names, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
