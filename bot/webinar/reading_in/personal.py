"""Takes people out of a question: addresses, telephone numbers, names of askers, greetings' signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

GONE = "[…]"
_EMAIL = re.compile(r"[^\s@<>()\[\]\"',;:]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_PHONE = re.compile(r"(?<![\w.,/-])(?:(?:\+|00?)[1-9](?:[ .\-/()]{0,2}\d){7,13}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?![\w:])")
_HANDLE = re.compile(r"(?:(?<=\s)|^)@[A-Za-z]\w{2,38}(?![\w(])")
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’-]{1,30}"
_NAMES = rf"{_NAME}(?:\s+{_NAME}){{0,3}}"
_SAID = re.compile(rf"(?P<before>\b(?:[Mm]y name is|[Mm]y name's|[Jj]e m['’]appelle|[Mm]on nom est)\s+){_NAMES}")
_CLOSING = r"(?:[Rr]egards|[Ss]incerely|[Cc]ordialement|[Bb]ien à vous|[Ss]alutations|[Cc]heers|[Tt]hank you|[Tt]hanks|[Mm]erci)"
_SIGNED = re.compile(rf"(?P<before>{_CLOSING}\s*[,.!–-]?\s*[\n–-]\s*){_NAMES}\s*$")


def without_people(text: str, names: Iterable[str] = ()) -> str:
    """Return `text` with a mark where an address, a number or a person stood; `names` are those of the askers."""
    text = _EMAIL.sub(GONE, text)
    text = _PHONE.sub(GONE, text)
    text = _HANDLE.sub(GONE, text)
    pattern = _any_of(frozenset(_parts(names)))
    text = pattern.sub(GONE, text) if pattern else text
    text = _SAID.sub(rf"\g<before>{GONE}", text)
    text = _SIGNED.sub(rf"\g<before>{GONE}", text)
    return re.sub(rf"(?:{re.escape(GONE)}[\s,]*){{2,}}", f"{GONE} ", text).strip()


def _parts(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        words = re.findall(r"[\w'’-]+", name)
        if len(words) >= 2:
            yield r"\s+".join(re.escape(word) for word in words)


@cache
def _any_of(names: frozenset[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(names, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
