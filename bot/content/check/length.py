"""Length and readability of what is said, with the facts filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.check.subject import Subject, Text
from bot.content.model import Notice
from bot.content.problem import Problem
from bot.content.wording import PLACEHOLDER, in_words
from bot.i18n.locale import LOCALES, Locale

MAX_WORDS = 90  # docs/design/content.md: about 80
TOO_MANY_WORDS = 160  # twice the measure is no answer any more
MAX_QUESTION = 16
MAX_SENTENCE = 38
MAX_LIX = 68.0  # words a sentence plus the share of words over six letters; newspapers have about 50, legal texts over 60
_ENOUGH_FOR_LIX = 40


def check_length(subject: Subject) -> Iterator[Problem]:
    """Yield answers that are too long or hard to read; only those of twice the measure are faults."""
    for text in subject.texts():
        for locale in LOCALES:
            words = text.words.get(locale)
            if words and text.kind == "question":
                yield from _question(subject, text, locale, words)
            elif words:
                yield from _answer(subject, text, locale, words)


def lix(text: str) -> float:
    """Return the readability measure of Björnsson: the higher, the harder; the same scale in both languages."""
    words = re.findall(r"[^\W\d_]+", text)
    sentences = max(1, len(_sentences(text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / max(1, len(words))


def _question(subject: Subject, text: Text, locale: Locale, words: str) -> Iterator[Problem]:
    count = len(words.split())
    if count > MAX_QUESTION:
        yield subject.at(text, locale, "length", f"The question has {count} words.", f"Ask in at most {MAX_QUESTION}: it is shown on a button.", severity="style")


def _answer(subject: Subject, text: Text, locale: Locale, words: str) -> Iterator[Problem]:
    said = _filled(subject, text, locale, words)
    count = len(re.findall(r"\w[\w’'-]*", said))
    if count > MAX_WORDS:
        message = f"The answer has {count} words with its facts."
        yield subject.at(
            text, locale, "length", message, "Say what was asked first, and leave the rest to related entries.", severity="fault" if count > TOO_MANY_WORDS else "style"
        )
    longest = max((len(sentence.split()) for sentence in _sentences(words)), default=0)
    if longest > MAX_SENTENCE:
        yield subject.at(text, locale, "hard-to-read", f"A sentence has {longest} words.", "Make two of it.", severity="style")
    if count >= _ENOUGH_FOR_LIX and lix(words) > MAX_LIX:
        yield subject.at(text, locale, "hard-to-read", f"Long words in long sentences (LIX {lix(words):.0f}).", "Use shorter ones.", severity="style")


def _sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?:;])\s+|\n", text) if one.strip()]


def _filled(subject: Subject, text: Text, locale: Locale, words: str) -> str:
    entry = subject.library.entries.get(text.entry)
    versions = [_with_facts(subject, words, notice, locale) for notice in (subject.notices(entry) if entry else [])]
    return max(versions, key=len, default=words)


def _with_facts(subject: Subject, words: str, notice: Notice, locale: Locale) -> str:
    facts = subject.facts(notice)

    def said(found: re.Match[str]) -> str:
        try:
            return in_words(facts[found[1]], locale, found[2] or "", zone=notice.zone)
        except (KeyError, ValueError):
            return "…"  # reported as unknown elsewhere

    return PLACEHOLDER.sub(said, words)
