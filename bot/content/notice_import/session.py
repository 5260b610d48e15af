"""Info sessions, deadlines and addresses to register at."""

from __future__ import annotations

import re

from bot.content.figures import figures
from bot.content.lexicon import plain
from bot.content.notice_import.gathering import Gathering
from bot.content.notice_import.moments import moments
from bot.content.notice_import.outline import Line
from bot.content.notice_import.vocabulary import rule

_ADDRESS = re.compile(r"\((https?://[^\s()<>]{4,500})\)|(?<![(\[\w])(https?://[^\s()\[\]<>*]{4,500})")
_NARRATIVE = frozenset({"description", "daily-work", "values"})


def read_sessions(lines: tuple[Line, ...], found: Gathering) -> None:
    """Read when info sessions begin and where one registers."""
    for line in lines:
        if line.kind != "info-session" or line.role == "heading":
            continue
        for address in dict.fromkeys(_addresses(line.raw)):
            found.fact("webinar-link", line, address, words=address)
        _start(line, found)


def _start(line: Line, found: Gathering) -> None:
    if line.language is None or not any(figure.kind in {"date", "time"} for figure in figures(line.text, line.language)):
        return
    read = moments(line.text, line.language)
    for moment in read:
        found.fact("webinar-start", line, moment.value, words=moment.words)
    if not read:
        found.miss(line)


def read_deadlines(lines: tuple[Line, ...], days: list[tuple[Line, str]], found: Gathering) -> None:
    """Read the last moment to apply; a day without an hour only confirms or contradicts it."""
    for line in lines:
        if line.language is None or line.kind in _NARRATIVE or line.role in {"heading", "title"} or not rule("deadline", line.language).search(plain(line.text)):
            continue
        read = moments(line.text, line.language)
        for moment in read[:1]:
            found.fact("deadline", line, moment.value, words=moment.words)
        if len(read) != 1 and any(figure.kind in {"date", "time"} for figure in figures(line.text, line.language)):
            found.miss(line)
    for line, value in days:
        _day(line, value, found)


def _day(line: Line, value: str, found: Gathering) -> None:
    locale = line.language or "en"
    stated = moments(value, locale)
    if stated:
        found.fact("deadline", line, stated[0].value, words=value)
        return
    day = next((figure.value for figure in figures(value, locale) if figure.kind == "date" and not figure.value.startswith("--")), None)
    known = [fact.value[:10] for fact in found.facts if fact.id == "deadline" and fact.language == line.language]
    if day and known:
        if day != known[0]:
            found.fact("deadline", line, day, words=value)  # as restated: there is one already
        found.used.add(line.number)
    else:
        found.miss(line)  # without an hour it is no instant, and none is guessed


def _addresses(raw: str) -> list[str]:
    linked = [re.sub(r"\\([_*.~-])", r"\1", one or two).rstrip(".,;:!?") for one, two in _ADDRESS.findall(raw)]
    return [address for address in linked if address.startswith("https://")]
