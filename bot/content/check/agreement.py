"""What the two languages of one text say: the same facts, figures, comparisons, acronyms, addresses and languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from bot.content.check.subject import Subject, Text, masked
from bot.content.figures import comparison_of, figures
from bot.content.lexicon import lexicon, plain
from bot.content.problem import Problem
from bot.content.wording import PLACEHOLDER, placeholders
from bot.i18n.locale import LOCALES, Locale, babel_locale, other

ADDRESS = re.compile(r"https?://[^\s<>()\"«»]+|\bwww\.[^\s<>()\"«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9&]*[A-Z&][A-Z0-9]*\b")
_NAMES = {"en": "English", "fr": "French"}
_ANSWERS_WITH = {"en": r"(yes|no)\s?[,.;:!]", "fr": r"(oui|non)\s?[,.;:!]"}  # «No more than…» answers nothing
# «the French text», «selon la version anglaise»: each language may quote the other
_VERSIONS = {
    "en": r"(?:English|French)(?: (?:and|or) (?:the )?(?:English|French))? (?:texts?|versions?|ones?)|in the (?:English|French)(?= ?[.,;:)])",
    "fr": r"(?:textes?|versions?|celles?|celui) (?:en )?(?:anglaise?s?|française?s?)(?: (?:et|ou) (?:anglaise?s?|française?s?))?",
}
_SAME_ANSWER = {"yes": "yes", "oui": "yes", "no": "no", "non": "no"}


def check_agreement(subject: Subject) -> Iterator[Problem]:
    """Yield every point in which the two languages of a text differ."""
    dated = {fact.id for notice in subject.library.notices.values() for fact in notice.facts.values() if fact.type in {"instant", "months"}}
    for text in subject.texts():
        if not text.is_complete:
            continue
        for rule, what, read in _RULES:
            yield from _differences(subject, text, rule, what, read)
        yield from _versions(subject, text)
        if not _is_talk(subject, text) and _names_differ(text):  # small talk answers in each language about itself
            yield from _differences(subject, text, "languages-differ", "names of languages", _languages)
        yield from _differences(subject, text, "comparisons-differ", "a comparison", lambda words, locale: _comparisons(words, locale, dated))
        yield from _numbers_in_letters(subject, text)


def _versions(subject: Subject, text: Text) -> Iterator[Problem]:
    """Compare which versions of the notice are quoted: the same ones, or in each text the other one."""
    quoted = {}
    for locale in LOCALES:
        said = " ".join(re.findall(_VERSIONS[locale], plain(masked(text.words[locale])), re.IGNORECASE))
        quoted[locale] = {code for code in LOCALES if _is_named(code, said, locale)}
    english, french = quoted["en"], quoted["fr"]
    if english and french and english != french and {other(code) for code in english} != french:
        yield subject.at(text, "en", "languages-differ", "The two texts quote different versions of the notice.", "Quote the same ones.")


def _names_differ(text: Text) -> bool:
    """Tell whether the languages named differ, with the versions of the notice counted and without."""
    every = [{code for code in lexicon()["languages"] if _is_named(code, masked(text.words[locale]), locale)} for locale in LOCALES]
    return every[0] != every[1] and _languages(text.words["en"], "en") != _languages(text.words["fr"], "fr")


def _is_named(code: str, text: str, locale: Locale) -> bool:
    return bool(re.search(rf"\b{re.escape(babel_locale(locale).languages[code])}e?s?\b", text, re.IGNORECASE))


def _is_talk(subject: Subject, text: Text) -> bool:
    entry = subject.library.entries.get(text.entry)
    return entry is not None and entry.kind == "smalltalk"


def _differences(subject: Subject, text: Text, rule: str, what: str, read: Callable[[str, Locale], Counter[str]]) -> Iterator[Problem]:
    said = {locale: read(text.words[locale], locale) for locale in LOCALES}
    for locale in LOCALES:
        extra = said[locale] - said[other(locale)]
        if extra:
            listed = ", ".join(f"«{one}»" for one in sorted(extra))
            message = f"The {_NAMES[locale]} text has {what} that the {_NAMES[other(locale)]} one has not: {listed}."
            yield subject.at(text, locale, rule, message, "Make the two texts say the same.", severity="style" if rule == "facts-repeated" else "fault")


def _facts(text: str, _: Locale) -> Counter[str]:
    return Counter({key: 1 for key, _ in placeholders(text)})


def _often(text: str, _: Locale) -> Counter[str]:
    return Counter(key for key, _ in placeholders(text))


def _forms(text: str, _: Locale) -> Counter[str]:
    """Count how facts are written: a day is not an hour, and «6» is not «6 months»."""
    return Counter({f"{key}|{form}": 1 for key, form in placeholders(text)})


def _figures(text: str, locale: Locale) -> Counter[str]:
    spoken = masked(text)
    found = [figure for figure in figures(spoken, locale) if figure.kind != "number" or spoken[figure.start].isdigit()]
    return Counter(" ".join(figure.same) for figure in found)


def _letters(text: str, locale: Locale) -> Counter[str]:
    spoken = masked(text)
    return Counter(figure.value for figure in figures(spoken, locale) if figure.kind == "number" and not spoken[figure.start].isdigit())


def _numbers_in_letters(subject: Subject, text: Text) -> Iterator[Problem]:
    """Numbers in letters must agree too, except «two» and «both», which either language may go without."""
    said = {locale: _letters(text.words[locale], locale) for locale in LOCALES}
    for locale in LOCALES:
        extra = said[locale].keys() - said[other(locale)].keys() - {"2"}
        if extra:
            message = f"The {_NAMES[locale]} text has a number in letters that the {_NAMES[other(locale)]} one has not: {', '.join(sorted(extra))}."
            yield subject.at(text, locale, "numbers", message, "Make the two texts say the same.")


def _comparisons(text: str, locale: Locale, dated: set[str]) -> Counter[str]:
    """Count the comparisons that facts and figures are said with."""
    spoken = masked(text)
    spots = [(found[1], found.start(), found.end()) for found in PLACEHOLDER.finditer(text) if found[1] not in dated | {"given"}]
    spots += [(figure.value, figure.start, figure.end) for figure in figures(spoken, locale) if figure.kind in {"quantity", "money", "number", "percent"}]
    said = [(what, comparison_of(spoken, start, end, locale)) for what, start, end in spots]
    return Counter(f"{comparison} {what}" for what, comparison in said if comparison)


def _acronyms(text: str, locale: Locale) -> Counter[str]:
    table = lexicon()["acronyms"]
    theirs = {french: english for english, french in table["pairs"].items()} if locale == "fr" else {}
    found = {word.strip("&") for word in _ACRONYM.findall(masked(text))}
    return Counter({theirs.get(word, word): 1 for word in found if word and word not in table["loose"]})


def _addresses(text: str, _: Locale) -> Counter[str]:
    return Counter(address.rstrip(".,;:!?").lower() for address in ADDRESS.findall(text))


def _languages(text: str, locale: Locale) -> Counter[str]:
    """Name the languages that a text speaks of, other than as the versions of the notice; how often is a matter of style."""
    text = re.sub(_VERSIONS[locale], " ", plain(masked(text)), flags=re.IGNORECASE)
    return Counter({code: 1 for code in lexicon()["languages"] if _is_named(code, text, locale)})


def _periods(text: str, locale: Locale) -> Counter[str]:
    found: Counter[str] = Counter()
    for period, pattern in lexicon()["periods"][locale].items():
        if re.search(rf"(?<=\ue000) ?(?:{pattern})", plain(masked(text)), re.IGNORECASE):
            found[f"per {period}"] = 1
    return found


def _yes_or_no(text: str, locale: Locale) -> Counter[str]:
    found = re.match(_ANSWERS_WITH[locale], text, re.IGNORECASE)
    return Counter([_SAME_ANSWER[found[1].lower()]] if found else [])


def _weekdays(text: str, locale: Locale) -> Counter[str]:
    names = babel_locale(locale).days["format"]["wide"]
    return Counter(
        babel_locale("en").days["format"]["wide"][number] for number, name in names.items() for _ in re.findall(rf"\b{re.escape(name)}s?\b", masked(text), re.IGNORECASE)
    )


def _bullets(text: str, _: Locale) -> Counter[str]:
    return Counter({"•": len(re.findall(r"^• ", text, re.MULTILINE))})


_RULES: tuple[tuple[str, str, Callable[[str, Locale], Counter[str]]], ...] = (
    ("facts-differ", "facts", _facts),
    ("facts-repeated", "facts repeated", _often),
    ("formats-differ", "parts of facts", _forms),
    ("figures-differ", "figures", _figures),
    ("acronyms-differ", "acronyms", _acronyms),
    ("addresses-differ", "addresses", _addresses),
    ("periods-differ", "a period", _periods),
    ("answers-differ", "an answer", _yes_or_no),
    ("weekdays-differ", "days of the week", _weekdays),
    ("items-differ", "list items", _bullets),
)
