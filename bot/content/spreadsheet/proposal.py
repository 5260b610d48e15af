"""One entry as a table would have it: each row is taken as far as it can be used, and what cannot is said."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

from bot.content.conditions import BadCondition, read_conditions
from bot.content.document import Document
from bot.content.model import TOPICS, Library
from bot.content.spreadsheet.columns import WORDED, Column
from bot.content.spreadsheet.fault import Fault
from bot.content.spreadsheet.rows import Row, listed, mapping, words
from bot.content.wording import PLACEHOLDER, placeholders
from bot.i18n.locale import LOCALES

ID = re.compile(r"(?:not-in-notice/)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_BRACES = re.compile(r"\{[^{}\n]*\}?|\}")
Changed = list[tuple[Column, str, str]]
_BY_LOCALE: tuple[tuple[str, Column, Column], ...] = (("question", "question-en", "question-fr"), ("answer", "answer-en", "answer-fr"))


def bad_words(number: int, row: Row, document: Document | None, library: Library) -> list[Fault]:
    """Return why a row cannot be used whatever it is to change: no id, an id of nothing, broken facts, formulas."""
    entry = row.get("id", "")
    if not entry:
        return [Fault(number, "id", "no-id")]
    if document is None and (not ID.fullmatch(entry) or len(entry) > 60):
        near = difflib.get_close_matches(entry, library.entries, n=1)
        return [Fault(number, "id", "unknown-id", given=entry[:60], known=near[0] if near else "—")]
    held = {words(text) for text in _texts(document.values)} if document else set()
    return [fault for column in WORDED if (text := row.get(column, "")) and text not in held for fault in _bad_text(number, column, text, library)]


def _bad_text(number: int, column: Column, text: str, library: Library) -> Iterator[Fault]:
    if text.startswith("="):
        yield Fault(number, column, "formula", given=text[:40])
    if not column.startswith("answer"):
        return
    for found in _BRACES.finditer(text):
        if not PLACEHOLDER.fullmatch(found[0]):
            yield Fault(number, column, "broken-fact", given=found[0][:40])
    facts = {key for notice in library.notices.values() for key in notice.facts} | set(library.curated) | {"notices"}
    for key, _ in placeholders(text):
        if key not in facts:
            near = difflib.get_close_matches(key, facts, n=1)
            yield Fault(number, column, "unknown-fact", given=key, known=near[0] if near else "—")


def _texts(values: Any) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict | list):
        for value in values.values() if isinstance(values, dict) else values:
            yield from _texts(value)


class Proposal:
    """The values of one entry while the rows of a table are taken into it."""

    def __init__(self, entry: str, values: dict[str, Any] | None, library: Library) -> None:
        self.is_new = values is None
        self.values: dict[str, Any] = values if values is not None else {"id": entry}
        self._library = library
        self._taken: dict[tuple[Column, str], str] = {}

    def take(self, number: int, row: Row) -> tuple[Changed, list[Fault]]:
        """Take one row; an empty cell changes nothing."""
        changed: Changed = []
        faults: list[Fault] = []
        condition = row.get("condition", "")
        for column in (*_COLUMNS_OF_ENTRY, "answer-en", "answer-fr"):
            text = row.get(column, "")
            if not text:
                continue
            of = condition if column.startswith("answer") else ""
            before = self._taken.setdefault((column, of), text)
            if before != text:
                faults.append(Fault(number, column, "said-twice", given=text[:40], known=before[:40]))
                continue
            was = self._set(number, column, condition, text, faults)
            if was is not None and was != text:
                changed.append((column, was, text))
        return changed, faults

    def missing(self, number: int) -> list[Fault]:
        """Return what a new entry lacks: a topic, and question and answer in both languages."""
        if not self.is_new:
            return []
        lacking: list[Column] = [] if "topic" in self.values else ["topic"]
        lacking += [column for key, *columns in _BY_LOCALE for column in columns if not self._said(key, column[-2:])]
        return [Fault(number, column, "incomplete", given=str(self.values["id"])) for column in lacking]

    def _said(self, key: str, locale: str) -> str:
        if key == "question":
            return words(mapping(self.values.get("question")).get(locale))
        answers = self.values.get("answers") or []
        return "x" if answers and all(words(mapping(answer).get(locale)) for answer in answers) else ""

    def _set(self, number: int, column: Column, condition: str, text: str, faults: list[Fault]) -> str | None:
        """Set one text and return what stood there; None where it cannot be set."""
        key, _, locale = column.partition("-")
        if key == "answer":
            return self._set_answer(number, condition, locale, text, faults)
        if key == "phrasings":
            return self._set_phrasings(locale, text)
        if key == "topic" and text not in TOPICS:
            faults.append(Fault(number, column, "unknown-topic", given=text[:40], known=", ".join(TOPICS)))
            return None
        if key == "notices":
            return self._set_notices(number, text, faults)
        if key == "question":
            question = self.values.setdefault("question", {})
            was = words(question.get(locale))
            if was != text:
                question[locale] = text
            return was
        was = words(self.values.get(key))
        if was != text:
            self.values[key] = text
        return was

    def _set_answer(self, number: int, condition: str, locale: str, text: str, faults: list[Fault]) -> str | None:
        answers = self.values.setdefault("answers", [])
        for answer in answers:
            if " ".join(words(mapping(answer).get("when")).split()) == " ".join(condition.split()):
                was = words(answer.get(locale))
                if was != text:
                    answer[locale] = text
                return was
        if not self.is_new:
            known = "; ".join(f"«{words(mapping(answer).get('when'))}»" for answer in answers)
            faults.append(Fault(number, "condition", "unknown-condition", given=condition[:60], known=known))
            return None
        try:
            read_conditions(condition)
        except BadCondition:
            faults.append(Fault(number, "condition", "bad-condition", given=condition[:60]))
            return None
        answers.append({"when": condition, locale: text} if condition else {locale: text})
        return ""

    def _set_phrasings(self, locale: str, text: str) -> str:
        phrasings = self.values.get("phrasings")
        was = "\n".join(listed(mapping(phrasings).get(locale)))
        now = list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
        if "\n".join(now) != was:
            held = mapping(phrasings)
            self.values["phrasings"] = {one: now if one == locale else held.get(one) for one in LOCALES if one == locale or held.get(one)}
        return was

    def _set_notices(self, number: int, text: str, faults: list[Fault]) -> str | None:
        was = self.values.get("notices", "all")
        shown = ", ".join(str(one) for one in was) if isinstance(was, list) else words(was)
        if text == shown:
            return shown
        wanted = [part for part in re.split(r"[\s,;]+", text) if part]
        unknown = [one for one in wanted if one != "all" and one not in self._library.notices]
        if unknown or ("all" in wanted and len(wanted) > 1):
            faults.append(Fault(number, "notices", "unknown-notice", given=", ".join(unknown)[:60], known=", ".join(["all", *self._library.notices])))
            return None
        self.values["notices"] = "all" if wanted == ["all"] else wanted
        return shown


_COLUMNS_OF_ENTRY: tuple[Column, ...] = ("topic", "notices", "question-en", "question-fr", "phrasings-en", "phrasings-fr", "notes")
