"""Finds dates of birth: said as such, or as the day on which an age is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.scrub.found import Found, Kind, every
from bot.content.scrub.words import any_cue, words

_MONTH = rf"(?:{words()['months']})\.?"
_YEAR = r"(?:19|20)\d{2}"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er)?(?: of| de)?[ -]{_MONTH}(?:,?[ -]?(?:de )?(?:19|20)?\d{{2}}\b)?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? {_YEAR})?"
    rf"|\d{{1,2}} ?[/.\-] ?\d{{1,2}}(?: ?[/.\-] ?(?:19|20)?\d{{2}})?(?!\d)|{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d))"
)
_BIRTH: tuple[tuple[re.Pattern[str], Kind], ...] = ((re.compile(rf"(?:{any_cue('birth_cues')}) ?(?<=[ :=,])(?P<it>{_DAY})", re.IGNORECASE), "birth"),)


def births(text: str) -> Iterator[Found]:
    """Yield the days on which `text` says that a person was born."""
    return every(_BIRTH, text)
