"""A few words of a sentence, cut as they stand."""

from __future__ import annotations

import re


def around(text: str, start: int, end: int, *, before: int = 4, after: int = 3) -> str:
    """Return `text` from `before` words in front of `start` to `after` words behind `end`; at most 12 words in all."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    first = next((index for index, (_, stop) in enumerate(words) if stop > start), 0)
    last = max((index for index, (begin, _) in enumerate(words) if begin < end), default=first)
    kept = words[max(0, first - before) : last + 1 + after][:12]
    return text[kept[0][0] : kept[-1][1]] if kept else ""
