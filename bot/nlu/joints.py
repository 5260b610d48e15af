"""How a part of a message is joined to what stands before it: «or» mostly offers a guess, «and» and a new sentence may ask anew. Pure."""

from __future__ import annotations

from bot.nlu.normalise import fold

_OR = frozenset({"or", "ou"})
_AND = frozenset({"and", "et", "also", "aussi", "plus", "n", "nd"})
_BUT = frozenset({"but", "mais"})


def joint(part: str, message: str) -> list[float]:
    """Return six marks, 0 or 1: `part` stands in `message` behind «or», «and», «but», a comma, a question mark, the end of another sentence."""
    before = message[: max(0, message.find(part))].rstrip()
    last = (fold(before).rstrip(" ,;:").split() or [""])[-1]
    return [float(mark) for mark in (last in _OR, last in _AND, last in _BUT, before.endswith(","), before.endswith("?"), before.endswith((".", "!")))]
