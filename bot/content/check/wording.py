"""Words and typography: the right language, plain text, the marks as each language sets them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.check.agreement import ADDRESS
from bot.content.check.subject import Subject, Text, masked
from bot.content.lexicon import foreign_share
from bot.content.problem import Problem, Severity
from bot.i18n.locale import LOCALES, Locale

_SURELY_FOREIGN = 4  # stop words of the other language more than of one's own
_ENDS = re.compile(r"[.!?…:][»”)]?$")

Row = tuple[str, Severity, str, str, str]
_EVERYWHERE: tuple[Row, ...] = (
    ("markup", "fault", r"</?[a-zA-Z][^>]*>|&(?:[a-z]+|#\d+);", "There is HTML in the text.", "Take it out: answers are plain text."),
    ("markup", "fault", r"\*\*|__|(?:^|\s)#{1,6} |\]\(|`", "There is Markdown in the text.", "Take it out: answers are plain text; addresses go under links."),
    ("address-in-text", "fault", ADDRESS.pattern, "There is an address in the text.", "Make it a fact of type link and name it under links."),
    (
        "broken-link",
        "fault",
        r"\bhttps?:(?!//)\S+|\bhttps?//\S+|\bhtt?ps?:/(?!/)",
        "There is a broken address in the text.",
        "Make it a fact of type link and name it under links.",
    ),
    (
        "broken-link",
        "style",
        r"(?i)\bclick here\b|\bcliquez ici\b|\bcliquer ici\b",
        "«Click here» leads nowhere: a text has no links of its own.",
        "Say what is found where, and name the link under links.",
    ),
    (
        "unreadable",
        "fault",
        r"[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffd]",
        "There is a character that cannot be seen.",
        "Delete it and write the word again.",
    ),
    ("spaces", "style", r"[ \u00a0]{2,}|[ \u00a0]+$", "There are two spaces in a row, or one at the end of a line.", "Leave one."),
    ("bullets", "style", r"(?m)^\s*[-*·–] \S|^•(?! )", "A list item does not begin with «• ».", "Begin each with the same bullet and a space."),
    ("doubled-word", "style", r"(?i)\b(?!(?:nous|vous|that|had|oui|non)\b)([^\W\d_]{2,}) \1\b", "A word stands twice in a row.", "Leave one."),
    ("ellipsis", "style", r"\.\.\.", "Three full stops stand for an ellipsis.", "Write «…»."),
)
_FRENCH: tuple[Row, ...] = (
    ("apostrophe", "style", r"\w'\w", "A straight apostrophe stands in a French word.", "Write ’."),
    ("quotation-marks", "style", r"[\"“”]", "French quotation marks are « and ».", "Write « … » with no-break spaces inside."),
    (
        "no-break-space",
        "style",
        r"(?<![\u00a0\u202f])[;!?»](?!\w)|(?<![\u00a0\u202f\d])(?<!https)(?<!http):(?=\s|$)",
        "A no-break space is missing before : ; ! ? or ».",
        "Put a no-break space there.",
    ),
    ("no-break-space", "style", r"«(?![\u00a0\u202f])", "A no-break space is missing after «.", "Put a no-break space there."),
)
_ENGLISH: tuple[Row, ...] = (
    ("apostrophe", "style", r"\w'\w", "A straight apostrophe stands in a word.", "Write ’."),
    ("quotation-marks", "style", r"[«»\"]", "English quotation marks are “ and ”.", "Write “ … ”."),
    ("no-break-space", "style", r"\s[:;!?](?:\s|$)", "There is a space before : ; ! or ?.", "English sets none."),
)
_ROWS = {"en": _EVERYWHERE + _ENGLISH, "fr": _EVERYWHERE + _FRENCH}


def check_wording(subject: Subject) -> Iterator[Problem]:
    """Yield what is wrong with the words themselves, language by language."""
    for text in subject.texts():
        for locale in LOCALES:
            words = text.words.get(locale)
            if words:
                yield from _typography(subject, text, locale, words)
                yield from _language(subject, text, locale, words)
        if text.is_complete:
            yield from _untranslated(subject, text)


def _typography(subject: Subject, text: Text, locale: Locale, words: str) -> Iterator[Problem]:
    for rule, severity, pattern, message, mend in _ROWS[locale]:
        found = re.search(pattern, masked(words))
        if found:
            near = words[max(0, found.start() - 12) : found.end() + 12].replace("\n", " ")
            yield subject.at(text, locale, rule, f"{message} Here: «{near}»", mend, severity=severity)
    for opening, closing in (("(", ")"), ("«", "»"), ("“", "”"), ("[", "]")):
        if words.count(opening) != words.count(closing):
            yield subject.at(text, locale, "brackets", f"{opening} and {closing} do not match.", "Close what is opened.", severity="style")
    if text.kind != "question" and not _ENDS.search(words) and not re.search(r"\}$|^• .*$(?![\s\S])", words, re.MULTILINE):
        yield subject.at(text, locale, "end", "The text does not end with a full stop.", "End the sentence.", severity="style")


def _language(subject: Subject, text: Text, locale: Locale, words: str) -> Iterator[Problem]:
    if foreign_share(masked(words), locale) >= _SURELY_FOREIGN:
        yield subject.at(text, locale, "wrong-language", f"This does not read like {'English' if locale == 'en' else 'French'}.", "Write it in the language that it stands under.")


def _untranslated(subject: Subject, text: Text) -> Iterator[Problem]:
    same = text.words["en"] == text.words["fr"]
    if same and len(re.findall(r"[^\W\d_]{2,}", masked(text.words["en"]))) > 1:
        yield subject.at(text, "fr", "untranslated", "Both languages have the same words.", "Translate it.")
