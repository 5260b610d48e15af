"""Where one question of a message may end and the next begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot.i18n.locale import Locale
from bot.nlu.document import read_by

if TYPE_CHECKING:
    from spacy.language import Language

MAX_LEAVES = 12  # a longer message is an essay; its last questions are read as one
MIN_CHARACTERS = 3
FEWEST_ITEMS = 2  # of a numbered list

_QUESTION = {
    "en": r"what|when|where|which|who|whom|whose|why|how|is|are|am|was|were|do|does|did|can|could|may|might|must|shall|should|will|would|have|has|need|any|if|whether",
    "fr": r"qu'?est|est[- ]ce|quels?|quelles?|quand|où|ou|qui|que|quoi|comment|combien|pourquoi|lequel|laquelle|"
    r"peut|peux|puis|pourrai\w*|dois|doit|faut|y a|est|sont|avez|ai-je|aurai\w*|a quel\w*|à|de quoi|si|jusqu\w*|c'est|quid",
}
_JOINT = {
    "en": re.compile(r"(?:\s*+[,;])?\s++(?:and also|and then|and|n|nd|also|but|plus|or)\s++(?=\S)", re.IGNORECASE),
    "fr": re.compile(r"(?:\s*+[,;])?\s++(?:et aussi|et puis|et|aussi|mais|ainsi que|ou)\s++(?=\S)", re.IGNORECASE),
}
_NUMBER = re.compile(r"(?:(?<=\s)|^)\(?(\d)\s?([.)°:/-]*+)\s++(?=\S)")
_STOPS = re.compile(r"\s*+[,;:]\s++|\s++[+/&]\s++")


@cache
def _sentencizer(locale: Locale) -> Language:
    import spacy  # 0.4 s to import: only where a message is read

    nlp = spacy.blank(locale)
    nlp.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", ";"]})
    return nlp


def sentences(text: str, locale: Locale) -> list[str]:
    """Return the sentences of `text`, in order."""
    found = []
    for line in re.split(r"\n+", _by_item(text)):
        with read_by(_sentencizer(locale), line) as doc:
            found += [sentence.text.strip() for sentence in doc.sents]
    return [sentence for sentence in found if re.search(r"\w|\?", sentence)]


def _by_item(text: str) -> str:
    """Return `text` with each item of a numbered list on a line of its own: «1) letter? 2) interview?»; numbers alone are a list where it begins with them."""
    marks: list[re.Match[str]] = []
    for mark in _NUMBER.finditer(text):
        if int(mark[1]) == len(marks) + 1 and (mark[2] or _NUMBER.match(text)):
            marks.append(mark)
    if len(marks) < FEWEST_ITEMS:
        return text
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return "\n".join([text[: marks[0].start()], *(text[mark.end() : end] for mark, end in zip(marks, ends, strict=True))])


@dataclass(frozen=True)
class Segment:
    """A message or a part of it; `asks` tells that it has the form of a question, `within` is the place of what it is a part of."""

    text: str
    asks: bool
    within: int | None = None


def segments(text: str, locale: Locale) -> list[Segment]:
    """Return the message, its sentences where there are several, and their clauses where one has several.

    Whether a part asks something of its own is for `bot.nlu.division` to say: it is better to divide too often here than too seldom.
    """
    found = [Segment(text, asks(text, locale))]
    told = sentences(text, locale)
    leaves = 0
    for number, sentence in enumerate(told):
        if leaves >= MAX_LEAVES - 1 and number < len(told) - 1:
            rest = " ".join(told[number:])
            found.append(Segment(rest, asks(rest, locale), 0))
            break
        place = 0
        if len(told) > 1:
            place = len(found)
            found.append(Segment(sentence, asks(sentence, locale), 0))
        clauses = _without_scraps(_clauses(sentence, locale))[: MAX_LEAVES - leaves]
        leaves += max(1, len(clauses))
        if len(clauses) > 1:
            found += [Segment(clause, "?" in sentence or asks(clause, locale), place) for clause in clauses]
    return found


def leaves(found: Sequence[Segment]) -> list[int]:
    """Return the places of the segments that are not divided further, in their order."""
    divided = {segment.within for segment in found}
    return [place for place in range(len(found)) if place not in divided]


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
