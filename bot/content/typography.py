"""Typography helped: what a keyboard gives becomes what each language prints. Pure, and doing it twice changes nothing more."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.content.wording import PLACEHOLDER
from bot.i18n.locale import Locale

NO_BREAK = "\u00a0"
_KEPT = re.compile(rf"{PLACEHOLDER.pattern}|https?://\S+|\S+@\S+")  # facts and addresses are no prose
_HELD = re.compile("[\ue000-\uf8ff]")
_SPACES = "[ \u00a0\u202f\u2009\u2007]"

_EVERYWHERE = (
    (r"(?<=[^\W\d_])['ʼ‘´`](?=[^\W_])", "’"),
    (r"\.\.\.", "…"),
    (r"[ \t]+$", ""),
    (r"(?m)^[ \t]*[-*·–] (?=\S)", "• "),
    (r"(?m)^•(?=\S)", "• "),
    (r"(?<=\S) {2,}(?=\S)", " "),
)
_FRENCH = (
    (r'"([^"\n]*)"', r"«\1»"),
    (r"“([^“”\n]*)”", r"«\1»"),
    (rf"«{_SPACES}*(?=\S)", f"«{NO_BREAK}"),
    (rf"(?<=[^\s«]){_SPACES}*»", f"{NO_BREAK}»"),
    (rf"(?<=[^\s;!?:({NO_BREAK}]){_SPACES}*([;!?]+)(?![^\W_])", rf"{NO_BREAK}\1"),
    (rf"(?<=[^\s:{NO_BREAK}]){_SPACES}*:(?=\s|$)", f"{NO_BREAK}:"),
    (rf"(?<=\d){_SPACES}+(?=[€%$£](?!\w))", NO_BREAK),
    (rf"(?<=\d){_SPACES}+(?=h\b)", NO_BREAK),
    (rf"(?<=\d{NO_BREAK}h){_SPACES}+(?=\d)", NO_BREAK),
)
_ENGLISH = (
    (r'"([^"\n]*)"', r"“\1”"),
    (rf"«{_SPACES}*([^«»\n]*?){_SPACES}*»", r"“\1”"),
    (rf"(?<=\w){_SPACES}+(?=[:;!?](?:\s|$))", ""),
)
_RULES = {"en": _EVERYWHERE + _ENGLISH, "fr": _EVERYWHERE + _FRENCH}


def typeset(text: str, locale: Locale) -> str:
    """Return `text` with the apostrophes, quotation marks and no-break spaces of `locale`; facts, addresses and words stay as they are."""
    if _HELD.search(text):
        return text  # private characters: nothing that a person types
    kept: list[str] = []
    text = _KEPT.sub(_keep(kept), text)
    for pattern, mended in _RULES[locale]:
        text = re.sub(pattern, mended, text)
    return _HELD.sub(lambda found: kept[ord(found[0]) - 0xE000], text)


def _keep(kept: list[str]) -> Callable[[re.Match[str]], str]:
    def keep(found: re.Match[str]) -> str:
        if len(kept) >= 0xF8FF - 0xE000:
            return found[0]
        kept.append(found[0])
        return chr(0xE000 + len(kept) - 1)

    return keep
