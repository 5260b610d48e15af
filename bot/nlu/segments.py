"""Where one question of a message ends and the next begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.language import Language

from bot.i18n.locale import Locale

MAX_SEGMENTS = 12  # a longer message is an essay; its last questions are read as one
MIN_CHARACTERS = 3

_QUESTION = {
    "en": r"what|when|where|which|who|whom|whose|why|how|is|are|am|was|were|do|does|did|can|could|may|might|must|shall|should|will|would|have|has|need|any|if|whether",
    "fr": r"qu'?est|est[- ]ce|quels?|quelles?|quand|où|ou|qui|que|quoi|comment|combien|pourquoi|lequel|laquelle|"
    r"peut|peux|puis|pourrai\w*|dois|doit|faut|y a|est|sont|avez|ai-je|aurai\w*|a quel\w*|à|de quoi|si|jusqu\w*|c'est|quid",
}
_JOINT = {
    "en": re.compile(r"\s*(?:,|;)?\s+(?:and also|and then|and|also|but|plus|or)\s+(?=\S+)", re.IGNORECASE),
    "fr": re.compile(r"\s*(?:,|;)?\s+(?:et aussi|et puis|et|aussi|mais|ainsi que|ou)\s+(?=\S+)", re.IGNORECASE),
}
_STOPS = re.compile(r"\s*[,;:]\s+")


@cache
def _sentencizer(locale: Locale) -> Language:
    nlp = spacy.blank(locale)
    nlp.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", ";"]})
    return nlp


def sentences(text: str, locale: Locale) -> list[str]:
    """Return the sentences of `text`, in order."""
    found = []
    for line in re.split(r"\n+", text):
        found += [sentence.text.strip() for sentence in _sentencizer(locale)(line).sents]
    return [sentence for sentence in found if re.search(r"\w|\?", sentence)]


@dataclass(frozen=True)
class Segment:
    """A part of a message that might ask one thing; `asks` tells that it has the form of a question."""

    text: str
    asks: bool


def segments(text: str, locale: Locale) -> list[Segment]:
    """Return the parts of `text` that might each ask one thing; one part means that nothing divides it.

    Whether a part does ask something of its own is for the ranking to say: it is better to divide too often here than too seldom.
    """
    parts: list[Segment] = []
    for sentence in sentences(text, locale):
        pieces = _without_scraps(_clauses(sentence, locale))
        parts += [Segment(piece, "?" in sentence or asks(piece, locale)) for piece in pieces]
    if len(parts) > MAX_SEGMENTS:
        rest = parts[MAX_SEGMENTS - 1 :]
        parts = [*parts[: MAX_SEGMENTS - 1], Segment(" ".join(part.text for part in rest), any(part.asks for part in rest))]
    return parts or [Segment(text, asks(text, locale))]


def asks(part: str, locale: Locale) -> bool:
    """Tell whether `part` has the form of a question."""
    return "?" in part or re.match(rf"\W*(?:{_QUESTION[locale]})\b", part, re.IGNORECASE) is not None


def _clauses(sentence: str, locale: Locale) -> list[str]:
    parts = [sentence]
    for divider in (_STOPS, _JOINT[locale]):
        parts = [piece for part in parts for piece in divider.split(part)]
    return parts


def _without_scraps(parts: list[str]) -> list[str]:
    """Join pieces of a word or less to the part before: «pls» and «svp» are no questions."""
    kept: list[str] = []
    for piece in parts:
        part = piece.strip(" ,;")
        if not part:
            continue
        if kept and len(re.sub(r"\W", "", part)) < MIN_CHARACTERS:
            kept[-1] = f"{kept[-1]} {part}"
        else:
            kept.append(part)
    return kept
