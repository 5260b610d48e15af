"""The head of a notice: its title, its reference and the labelled lines under it."""

from __future__ import annotations

import re

from bot.content.figures import figures
from bot.content.lexicon import lexicon, plain
from bot.content.notice_import.gathering import Gathering
from bot.content.notice_import.outline import Line, title_of
from bot.content.notice_import.vocabulary import labels, vocabulary
from bot.i18n.locale import Locale

_UNKNOWN_FIELD = re.compile(r"^\s*\*\*[^*]{2,60}(?::\s*\*\*|\*\*\s*:)\s*\S")


def read_head(lines: tuple[Line, ...], found: Gathering) -> list[tuple[Line, str]]:
    """Read title, reference and fields; return the days of deadlines, whose hour stands elsewhere."""
    days = []
    for line in lines:
        if line.role == "title" and (title := title_of(line)):
            found.fact("title", line, title[0])
            found.fact("reference", line, title[1])
        elif line.role == "field":
            value = _value(line)
            if line.name == "deadline":
                days.append((line, value))
            elif value:
                _field(line, value, found)
            else:
                found.miss(line)
        elif line.role == "text" and line.kind == "header" and _UNKNOWN_FIELD.match(line.raw):
            found.miss(line)
    return days


def money(text: str, locale: Locale, *, start: int = 0) -> tuple[dict[str, str] | None, int]:
    """Return the first amount after `start` with its period, and how many amounts stand in `text`."""
    amounts = [figure for figure in figures(text, locale) if figure.kind == "money"]
    after = [figure for figure in amounts if figure.start >= start] or amounts
    periods = [period for period, pattern in lexicon()["periods"][locale].items() if re.search(pattern, plain(text), re.IGNORECASE)]
    if not after or len(set(periods)) != 1 or not re.fullmatch(r"\d+(?:\.\d+)? [A-Z]{3}", after[0].value):
        return None, len(amounts)
    number, currency = after[0].value.split()
    return {"amount": _two_decimals(number), "currency": currency, "per": periods[0]}, len(amounts)


def _two_decimals(number: str) -> str:
    return f"{number}0" if re.fullmatch(r"\d+\.\d", number) else number


def _value(line: Line) -> str:
    lowered = plain(line.text).lower()
    label = next((label for _, field, label in labels() if field == line.name and lowered.startswith(label)), "")
    return line.text[len(label) :].lstrip(" :\u00a0\u202f").strip()


def _field(line: Line, value: str, found: Gathering) -> None:
    if line.name in {"grade", "clearance"} and not re.fullmatch(vocabulary()["codes"], value):
        found.miss(line)
    elif line.name == "stipend":
        sum_, count = money(value, line.language or "en")
        if sum_ and count == 1:
            found.fact("stipend", line, sum_, words=value)
        else:
            found.miss(line)
    else:
        found.fact(line.name, line, value)
