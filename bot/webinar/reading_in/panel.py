"""Questions from pasted text: Zoom's Q&A panel, a saved chat, or simply one question a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.normalise import fold
from bot.webinar.reading_in.asked import Raw

MAX_NAME = 80  # characters before the time on a line that names who wrote
_TIME = r"\d{1,2}\s?[:h.]\s?\d{2}(?::\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
_STAMP = re.compile(rf"^(?P<name>[^?]{{0,{MAX_NAME}}}?)[\s,|•·–-]*(?<!\d){_TIME}\s*$")
_CHAT = re.compile(rf"^\[?{_TIME}\]?\s+(?:(?:From|De|Von)\s+)?(?P<name>[^:]{{1,{MAX_NAME}}}?)(?:\s+(?:to|à|pour)\s+[^:]{{1,{MAX_NAME}}}?)?\s*:\s*(?P<text>.+)$")
_MARKS = re.compile(
    r"(?:this question (?:has been|was|is being) answered live|(?:live )?answered(?: live)?|answering live|open|dismissed|repondue?(?: en direct)?|"
    r"en cours de reponse|cette question a (?:recu une|obtenu une|ete) .{0,30}|(?:up)?votes?:? ?\d+|\d+ (?:up)?votes?|\d+|comment(?:er|s)?|reply|repondre)\W*"
)


def read_text(text: str) -> list[Raw]:
    """Return the questions of `text`: from a panel those that open a block, their answers left out; else one a line."""
    lines = text.split("\n")
    if chat := [found for number, line in enumerate(lines, 1) if (found := _of_chat(number, line))]:
        return chat
    stamps = [number for number, line in enumerate(lines) if _STAMP.match(line.strip()) and _followed(lines, number)]
    if stamps and _opens_blocks(lines, stamps):
        return list(_of_panel(lines, stamps))
    return [Raw(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _of_chat(number: int, line: str) -> Raw | None:
    found = _CHAT.match(line.strip())
    return Raw(number, found["text"], (found["name"].strip(),)) if found and found["name"].strip() else None


def _followed(lines: list[str], number: int) -> bool:
    return number + 1 < len(lines) and bool(lines[number + 1].strip())


def _opens_blocks(lines: list[str], stamps: list[int]) -> bool:
    """Tell a panel from questions that happen to end in an hour: a panel begins with a name and a time."""
    first = next(number for number, line in enumerate(lines) if line.strip())
    return first in stamps


def _of_panel(lines: list[str], stamps: list[int]) -> Iterator[Raw]:
    asking, fresh = True, True  # within a question, and not within an answer; the next stamp opens a new question
    line, words, people = 0, list[str](), list[str]()
    marked = set(stamps)
    for number, raw in enumerate(lines):
        said = raw.strip()
        if number in marked:
            if fresh:
                if words:
                    yield Raw(line, "\n".join(words), tuple(people))
                line, words, people = number + 2, [], []
            asking = fresh
            people.append((_STAMP.match(said) or {"name": ""})["name"].strip())
            fresh = False
        elif not said:
            fresh = True
        elif asking and not _MARKS.fullmatch(fold(said)):
            words.append(said)
    if words:
        yield Raw(line, "\n".join(words), tuple(people))
