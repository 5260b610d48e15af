"""Texts in cells: nothing that a spreadsheet would run, nothing that a file cannot hold."""

from __future__ import annotations

import re
import unicodedata

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the full-width forms as well
_UNHELD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula; `unsafe` gives it back."""
    held = _UNHELD.sub("", text)
    return f"'{held}" if held.lstrip(" \n").startswith(_RUNS) or held.startswith("'") else held


def unsafe(text: str) -> str:
    """Return what a person wrote into a cell: without the mark of `safe`, with one kind of line end, no stray spaces around."""
    lines = unicodedata.normalize("NFC", _UNHELD.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", ""))).split("\n")
    plain = "\n".join(line.rstrip(" \t\u00a0") for line in lines).strip(" \t\n\u00a0\ufeff")
    marked = plain[1:].lstrip(" \n").startswith((*_RUNS, "'"))
    return plain[1:].lstrip(" \t\n") if plain.startswith("'") and marked else plain
