"""What was typed, made safe to read: one spelling of what looks the same, nothing that steers a screen or a parser."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 2_000  # the contract's limit; the web edge refuses longer texts, everything else cuts
SHOUTED = 6  # characters; «OSG ?» and «NATO» are no shouting
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "..."})


def clean(text: str) -> str:
    """Return `text` without lone surrogates, controls and marks that steer direction, white space folded; words stay."""
    kept = "".join(" " if _is_noise(character) else character for character in text)
    return re.sub(r" ?\n\s*", "\n", re.sub(r"[^\S\n]+", " ", kept)).strip()[:MAX_CHARACTERS]


def canonical(text: str) -> str:
    """Return `text` for the encoders and classifiers: cleaned, compatibility forms and quotation marks made one."""
    text = unicodedata.normalize("NFKC", clean(text)).translate(_APOSTROPHES)
    text = re.sub(r"([!?.])\1{2,}", r"\1\1", text)
    if text.isupper() and len(text) > SHOUTED:
        text = text.lower()  # the encoders know words in small letters
    return re.sub(r"\s+", " ", text).strip()


def fold(text: str) -> str:
    """Return `text` in lower case without accents: «Été» and «ete» are one."""
    decomposed = unicodedata.normalize("NFKD", canonical(text).lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _is_noise(character: str) -> bool:
    # Cc: controls; Cf: direction marks and zero-width joiners; Cs: lone surrogates; Co, Cn: private and unassigned.
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} and character not in "\n\t"
