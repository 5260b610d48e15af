"""The same questions as they are typed in haste: a typo a long word, no accents, capitals. Seeded; pure.

Made apart from `bot.nlu.noise`, which training learns from: a test with the training's own slips would flatter.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.evaluation.cases import Case
from bot.i18n.locale import Locale

LONG = 6  # letters from which on a word gets a typo
_KEYBOARDS: Mapping[Locale, tuple[str, ...]] = {"en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"), "fr": ("azertyuiop", "qsdfghjklm", "wxcvbn")}
_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
Variant = Callable[[str, Locale, int], str]


def typos(text: str, locale: Locale, seed: int) -> str:
    """Return `text` with one typo in each word of six letters or more; the first letter stays, as it does in haste."""
    chance = random.Random(f"{seed} {text}")  # noqa: S311  # chance that can be repeated is wanted here
    return _WORD.sub(lambda match: _typo(match.group(), locale, chance), text)


def without_accents(text: str, locale: Locale, seed: int) -> str:
    """Return `text` without accents."""
    decomposed = unicodedata.normalize("NFD", text.translate({0x153: "oe", 0x152: "OE"}))
    return unicodedata.normalize("NFC", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))


def capitals(text: str, locale: Locale, seed: int) -> str:
    """Return `text` in capitals."""
    return text.upper()


VARIANTS: Mapping[str, Variant] = {"typos": typos, "without-accents": without_accents, "capitals": capitals}


def varied(case: Case, variant: str, seed: int) -> Case:
    """Return `case` with its text as `variant` writes it."""
    return replace(case, text=VARIANTS[variant](case.text, case.locale, seed))


def neighbours(letter: str, locale: Locale) -> str:
    """Return the letters whose keys touch that of `letter`, on the keyboard of `locale`."""
    rows = _KEYBOARDS[locale]
    for row, keys in enumerate(rows):
        place = keys.find(letter.lower())
        if place >= 0:
            beside = keys[max(0, place - 1) : place] + keys[place + 1 : place + 2]
            above = "".join(other[place : place + 2] for other in rows[max(0, row - 1) : row])
            below = "".join(other[max(0, place - 1) : place + 1] for other in rows[row + 1 : row + 2])
            return beside + above + below
    return ""


def _typo(word: str, locale: Locale, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    letter, after = word[place], word[place + 1]
    near = neighbours(letter, locale)
    slips = [letter + letter, ""]
    if near:
        struck = chance.choice(near)
        slips.append(struck.upper() if letter.isupper() else struck)
    if letter != after:
        return word[:place] + chance.choice([slip + after for slip in slips] + [after + letter]) + word[place + 2 :]
    return word[:place] + chance.choice(slips) + word[place + 1 :]
