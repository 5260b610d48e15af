"""From a notice as published (Markdown, one language or both) to draft facts. Pure: a text in, values out."""

from __future__ import annotations

import re

from bot.content.figures import figures
from bot.content.notice_import.changes import Change, changes
from bot.content.notice_import.disagree import disagreements
from bot.content.notice_import.draft import Disagreement, DraftFact, Imported, NotUnderstood
from bot.content.notice_import.gathering import Gathering
from bot.content.notice_import.head import read_head
from bot.content.notice_import.lists import read_lists
from bot.content.notice_import.outline import Line, read_lines
from bot.content.notice_import.session import read_deadlines, read_sessions
from bot.content.notice_import.terms import read_terms

__all__ = ["Change", "Disagreement", "DraftFact", "Imported", "NotUnderstood", "NoticeTooLarge", "changes", "disagreements", "import_notice"]

MAX_CHARACTERS = 400_000  # a bilingual notice has about 26,000
MAX_LINE = 20_000  # its longest paragraph has 2,000
_DEAD_LINK = re.compile(r"\[[^\]\[]{0,200}\]\(\s{0,3}#?\s{0,3}\)")


class NoticeTooLarge(ValueError):
    """The text is far longer than any notice."""


def import_notice(text: str) -> Imported:
    """Return the draft facts of a published notice; raises `NoticeTooLarge`, and nothing else, on what is no notice."""
    if len(text) > MAX_CHARACTERS:
        raise NoticeTooLarge(f"{len(text)} characters; a notice has at most {MAX_CHARACTERS}")
    lines = read_lines(text)
    found = Gathering()
    readable = tuple(line for line in lines if len(line.text) <= MAX_LINE)
    days = read_head(readable, found)
    read_sessions(readable, found)
    read_deadlines(readable, days, found)
    read_terms(readable, found)
    read_lists(readable, found)
    stated = frozenset(found.used)
    for line in lines:
        _left(line, found)
    missed = sorted(found.missed, key=lambda miss: (miss.line, miss.text))
    facts = sorted(found.facts, key=lambda fact: fact.line)
    return Imported(tuple(facts), tuple(found.restated), tuple(missed), readable, stated)


def _left(line: Line, found: Gathering) -> None:
    """Report what no rule has read: dead links, unknown headings, amounts and days that no fact holds."""
    for link in _DEAD_LINK.findall(line.raw[:MAX_LINE]):
        found.miss(line, link)
    if len(line.text) > MAX_LINE:
        found.miss(line, line.text[:200])
    elif line.role == "heading" and line.name == "other":
        found.miss(line)
    elif line.number not in found.used and line.language and line.role not in {"heading", "title"}:
        kinds = {figure.kind for figure in figures(line.text, line.language)}
        if kinds & {"money", "date", "time", "percent"} or re.search(r"\S@\S+\.\w|https?://", line.raw):
            found.miss(line)
