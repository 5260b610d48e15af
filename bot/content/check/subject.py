"""The texts that are checked, each with its place in a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.content.conditions import Condition
from bot.content.facts import Fact
from bot.content.model import Entry, Library, Notice
from bot.content.problem import Problem, Severity
from bot.content.reader import Reader
from bot.content.wording import PLACEHOLDER
from bot.i18n.locale import LOCALES, Locale

Way = tuple[str | int, ...]


@dataclass(frozen=True)
class Text:
    """One text in both languages: a question, an answer, or what is said of a criterion."""

    entry: str
    kind: str  # question, answer, criterion
    words: Mapping[Locale, str]
    way: Way
    document: str  # as in `Reader.documents`
    conditions: tuple[Condition, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Tell whether both languages have words; what is missing is reported by the reader."""
        return all(self.words.get(locale) for locale in LOCALES)


@dataclass(frozen=True)
class Subject:
    """The content under check, and where each thing stands."""

    library: Library
    reader: Reader

    def texts(self) -> Iterator[Text]:
        """Yield every text that can be said or shown."""
        for entry in self.library.entries.values():
            name = f"entry/{entry.id}"
            yield Text(entry.id, "question", entry.question, ("question",), name)
            for index, answer in enumerate(entry.answers):
                yield Text(entry.id, "answer", answer.words, ("answers", index), name, answer.conditions)
        for criterion in self.library.criteria.values():
            for key, words in criterion.says.items():
                yield Text(criterion.id, "criterion", words, ("says", key), f"criterion/{criterion.id}")
            for key, words in criterion.brief.items():
                yield Text(criterion.id, "criterion", words, ("brief", key), f"criterion/{criterion.id}")

    def notices(self, entry: Entry) -> list[Notice]:
        """Return the notices that `entry` is about."""
        return [notice for notice in self.library.notices.values() if entry.concerns(notice)]

    def facts(self, notice: Notice) -> dict[str, Fact]:
        """Return what a template may name for `notice`; the list of notices is made when it is said."""
        listed = Fact("notices", "list", dict.fromkeys(LOCALES, ("",)), "")
        return {**self.library.curated, **notice.facts, listed.id: listed}

    def problem(self, document: str, way: Way, rule: str, message: str, mend: str, *, language: Locale | None = None, severity: Severity = "fault") -> Problem:
        """Return a problem at its place in the file."""
        file, line = self.place(document, *way)
        return Problem(file, line, rule, message, mend, document.partition("/")[2], language, severity)

    def place(self, document: str, *way: str | int) -> tuple[str, int]:
        """Return the file and the line of a value."""
        found = self.reader.documents.get(document)
        return (found.file, found.line(*way)) if found else (document, 1)

    def at(self, text: Text, locale: Locale | None, rule: str, message: str, mend: str, *, severity: Severity = "fault") -> Problem:
        """Return a problem in one text."""
        way = (*text.way, locale) if locale else text.way
        return self.problem(text.document, way, rule, message, mend, language=locale, severity=severity)


def masked(template: str) -> str:
    """Return `template` with each placeholder as a mark of the same length, so that nothing in it is read as words."""
    return PLACEHOLDER.sub(lambda found: "\ue000" * len(found[0]), template)


def first_words(text: str, count: int = 8) -> str:
    """Return the beginning of `text`, to name it by."""
    words = re.split(r"\s+", text)
    return " ".join(words[:count]) + ("…" if len(words) > count else "")
