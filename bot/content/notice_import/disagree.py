"""What the English and the French text of an imported notice say differently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.content.figures import Figure, figures
from bot.content.lexicon import plain
from bot.content.notice_import.draft import Disagreement, DraftFact, Imported
from bot.content.notice_import.excerpt import around
from bot.content.notice_import.moments import moments
from bot.content.notice_import.outline import Line
from bot.content.notice_import.vocabulary import vocabulary
from bot.i18n.locale import LOCALES, Locale, babel_locale, other

_IN_WORDS = frozenset({"title", "body", "schedule", "location"})  # their sense is compared, not their letters
_LISTS = frozenset({"documents", "competencies", "desirable"})
_COUNTED = ("offer", "essential", "desirable", "competencies")
_NAMES = {"en": "English", "fr": "French"}
_DEAD = re.compile(r"\]\(\s{0,3}#?\s{0,3}\)")
_ADDRESS = re.compile(r"https?://[^\s()\[\]<>*]{4,500}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


def disagreements(imported: Imported) -> tuple[Disagreement, ...]:
    """Return every point in which a notice disagrees with itself; empty for one that agrees."""
    found = [*_restated(imported), *_clocks(imported)]
    if set(imported.languages) == set(LOCALES):
        found += [*_values(imported), *_marks(imported), *_counts(imported), *_figures(imported), *_links(imported)]
    unique: list[Disagreement] = []
    for one in found:
        if one not in unique:
            unique.append(one)
    return tuple(unique)


def _pair(identifier: str, language: Locale, own: Any, theirs: Any, why: str) -> Disagreement:
    return Disagreement(identifier, own if language == "en" else theirs, own if language == "fr" else theirs, why)


def _restated(imported: Imported) -> Iterator[Disagreement]:
    """One language says two things in two places."""
    for fact in imported.restated:
        first = imported.of(fact.id, fact.language)[0]
        if fact.id == "deadline" and str(first.value).startswith(str(fact.value)):
            continue
        theirs = imported.of(fact.id, other(fact.language))
        why = f"the {_NAMES[fact.language]} text says {_short(first.value)} in line {first.line} and {_short(fact.value)} in line {fact.line}"
        yield _pair(fact.id, fact.language, fact.value, theirs[0].value if theirs else first.value, why)


def _clocks(imported: Imported) -> Iterator[Disagreement]:
    """Yield hours that name a clock which does not run on their day."""
    for line in imported.lines:
        if line.language is None or line.number not in imported.used:
            continue
        for moment in moments(line.text, line.language):
            if moment.contradiction:
                identifier = "webinar-start" if line.kind == "info-session" else "deadline"
                theirs = imported.of(identifier, other(line.language))
                same = next((fact for fact in theirs if fact.value == moment.value), None)
                yield _pair(identifier, line.language, moment.words, same.words if same else None, f"the {_NAMES[line.language]} text contradicts itself: {moment.contradiction}")


def _values(imported: Imported) -> Iterator[Disagreement]:
    for identifier in dict.fromkeys(fact.id for fact in imported.facts):
        english, french = imported.of(identifier, "en"), imported.of(identifier, "fr")
        if not english or not french:
            missing = "English" if not english else "French"
            yield Disagreement(identifier, _value(english), _value(french), f"the {missing} text does not state it, or not in a form that could be read")
        elif _sense(identifier, english) != _sense(identifier, french):
            yield Disagreement(identifier, _value(english), _value(french), _difference(identifier, english, french))
        elif english[0].comparison != french[0].comparison and identifier != "max-applications":  # there the words are compared
            why = f"the English text means {english[0].comparison or 'exactly'}, the French one {french[0].comparison or 'exactly'}"
            yield Disagreement(identifier, english[0].words, french[0].words, why)


def _difference(identifier: str, english: tuple[DraftFact, ...], french: tuple[DraftFact, ...]) -> str:
    if identifier == "title":
        return "one title has an acronym in brackets that the other has not"
    if identifier in _LISTS:
        return f"the English list has {len(english[0].value)} items, the French one {len(french[0].value)}"
    return "the two texts give different values"


def _value(facts: tuple[DraftFact, ...]) -> Any:
    if not facts:
        return None
    return facts[0].value if len(facts) == 1 else [fact.value for fact in facts]


def _sense(identifier: str, facts: tuple[DraftFact, ...]) -> Any:
    """Return what must be equal in both languages."""
    value = facts[0].value
    if identifier in _LISTS:
        return len(value)
    if identifier in _IN_WORDS:
        return _sense_of_words(identifier, value, facts[0].language)
    if identifier == "stipend":
        return (float(value["amount"]), value["currency"], value["per"])
    return sorted(str(fact.value) for fact in facts)


def _sense_of_words(identifier: str, value: str, language: Locale) -> Any:
    """Return what words can be compared by: acronyms of a title, the country of a place, the kind of a schedule."""
    if identifier == "title":
        return sorted(re.findall(r"\(([A-Z]{2,8})\)", value))
    if identifier == "schedule":
        return next((name for name, pattern in vocabulary()["schedules"].items() if re.fullmatch(pattern, value, re.IGNORECASE)), "")
    if identifier == "location":
        return sorted(code for code, name in babel_locale(language).territories.items() if code.isalpha() and re.search(rf"\b{re.escape(name)}\b", value))
    return None


def _marks(imported: Imported) -> Iterator[Disagreement]:
    """Yield qualifiers that change the sense and stand in one language only."""
    for row in vocabulary()["marks"]:
        said = {locale: _sentences(imported.lines, locale, row[locale]) for locale in LOCALES}
        if not said["en"] or not said["fr"]:
            continue
        marked = {locale: any(re.search(row["mark"][locale], plain(one), re.IGNORECASE) for one in said[locale]) for locale in LOCALES}
        if marked["en"] != marked["fr"]:
            with_it, without = ("English", "French") if marked["en"] else ("French", "English")
            yield Disagreement(
                row["id"], _excerpt(said["en"], row, "en"), _excerpt(said["fr"], row, "fr"), f"{row['what']}: the {with_it} text says something that the {without} one does not"
            )


def _sentences(lines: tuple[Line, ...], locale: Locale, anchor: str) -> list[str]:
    own = [line.text for line in lines if line.language == locale and line.role in {"text", "item"}]
    return [one for text in own for one in re.split(r"(?<=[.!?;])\s+", text) if re.search(anchor, plain(one), re.IGNORECASE)]


def _excerpt(sentences: list[str], row: dict[str, Any], locale: Locale) -> str:
    """Return a few words around the qualifier, or around what it would qualify."""
    for pattern in (row["mark"][locale], row[locale]):
        for one in sentences:
            found = re.search(pattern, plain(one), re.IGNORECASE)
            if found:
                return around(one, *found.span())
    return ""


def _counts(imported: Imported) -> Iterator[Disagreement]:
    """Yield lists that have more items in one language."""
    for kind in _COUNTED:
        items = {locale: [line for line in imported.lines if line.language == locale and line.kind == kind and line.role == "item"] for locale in LOCALES}
        if items["en"] and items["fr"] and len(items["en"]) != len(items["fr"]):
            yield Disagreement(kind, len(items["en"]), len(items["fr"]), f"the English list has {len(items['en'])} items, the French one {len(items['fr'])}")


def _figures(imported: Imported) -> Iterator[Disagreement]:
    """Yield figures that stand in the running text of a section in one language only."""
    for kind in dict.fromkeys(line.kind for line in imported.lines):
        said = {locale: _figures_of(imported, kind, locale) for locale in LOCALES}
        if all(any(line.kind == kind and line.language == locale for line in imported.lines) for locale in LOCALES) and said["en"] != said["fr"]:
            only = {locale: sorted(" ".join(figure) for figure in said[locale] - said[other(locale)]) for locale in LOCALES}
            yield Disagreement(kind, only["en"], only["fr"], "figures that stand in the text of one language only")


def _figures_of(imported: Imported, kind: str, locale: Locale) -> set[tuple[str, str]]:
    lines = [line for line in imported.lines if line.kind == kind and line.language == locale and line.role in {"text", "item"} and line.number not in imported.used]
    return {figure.same for line in lines for figure in figures(line.text, locale) if figure.kind not in {"ordinal", "offset"} and not _is_pair(line.text, figure)}


def _is_pair(text: str, figure: Figure) -> bool:
    """Tell whether `figure` is a «two» or «both» in letters: either language often goes without."""
    return figure.same == ("number", "2") and not text[figure.start].isdigit()


def _links(imported: Imported) -> Iterator[Disagreement]:
    dead = {locale: sum(len(_DEAD.findall(line.raw)) for line in imported.lines if line.language == locale) for locale in LOCALES}
    if dead["en"] != dead["fr"]:
        yield Disagreement("links", dead["en"], dead["fr"], "the texts have a different number of links, all without an address")
    stated = {locale: _addresses(imported, locale) for locale in LOCALES}
    if stated["en"] != stated["fr"]:
        only = {locale: sorted(stated[locale] - stated[other(locale)]) for locale in LOCALES}
        yield Disagreement("addresses", only["en"], only["fr"], "addresses that stand in the text of one language only")


def _addresses(imported: Imported, locale: Locale) -> set[str]:
    lines = [line for line in imported.lines if line.language == locale and line.kind != "info-session"]
    return {address.rstrip(".,;:") for line in lines for address in _ADDRESS.findall(line.raw)}


def _short(value: Any) -> str:
    return f"{value['amount']} {value['currency']}" if isinstance(value, dict) else str(value)
