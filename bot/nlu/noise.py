"""How applicants mistype: seeded, for training and measuring. Keyboard neighbours, dropped accents, capitals, words of text messages."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence

from bot.i18n.locale import Locale
from bot.nlu.lexicon import lexicon

_ROWS = {"en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"), "fr": ("azertyuiop", "qsdfghjklm", "wxcvbn")}
LONG_WORD = 6  # letters; slips in shorter words often make other words


def neighbours(letter: str, locale: Locale) -> str:
    """Return the keys beside `letter` on the keyboard usual in `locale`."""
    for number, row in enumerate(_ROWS[locale]):
        place = row.find(letter)
        if place >= 0:
            near = row[max(0, place - 1) : place + 2].replace(letter, "")
            return near + "".join(other[place : place + 1] for other in _ROWS[locale][max(0, number - 1) : number + 2] if other is not row)
    return ""


def without_accents(text: str) -> str:
    """Return `text` without its accents."""
    return "".join(character for character in unicodedata.normalize("NFD", text) if not unicodedata.combining(character))


def with_slips(text: str, locale: Locale, chance: random.Random, *, share: float = 1.0) -> str:
    """Return `text` with one slip in each long word that `chance` picks (with probability `share`): a letter doubled, dropped, swapped or a key beside it."""
    return re.sub(rf"[^\W\d_]{{{LONG_WORD},}}", lambda word: _slip(word[0], locale, chance) if chance.random() < share else word[0], text)


def shortened(text: str, locale: Locale) -> str:
    """Return `text` as in a text message."""
    for word, short in lexicon().short[locale].items():
        text = re.sub(rf"\b{re.escape(word)}\b", short, text, flags=re.IGNORECASE)
    return text


def noisy(texts: Sequence[str], locales: Sequence[Locale], *, seed: int) -> list[str]:
    """Return each of `texts` once more as it might be typed in haste: slips, no accents, both, or a text message's words."""
    found = []
    for number, (text, locale) in enumerate(zip(texts, locales, strict=True)):
        chance = random.Random(f"{seed} {text}")  # noqa: S311 -- chance that can be repeated is what is wanted
        slipped = with_slips(text, locale, chance)
        found.append((slipped, without_accents(text), without_accents(slipped), shortened(text.lower(), locale))[number % 4])
    return found


def _slip(word: str, locale: Locale, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    kind = chance.choice(("double", "drop", "swap", "beside"))
    if kind == "double":
        return word[:place] + word[place] + word[place:]
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    if kind == "swap":
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    beside = neighbours(without_accents(word[place]).lower(), locale) or word[place]
    return word[:place] + chance.choice(beside) + word[place + 1 :]
