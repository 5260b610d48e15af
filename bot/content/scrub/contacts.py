"""Finds e-mail addresses and personal pages, handles and links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.scrub.found import Found, Kind, every
from bot.content.scrub.words import words

_I = re.IGNORECASE
_LABEL = r"[\w-]{1,63}"
_EMAIL = (
    re.compile(rf"(?:mailto:)?[^\s@<>()\[\]\"',;:\x00]{{1,64}}(?:[@＠]\s?|\s[@＠]\s){_LABEL}(?:\.{_LABEL}){{1,6}}"),
    re.compile(
        rf"[\w.+-]{{1,64}}\s?(?:\(at\)|\[at\]|\{{at\}}|\(a\)|\[a\]|\(arobase\)|\[arobase\]|<at>)\s?{_LABEL}(?:\s?(?:\.|\(dot\)|\[dot\]|\(point\)|\[point\]|\bdot\b|\bpoint\b)\s?\w{{2,63}}){{1,4}}",
        _I,
    ),
    re.compile(rf"[\w.+-]{{1,64}}(?: (?:dot|point) [\w-]{{1,40}}){{0,3}} (?:at|arobase|arobas) {_LABEL}(?: (?:dot|point) \w{{2,20}}){{1,3}}", _I),
    re.compile(rf"[\w.+-]{{1,64}}(?: (?:dot|point) [\w-]{{1,40}}){{0,3}} (?:at|arobase|arobas) (?:{words()['mail_hosts']})\.(?:com|fr|be|net|org|ch|de|it|es|eu|co\.uk|nl)\b", _I),
)
_URL_END = r"[^\s<>\"'()\[\]{},;\x00]{0,200}"
_LINK = (
    re.compile(rf"(?:https?://)?(?:[\w-]{{1,20}}\.){{0,2}}(?:{words()['profile_sites']}){_URL_END}", _I),
    re.compile(rf"https?://[^\s/@]{{1,80}}:[^\s/@]{{1,80}}@{_URL_END}", _I),
    re.compile(rf"https?://[^\s?#~]{{1,200}}/~{_URL_END}", _I),
    re.compile(
        rf"https?://[^\s?#]{{1,200}}\?(?=[^\s#]{{0,200}}(?:user|uid|token|tk|key|mail|candidate|applicant|application|pwd|password|profile|auth|session|code|sid|login|id)[^\s=]{{0,12}}=){_URL_END}",
        _I,
    ),
    re.compile(r"(?:(?<=\s)|^|(?<=\())@(?!(?:[A-Z]{2,}|[nN]ato|[oO]tan)\b)[A-Za-z][\w.]{1,37}\w(?![\w(])"),
    re.compile(r"(?<!\w)[\w.]{2,32}#\d{4}(?!\w)"),
    re.compile(
        rf"\b(?:{words()['networks']})(?: (?:handle|account|profile|id|name|username|pseudo|compte|profil))?(?: ?[:=] ?| is | est | c'est |,? @)"
        r"(?P<it>(?=[\w.\-]{0,40}[\d_.]\w)[\w.\-:]{3,40}\w)",
        _I,
    ),
)
_ALL: tuple[tuple[re.Pattern[str], Kind], ...] = (*((pattern, "email") for pattern in _EMAIL), *((pattern, "link") for pattern in _LINK))


def contacts(text: str) -> Iterator[Found]:
    """Yield where `text` says how a person is reached on the network."""
    return every(_ALL, text)
