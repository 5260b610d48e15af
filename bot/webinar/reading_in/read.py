"""Reads an import of any of the known forms; what it is, is told by what stands in it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.webinar.reading_in.asked import Fault, Imported, Raw, let_in
from bot.webinar.reading_in.characters import decoded
from bot.webinar.reading_in.json_document import read_json
from bot.webinar.reading_in.panel import read_text
from bot.webinar.reading_in.table import read_table

MAX_BYTES = 10_000_000


def read_in(data: bytes, *, secret: bytes, mapping: Mapping[str, str | int] | None = None) -> Imported:
    """Return the questions in `data`: Zoom's report, its panel pasted, its JSON, any table (with `mapping` of columns, see `read_table`), or lines.

    `secret` keys the hashes by which a second import of the same is recognised.
    """
    if len(data) > MAX_BYTES:
        return Imported((), (Fault(0, "too-large"),))
    text = decoded(data)
    if mapping:
        return _let_in(read_table(text, mapping), secret)
    if text.lstrip()[:1] in {"{", "["} and (document := read_json(text)):
        return _let_in(document, secret)
    raws, faults = read_table(text)
    if raws or all(fault.why != "no-questions" for fault in faults):
        return _let_in((raws, faults), secret)
    return _let_in((read_text(text), []), secret)


def typed(text: str, *, number: int, secret: bytes) -> Imported:
    """Return one question that a moderator typed, or that a participant asked on our own page; `number` makes its key its own."""
    return let_in([Raw(number, text)], secret=secret + number.to_bytes(8, "big"))


def _let_in(found: tuple[list[Raw], list[Fault]], secret: bytes) -> Imported:
    raws, faults = found
    imported = let_in(raws, secret=secret, faults=faults)
    return imported if imported.asked or imported.faults else Imported((), (Fault(0, "no-questions"),))
