"""The questions in a message: where one ends and the next begins, and which small talk around them is left out."""

from __future__ import annotations

import re

from bot.i18n.locale import Locale
from bot.nlu.segments import asks, sentences
from bot.webinar.wording import patterns

MAX_PARTS = 8  # a message with more is an essay: the rest stays with the last
MAX_COURTESIES = 3  # one after another
MIN_WORDS = 3  # «and when?» says nothing alone
_AND = re.compile(r"\W*(?:and also|and then|and|also|plus|et aussi|et puis|et|aussi|puis)\s*[:,]?\s+(?=\w)", re.IGNORECASE)
_CONDITION = re.compile(r"\W*(?:and |et )?(?:if|whether|unless|si|s'il|s’il|sinon)\b", re.IGNORECASE)  # «if so, how much?» belongs to what it follows
_NUMBERED = re.compile(r"(?:(?<=\s)|^)(?:\(?\d{1,2}[).]|[-•*])\s+")
_JOINT = {
    "en": re.compile(r",?\s+(?:and also|and then|and|also|plus)\s+(?=\S)|,\s+(?=\S)", re.IGNORECASE),
    "fr": re.compile(r",?\s+(?:et aussi|et puis|et|ainsi que|aussi)\s+(?=\S)|,\s+(?=\S)", re.IGNORECASE),
}


def parts(text: str, locale: Locale) -> list[str]:
    """Return what `text` may ask one by one, each with the sentences that lead to it; the whole where nothing divides it."""
    pieces = [piece for chunk in _NUMBERED.split(text) for sentence in sentences(_without_talk(chunk), locale) for piece in _clauses(sentence, locale)]
    found: list[str] = []
    leading: list[str] = []
    for piece in pieces:
        if not asks(piece, locale):
            leading.append(piece)
        elif found and not leading and _length(piece) < MIN_WORDS:
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(" ".join([*leading, piece if leading else _AND.sub("", piece, count=1) if _AND.match(piece) else piece]))
            leading = []
    if leading and found:
        found[-1] = " ".join([found[-1], *leading])
    if len(found) > MAX_PARTS:
        found = [*found[: MAX_PARTS - 1], " ".join(found[MAX_PARTS - 1 :])]
    return found or [_without_talk(text) or text]


def _clauses(sentence: str, locale: Locale) -> list[str]:
    """Divide «where is it and can I …?» where both sides have the form of a question."""
    found: list[str] = []
    rest, end = sentence, 0
    for joint in _JOINT[locale].finditer(sentence):
        before, after = sentence[end : joint.start()], sentence[joint.end() :]
        if asks(before, locale) and _asks_by_itself(before, after, locale):
            found.append(before)
            rest, end = after, joint.end()
    return [*found, rest]


def _asks_by_itself(before: str, after: str, locale: Locale) -> bool:
    """Tell whether both sides ask: the sentence's own question mark does not count, and neither do scraps."""
    if _length(before) < MIN_WORDS or _length(after) < MIN_WORDS:
        return False
    return asks(after.replace("?", ""), locale) and not _CONDITION.match(before) and not _CONDITION.match(after)


def _length(text: str) -> int:
    return len(re.findall(r"[^\W_]+", text))


def _without_talk(text: str) -> str:
    """Return `text` without the greetings before it and the thanks after it; a question mark among them stays."""
    found, kept = patterns(), text
    for _ in range(MAX_COURTESIES):
        opened = found.opening.match(kept)
        kept = kept[opened.end() :] if opened else kept
        closed = found.closing.search(kept)
        kept = kept[: closed.start()] + ("?" if "?" in closed[0] else "") if closed else kept
    return kept if re.search(r"\w{2}", kept) else text
