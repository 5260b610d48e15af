"""Mends slips of the keys: a word that nobody knows becomes the applicants' word that is one slip away, and one typed without its accents gets them back."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from babel import Locale as BabelLocale
from rapidfuzz import process
from rapidfuzz.distance import OSA
from spacy.lookups import load_lookups

from bot.i18n.locale import LOCALES, Locale
from bot.nlu.language import TELLING, LanguageGuess
from bot.nlu.lexicon import lexicon
from bot.nlu.normalise import fold
from bot.nlu.repeats import remembering

_WORD = re.compile(r"\b[^\W\d_]+\b(?!'t\b)")  # «doesn» of «doesn't» is no word
_TABLES = ("lemma_lookup", "lemma_index", "lemma_exc")
SHORT = 5  # letters: in shorter words one slip makes another word as often as not
LONG = 9  # letters: from here on two slips are forgiven
MOST = 30  # letters: longer ones are no words
SEEN = 2  # times that applicants must have written a word that is in no dictionary, for it to be put in place of another
USUAL = 30  # a word in no dictionary is a slip where one near it is written so many times as often, or, if it looks like a form of a known word, so many times
REMEMBERED = 4_096  # words whose mending is kept
_NEAR = 8  # words compared by how often applicants write them
RECOGNISED = 0.6  # of a message's words: more than that must be applicants' words, once mended, for it to be theirs in haste and not in another language
_BARE = 3  # times that a spelling with accents must be as frequent as the same word without, to be what was meant: «accepte» stays beside «accepté»


class Speller:
    """Knows the words of both languages, how often applicants wrote each, and which are written with accents."""

    def __init__(self, counts: Mapping[Locale, Mapping[str, int]], accented: Mapping[Locale, Mapping[str, str]], dictionary: Iterable[str]) -> None:
        self.counts = {locale: dict(counts[locale]) for locale in LOCALES}
        self.accented = {locale: dict(accented[locale]) for locale in LOCALES}
        self.known = frozenset(dictionary)
        self._offered = {locale: [word for word in found if len(word) >= SHORT - 1 and (found[word] >= SEEN or word in self.known)] for locale, found in self.counts.items()}
        self._endings = _endings()
        self._mended = remembering(self._search, REMEMBERED)

    @classmethod
    def fit(cls, texts: Sequence[str], locales: Sequence[Locale]) -> Speller:
        """Learn the words of `texts`, each in its locale, beside those of spaCy's tables and of CLDR."""
        counts: dict[Locale, Counter[str]] = {locale: Counter() for locale in LOCALES}
        spellings: dict[Locale, Counter[str]] = {locale: Counter() for locale in LOCALES}
        for text, locale in zip(texts, locales, strict=True):
            counts[locale].update(_WORD.findall(fold(text)))
            spellings[locale].update(_WORD.findall(text.lower()))
        return cls(counts, {locale: _accented(spellings[locale]) for locale in LOCALES}, {*dictionary(), *names()})

    def mend(self, text: str, locale: Locale) -> str:
        """Return `text` with each unknown word of `SHORT` letters or more replaced, where a word of applicants' is near enough, and with the accents that were left out."""
        return _WORD.sub(lambda found: self._with_accents(self._word(found[0], locale), locale), text)

    def recognised(self, text: str, prior: Locale | None = None) -> Locale | None:
        """Return the language in which the words of `text` are applicants' once slips are mended, `prior` where both are as likely; None where they are in neither."""
        shares = {locale: self._share(text, locale) for locale in sorted(LOCALES, key=lambda locale: locale != prior)}
        best = max(shares, key=lambda locale: shares[locale])
        return best if shares[best] > RECOGNISED else None

    def reconsidered(self, guess: LanguageGuess, text: str, prior: Locale | None = None) -> LanguageGuess:
        """Return `guess`, or the language of `text` where it only looked foreign for its slips."""
        locale = self.recognised(text, prior) if guess.may_be_slips else None
        return LanguageGuess(locale, RECOGNISED) if locale else guess

    def _share(self, text: str, locale: Locale) -> float:
        words = [word for word in _WORD.findall(fold(self.mend(text, locale))) if len(word) >= TELLING]
        return sum(self.counts[locale].get(word, 0) >= SEEN for word in words) / max(1, len(words))

    def _with_accents(self, word: str, locale: Locale) -> str:
        accented = self.accented[locale].get(word.lower()) if word.isascii() else None
        return word if accented is None else _in_case_of(word, accented)

    def _word(self, word: str, locale: Locale) -> str:
        plain = fold(word)
        if not SHORT <= len(plain) <= MOST or plain in self.known:
            return word
        mended = self._mended(plain, locale)
        return word if mended is None or (self._is_inflected(plain) and not self._is_usual(mended, plain, locale)) else _in_case_of(word, mended)

    def _is_inflected(self, word: str) -> bool:
        return any(word.removesuffix(ending) + base in self.known for ending, base in self._endings if word.endswith(ending))

    def _is_usual(self, mended: str, word: str, locale: Locale) -> bool:
        """Tell whether applicants write `mended` so often, and `word` never, that it is a slip though it looks like a form of a known word («quele»)."""
        return self.counts[locale].get(word, 0) < SEEN and self.counts[locale][mended] >= USUAL

    def _search(self, word: str, locale: Locale) -> str | None:
        most = 2 if len(word) >= LONG else 1
        counts, own = self.counts[locale], max(found.get(word, 0) for found in self.counts.values())
        found = process.extract(word, self._offered[locale], scorer=OSA.distance, score_cutoff=most, limit=_NEAR)
        usual = [hit for hit in found if counts[hit[0]] >= USUAL * own and hit[0] != word]
        # of the nearest, one that begins alike (hands seldom slip on the first letter), then the one that applicants write most
        return min(usual, key=lambda hit: (hit[1], hit[0][0] != word[0], -counts[hit[0]]))[0] if usual else None

    def save(self, folder: Path) -> None:
        """Write the words: `spelling.json.gz` holds the counts and the accents by locale, and the dictionary."""
        with gzip.open(folder / "spelling.json.gz", "wt", encoding="utf-8", compresslevel=5) as file:
            json.dump([self.counts, self.accented, sorted(self.known)], file, ensure_ascii=False)

    @classmethod
    def load(cls, folder: Path) -> Speller:
        """Read what `save` wrote."""
        with gzip.open(folder / "spelling.json.gz", "rt", encoding="utf-8") as file:
            return cls(*json.load(file))


