"""Where one question of a message ends and the next begins."""

from __future__ import annotations

import re
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
# «and» joins two questions only when a question word follows it: «English and French» stays whole.
_JOINT = {
    "en": re.compile(rf"\s*(?:,|;)?\s+(?:and also|and|also|but|plus|or)\s+(?=(?:if so,? |if not,? |then )?(?:{_QUESTION['en']})\b)", re.IGNORECASE),
    "fr": re.compile(rf"\s*(?:,|;)?\s+(?:et aussi|et puis|et|aussi|mais|ainsi que|ou)\s+(?=(?:si oui,? |sinon,? )?(?:{_QUESTION['fr']})\b)", re.IGNORECASE),
}
_COMMA = {locale: re.compile(rf"\s*[,;]\s+(?=(?:{words})\b)", re.IGNORECASE) for locale, words in _QUESTION.items()}


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


def segments(text: str, locale: Locale) -> list[str]:
    """Return the parts of `text` that might each ask one thing; one part means that nothing divides it."""
    parts: list[str] = []
    for sentence in sentences(text, locale):
        parts += _clauses(sentence, locale)
    merged = _without_scraps(parts)
    if len(merged) > MAX_SEGMENTS:
        merged = [*merged[: MAX_SEGMENTS - 1], " ".join(merged[MAX_SEGMENTS - 1 :])]
    return merged or [text]


def asks(part: str, locale: Locale) -> bool:
    """Tell whether `part` has the form of a question."""
    return "?" in part or re.match(rf"\W*(?:{_QUESTION[locale]})\b", part, re.IGNORECASE) is not None


def _clauses(sentence: str, locale: Locale) -> list[str]:
    parts = [sentence]
    for divider in (_JOINT[locale], _COMMA[locale]):
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
