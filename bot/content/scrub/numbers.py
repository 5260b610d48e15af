"""Finds telephone numbers, documents, accounts and cards; leaves dates, hours, amounts and the references of notices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.scrub.found import COVER, Found, Kind, covered, every, matches
from bot.content.scrub.words import any_cue, words

_I = re.IGNORECASE
_GAP = r"[ .\-/()]{0,3}"
_MONTH = rf"(?:{words()['months']})\.?"
_KEPT = (
    re.compile(r"(?<![\d/.\-])\d{1,2}([/.\-])\d{1,2}\1(?:(?:19|20)\d{2}|\d{2})(?![/.\-]?\d)"),  # 22/06/2025
    re.compile(r"(?<!\d)(?:19|20)\d{2}-\d{2}(?:-\d{2})?(?:T\d{2}:\d{2}(?::\d{2})?)?(?![-\d])"),  # 2025-06-22
    re.compile(r"(?<![\d:])\d{1,2}\s?(?::|h|heures?)\s?\d{2}(?::\d{2})?(?![\d:])", _I),  # 23:59, 23 h 59
    re.compile(r"(?:(?:€|£|\$)\s?|\b(?:eur|euros?|usd|gbp|chf|cad|nok|sek|dkk)\s?)\d{1,3}(?:[ ,.']?\d{3}){0,4}(?:[.,]\d{1,2})?(?!\d)", _I),
    re.compile(
        r"(?<![\d+])\d{1,3}(?:[ ,.']?\d{3}){0,4}(?:[.,]\d{1,2})?\s?(?:€|£|\$|(?:eur|euros?|usd|gbp|chf|cad|nok|dollars?|pounds?|livres?|people|personnes?|habitants?)\b)", _I
    ),
    re.compile(r"(?<![\d+])\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?(?![\d,])"),  # 1,286.09
    re.compile(r"(?<![\d+])\d{1,3}(?: \d{3}){0,4}(?: 000)+(?![ .]?\d)"),  # 10 000
    re.compile(r"(?<![\d+.,/-])(?<!\d )2[3-9]\d{4}(?![\d.,/-]\d|\d)"),  # the reference of a notice
    re.compile(r"(?:(?<=\s)|^|(?<=\())(?:19|20)\d{2}\s?[-/–]\s?(?:19|20)\d{2}(?!\d)"),  # 2024-2025
)
_ABROAD = re.compile(rf"(?<![\w.,/\-])(?:\+\s?|00\s?)[1-9](?:{_GAP}\d){{6,13}}(?!\d)")
_NATIONAL = re.compile(r"(?<![\w.,/\-+])\(?0\d(?:[ .\-/()]{0,2}\d){7,10}(?![\d:])")
_AMERICAN = re.compile(r"(?<![\w.,/\-+])(?:\(\d{3}\)|\d{3})[ .\-]\d{3}[ .\-]\d{4}(?!\d)")
_PHONE_CUE = re.compile(
    rf"\b(?:{words()['phone_cues']})\b[^\d\n\x00+]{{0,25}}(?P<it>\+?\(?\d(?:{_GAP}\d){{6,14}})(?!\d)",
    _I,
)
_IBAN = re.compile(r"(?<!\w)(?:[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?|[a-z]{2}\d{2}(?:[ -]?\d{4}){2,6}(?:[ -]?\d{1,3})?)(?!\w)")
_CARD = re.compile(r"(?<![\w.,+-])(?:\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}|\d{4}[ -]\d{6}[ -]\d{5}|[3-6]\d{14,15})(?![\d-])")
_ACCOUNT_CUE = re.compile(r"\b(?:" + words()["account_cues"] + r")\b[^\d\n\x00]{0,15}(?P<it>[A-Z]{0,4}\d(?:[ -]?[A-Z0-9]){6,32})(?!\w)", _I)
_IDENTITY = (
    re.compile(r"(?<![\d.])\d{2}\.\d{2}\.\d{2}[- ]\d{3}[. ]\d{2}(?!\d)"),  # Belgium
    re.compile(r"(?<![\d.,])[12][ .]?\d{2}[ .]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{2})?(?!\d)"),  # France
    re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"),  # United States
    re.compile(r"(?<!\w)(?:19|20)?\d{6}[-+]\d{3,4}[A-Z]?(?!\w)"),  # the Nordic countries
    re.compile(r"(?<!\w)[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)"),  # United Kingdom
    re.compile(r"(?<!\w)(?:\d{8}|[XYZ]\d{7})-?[A-Z](?!\w)"),  # Spain
    re.compile(r"(?<![\w-])(?!(?:EUR|USD|GBP|CHF|ISO)\b)[A-Z]{1,3}[ -]?\d{6,9}[A-Z]?(?!\w)"),
    re.compile(
        r"(?<![\w/_-])(?![A-Z]{3,}[- ]?(?:19|20)\d{2}(?!\w))(?=[A-Z0-9]{0,15}[A-Z])(?=(?:[A-Z]{0,15}\d){3})[A-Z0-9]{8,16}(?![\w/-])"
    ),  # letters and figures: passports of most countries
)
_IDENTITY_CUE = re.compile(
    rf"\b(?:{any_cue('document_cues')})\b"
    r"[^\d\n\x00?!;]{0,20}?(?<![A-Za-z0-9])(?P<it>(?-i:(?=[A-Z0-9 .-]{0,14}?\d)[A-Z0-9](?:[ .\-]?[A-Z0-9]){0,2}(?:[ .\-]?\d){4,12}[A-Z]{0,3}|[a-z]{1,3}\d{6,9}))(?!\w)",
    _I,
)
_LONG = re.compile(r"(?<![\w.,+])\d(?:[ .\-]?\d){8,14}(?![\d\w])")
_UNMISTAKABLE: tuple[tuple[re.Pattern[str], Kind], ...] = ((_IDENTITY[0], "identity"), (_ABROAD, "phone"))
_REST: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (_CARD, "account"),
    (_ACCOUNT_CUE, "account"),
    *((pattern, "identity") for pattern in _IDENTITY[1:]),
    (_IDENTITY_CUE, "identity"),
    (_PHONE_CUE, "phone"),
    (_NATIONAL, "phone"),
    (_AMERICAN, "phone"),
    (_LONG, "identity"),
)


def numbers(text: str) -> Iterator[Found]:
    """Yield the numbers in `text` that belong to a person."""
    accounts = [one for one in matches(_IBAN, "account", text) if _is_account(text[one.start : one.end])]
    yield from accounts
    unmistakable = list(every(_UNMISTAKABLE, covered(text, accounts)))
    yield from unmistakable
    text = covered(text, [*accounts, *unmistakable])
    for kept in _KEPT:
        text = kept.sub(lambda match: COVER * len(match[0]), text)
    yield from every(_REST, text)


def _is_account(text: str) -> bool:
    """Tell an account from words that look like one: «in22 june 2025»."""
    return sum(character.isdigit() for character in text) >= 10
