"""Bytes of unknown encoding as text."""

from __future__ import annotations

import codecs

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 4_096
_ZEROS = 0.3  # share of zero bytes from which on a text without a mark is taken for UTF-16


def decoded(data: bytes) -> str:
    """Return `data` as text whatever it is written in; nothing is refused, stray bytes become question marks."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _tidy(data.decode(encoding, errors="replace"))
    sample = data[:_SAMPLE]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if sample and max(odd, even) > _ZEROS * len(sample) / 2 and min(odd, even) < max(odd, even) / 4:
        return _tidy(data.decode("utf-16-le" if odd > even else "utf-16-be", errors="replace"))
    try:
        return _tidy(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _tidy(data.decode("cp1252", errors="replace"))


def _tidy(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