def _accented(spellings: Mapping[str, int]) -> dict[str, str]:
    """Return, by the word without accents, the spelling that is meant where they were left out."""
    found: dict[str, str] = {}
    for word in sorted(spellings, key=lambda word: (spellings[word], word)):  # the most frequent last
        if not word.isascii():
            found[fold(word)] = word
    return {plain: word for plain, word in found.items() if plain.isascii() and spellings[word] >= max(SEEN, _BARE * spellings.get(plain, 0))}


def _in_case_of(typed: str, word: str) -> str:
    """Return `word` in capitals, or with one in front, as `typed` is."""
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word.capitalize() if typed[0].isupper() else word


def dictionary() -> Iterator[str]:
    """Yield the words of both languages, folded, from spaCy's tables: right as they are, whether or not applicants wrote them."""
    for locale in LOCALES:
        for name in _TABLES:
            yield from (word.lower() if word.isascii() else fold(word) for word in _words(load_lookups(locale, [name]).get_table(name)))


def names() -> Iterator[str]:
    """Yield the words of countries', languages' and peoples' names, folded, in both languages."""
    listed = lexicon()
    for group in (*listed.nationalities.values(), *listed.countries.values()):
        yield from (word for name in group for word in _WORD.findall(fold(name)))
    for locale in LOCALES:
        own = BabelLocale.parse(locale)
        yield from (word for name in (*own.territories.values(), *own.languages.values()) for word in _WORD.findall(fold(name)))


def _endings() -> tuple[tuple[str, str], ...]:
    """Return what an inflected form ends in and what its base form ends in instead («-ies», «-y»), of both languages."""
    tables = (load_lookups(locale, ["lemma_rules"]).get_table("lemma_rules") for locale in LOCALES)
    pairs = {(fold(ending), fold(base)) for table in tables for rules in table.values() for ending, base in rules}
    return tuple(sorted((ending, base) for ending, base in pairs if ending.isalpha() and ending != base))


def _words(table: Any) -> Iterator[str]:
    """Yield the words of a table, however deep: `lookup` is word → lemma, `index` and `exc` are part of speech → words."""
    if isinstance(table, str):
        yield table
        return
    if isinstance(table, Mapping):
        yield from (key for key in table if isinstance(key, str))
        table = table.values()
    for value in table:
        yield from _words(value)
