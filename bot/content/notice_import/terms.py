"""What is offered, how many applications are allowed, and the essential criteria."""

from __future__ import annotations

import re
from typing import Any

from bot.content.figures import Figure, comparison_of, figures
from bot.content.lexicon import plain
from bot.content.notice_import.excerpt import around
from bot.content.notice_import.gathering import Gathering
from bot.content.notice_import.head import money
from bot.content.notice_import.outline import Line
from bot.content.notice_import.vocabulary import known, rule, vocabulary
from bot.i18n.locale import Locale, babel_locale

_NARRATIVE = frozenset({"description", "daily-work", "values", "info-session"})

_SPAN = re.compile(r"\d\s?(?:(?:hours?|heures?|months?|mois|years?|ans?)\s?)?(?:to|or|and|à|ou|et|-|/)\s?$", re.IGNORECASE)


def read_terms(lines: tuple[Line, ...], found: Gathering) -> None:
    """Read every item of an offer, of the essential criteria or of an unknown list, and the line on the number of applications."""
    for line in lines:
        if line.language is None or line.role in {"heading", "title", "field"} or line.kind in _NARRATIVE:
            continue
        if line.kind not in {"desirable", "competencies"}:
            _applications(line, line.language, found)
        if line.role != "item" or line.kind not in {"offer", "essential", "other", "selection"}:
            continue
        before = len(found.facts) + len(found.restated), line.number in found.used
        (_criterion if line.kind == "essential" else _offer)(line, line.language, found)
        if line.kind == "other":
            _criterion(line, line.language, found)
        understood = line.number in found.used or before != (len(found.facts) + len(found.restated), line.number in found.used)
        if not understood and not (known(line.language).search(plain(line.text)) and not _leftover(line)):
            found.miss(line)


def _leftover(line: Line) -> bool:
    return any(figure.kind in {"money", "date", "time", "quantity", "percent"} for figure in figures(line.text, line.language or "en"))


def _applications(line: Line, locale: Locale, found: Gathering) -> None:
    asks = rule("max-applications", locale).search(plain(line.text))
    numbers = [figure for figure in figures(line.text, locale) if figure.kind == "number"] if asks else []
    if len(numbers) == 1 and numbers[0].value.isdigit() and not _is_span(line.text, numbers[0]):
        _fact("max-applications", line, numbers[0], int(numbers[0].value), locale, found)
    elif numbers:
        found.miss(line)


def _offer(line: Line, locale: Locale, found: Gathering) -> None:
    text, stated = plain(line.text), figures(line.text, locale)
    said: list[Figure] = []
    months = [figure for figure in stated if figure.kind == "month"]
    begins = rule("start-dates", locale).search(text)
    if begins and months:
        said += months
        if any(figure.value.startswith("-") for figure in months) or any(figure.start < begins.start() for figure in months):
            found.miss(line)
        else:
            found.fact("start-dates", line, sorted({figure.value for figure in months}))
    lengths = [figure for figure in stated if re.fullmatch(r"\d+ month", figure.value)]
    if rule("duration-months", locale).search(text) and len(lengths) == 1 and not _is_span(text, lengths[0]):
        said += lengths
        _fact("duration-months", line, lengths[0], _number(lengths[0]), locale, found)
    hours = [figure for figure in stated if figure.value.endswith(" hour")]
    if rule("hours-per-week", locale).search(text) and len(hours) == 1 and not _is_span(text, hours[0]) and _weekly(text[hours[0].end :], locale):
        said += hours
        _fact("hours-per-week", line, hours[0], _number(hours[0]), locale, found)
    said += _grant(line, locale, found)
    _schedule(line, found)
    if any(figure not in said and figure.kind in {"money", "quantity", "month", "percent", "date", "time"} for figure in stated):
        found.miss(line)


def _weekly(text: str, locale: Locale) -> bool:
    pattern = {"en": r"\s*(?:a|per|/|each|every)\s*week|\s*weekly", "fr": r"\s*(?:par|/|chaque)\s*semaine|\s*hebdomadaire"}[locale]
    return bool(re.match(pattern, plain(text), re.IGNORECASE))


def _is_span(text: str, figure: Figure) -> bool:
    """Tell whether `figure` is the end of a span or of a choice («5 to 6 months»)."""
    return bool(_SPAN.search(plain(text)[max(0, figure.start - 40) : figure.start]))


def _grant(line: Line, locale: Locale, found: Gathering) -> list[Figure]:
    word = rule("stipend", locale).search(plain(line.text))
    amounts = [figure for figure in figures(line.text, locale) if figure.kind == "money"]
    if not word or not amounts:
        return []
    sum_, _ = money(line.text, locale, start=word.start())
    if sum_ is None:
        found.miss(line)
        return amounts
    found.fact("stipend", line, sum_)
    return [next((figure for figure in amounts if figure.start >= word.start()), amounts[0])]


def _schedule(line: Line, found: Gathering) -> None:
    """Take the schedule as understood here; it is a fact of the head, where it has a label."""
    if any(re.search(pattern, line.text, re.IGNORECASE) for pattern in vocabulary()["schedules"].values()):
        found.used.add(line.number)


def _criterion(line: Line, locale: Locale, found: Gathering) -> None:
    text, stated = plain(line.text), figures(line.text, locale)
    years = [figure for figure in stated if figure.value.endswith(" year")]
    if rule("studies", locale).search(text):
        _studies(line, locale, years, found)
    elif rule("minimum-age", locale).search(text):
        ages = years or [figure for figure in stated if figure.kind == "number"]
        if len(ages) == 1 and not _is_span(text, ages[0]):
            _fact("minimum-age", line, ages[0], _number(ages[0]), locale, found)
        elif ages:
            found.miss(line)
    spoken = _languages(line.text, locale)
    if not spoken:
        return
    if rule("drafting-language", locale).search(text):
        found.fact("drafting-language", line, spoken[0] if len(spoken) == 1 else spoken)
    elif rule("languages", locale).search(text):
        found.fact("languages", line, spoken)


def _studies(line: Line, locale: Locale, years: list[Figure], found: Gathering) -> None:
    months = [figure for figure in figures(line.text, locale) if figure.value.endswith(" month")]
    spans = [figure for figure in (*years, *months) if _is_span(line.text, figure)]
    if spans:
        found.miss(line)
    if len(years) == 1 and years[0] not in spans:
        _fact("study-years", line, years[0], _number(years[0]), locale, found)
    if len(months) == 1 and months[0] not in spans and rule("degree", locale).search(plain(line.text)):
        _fact("graduate-months", line, months[0], _number(months[0]), locale, found)
    if len(years) > 1 or len(months) > 1:
        found.miss(line)


def _languages(text: str, locale: Locale) -> list[str]:
    """Return `en` and `fr` where the names of the languages stand in `text`, in this order."""
    names = {code: babel_locale(locale).languages[code] for code in ("en", "fr")}
    return [code for code, name in names.items() if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)]


def _fact(identifier: str, line: Line, figure: Figure, value: Any, locale: Locale, found: Gathering) -> None:
    compared = comparison_of(plain(line.text), figure.start, figure.end, locale)
    found.fact(identifier, line, value, words=around(line.text, figure.start, figure.end), comparison=compared)


def _number(figure: Figure) -> int | float:
    number = figure.value.split()[0]
    return int(number) if number.isdigit() else float(number)
