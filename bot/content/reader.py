"""From the files of `data/faq` to a library, with every fault found on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.content.conditions import BadCondition, Condition, read_conditions
from bot.content.document import Document, read_document
from bot.content.facts import BadFact, Fact, read_fact
from bot.content.model import KINDS, TOPICS, Answer, Criterion, Entry, Kind, Library, Notice, Words
from bot.content.problem import Problem
from bot.i18n.catalogue import assistant_catalogue
from bot.i18n.locale import LOCALES, Locale

ENTRY_KEYS = {"id", "kind", "topic", "notices", "scope", "sections", "links", "related", "closes", "criterion", "review_by", "question", "answers"}
ANSWER_KEYS = {"when", "en", "fr"}


class Reader:
    """Reads one folder of content; `problems` and `documents` fill while `library` is built."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}  # by «notice/250697», «entry/deadline», «criterion/age»

    def library(self) -> Library:
        """Return all that could be read; what could not is in `problems`."""
        notices = {d.values["id"]: n for d in self._documents("notice", "notices") if (n := self._notice(d))}
        criteria = {d.values["id"]: c for d in self._documents("criterion", "criteria") if (c := self._criterion(d))}
        entries = {d.values["id"]: e for d in self._documents("entry", "entries") if (e := self._entry(d))}
        return Library(notices, dict(sorted(entries.items())), criteria, version(self.root))

    def _documents(self, kind: str, folder: str) -> Iterator[Document]:
        base = self.root / folder
        for path in sorted(base.rglob("*.yaml")):
            read = read_document(path, root=self.root)
            if isinstance(read, Problem):
                self.problems.append(read)
                continue
            expected = path.relative_to(base).with_suffix("").as_posix()
            if read.values.get("id") != expected:
                self._fault(read, ("id",), "id", f"The id is {read.values.get('id')!r}, the file's name says {expected!r}.", "Make them the same.")
                continue
            self.documents[f"{kind}/{expected}"] = read
            yield read

    def _fault(self, document: Document, way: tuple[str | int, ...], rule: str, message: str, mend: str, language: str | None = None) -> None:
        self.problems.append(Problem(document.file, document.line(*way), rule, message, mend, document.values.get("id"), language))

    def _notice(self, document: Document) -> Notice | None:
        raw = document.values
        try:
            zone = ZoneInfo(str(raw.get("time_zone")))
        except (ZoneInfoNotFoundError, ValueError):
            self._fault(document, ("time_zone",), "time-zone", f"{raw.get('time_zone')!r} is no time zone.", "Write one like Europe/Brussels.")
            return None
        sections = {key: self._words(document, ("sections", key), words) for key, words in _mapping(raw.get("sections")).items()}
        facts = self._facts(document, sections)
        for needed in ("title", "office-name", "office-short"):
            if needed not in facts:
                self._fault(document, ("facts",), "missing-fact", f"The notice has no fact «{needed}».", "Add it: answers name the office with it.")
                return None
        published = tuple(locale for locale in LOCALES if locale in (raw.get("published_in") or []))
        return Notice(str(raw["id"]), str(raw.get("office")), zone, sections, facts, published)

    def _facts(self, document: Document, sections: Mapping[str, Words] | None) -> dict[str, Fact]:
        facts = {}
        for key, raw in _mapping(document.values.get("facts")).items():
            try:
                facts[key] = fact = read_fact(key, _mapping(raw))
            except BadFact as error:
                self._fault(document, ("facts", key), "fact", f"The fact «{key}» cannot be read: {error}.", "Write it as docs/design/content.md shows.")
                continue
            if sections is not None and fact.section not in sections:
                self._fault(document, ("facts", key, "section"), "section", f"There is no section «{fact.section}».", "Name one of the file's sections.")
                del facts[key]
        return facts

    def _criterion(self, document: Document) -> Criterion:
        raw = document.values
        says = {key: self._words(document, ("says", key), words) for key, words in _mapping(raw.get("says")).items()}
        brief = {key: self._words(document, ("brief", key), words) for key, words in _mapping(raw.get("brief")).items()}
        for key in sorted(set(says) ^ set(brief)):
            self._fault(document, ("brief",), "missing-words", f"«{key}» stands under only one of «says» and «brief».", "Word each reason in both.")
        return Criterion(str(raw["id"]), self._facts(document, None), says, self._words(document, ("label",), raw.get("label")), brief)

    def _entry(self, document: Document) -> Entry | None:
        raw = document.values
        for key in sorted(set(raw) - ENTRY_KEYS):
            self._fault(document, (key,), "unknown-key", f"An entry has no «{key}».", "Take it out, or correct its spelling.")
        kind = raw.get("kind", "answer")
        if kind not in KINDS:
            self._fault(document, ("kind",), "kind", f"The kind {kind!r} does not exist.", f"Use one of {', '.join(KINDS)}.")
            return None
        if raw.get("topic") not in TOPICS:
            self._fault(document, ("topic",), "topic", f"The topic {raw.get('topic')!r} does not exist.", f"Use one of {', '.join(TOPICS)}.")
        notices = raw.get("notices", "all")
        return Entry(
            id=str(raw["id"]),
            kind=cast(Kind, kind),
            topic=str(raw.get("topic")),
            question=self._words(document, ("question",), raw.get("question")),
            answers=tuple(self._answers(document)),
            notices=None if notices == "all" else tuple(str(reference) for reference in notices),
            together=raw.get("scope") == "together",
            sections=tuple(raw.get("sections") or ()),
            links=tuple(raw.get("links") or ()),
            related=tuple(raw.get("related") or ()),
            closes=bool(raw.get("closes", False)),
            criterion=raw.get("criterion"),
            review_by=self._day(document, raw.get("review_by")),
        )

    def _answers(self, document: Document) -> Iterator[Answer]:
        answers = document.values.get("answers")
        if not isinstance(answers, list) or not answers:
            self._fault(document, ("answers",), "missing-words", "The entry has no answer.", "Write one in both languages.")
            return
        for index, item in enumerate(answers):
            raw = _mapping(item)
            for key in sorted(set(raw) - ANSWER_KEYS):
                self._fault(document, ("answers", index, key), "unknown-key", f"An answer has no «{key}».", "Use when, en and fr.")
            conditions: tuple[Condition, ...] = ()
            try:
                conditions = read_conditions(raw.get("when"))
            except BadCondition as error:
                self._fault(document, ("answers", index, "when"), "condition", f"{error}.", "See docs/design/content.md.")
            yield Answer(conditions, self._words(document, ("answers", index), raw))

    def _words(self, document: Document, way: tuple[str | int, ...], raw: Any) -> dict[Locale, str]:
        found: dict[Locale, str] = {}
        for locale in LOCALES:
            text = _mapping(raw).get(locale)
            if isinstance(text, str) and text.strip():
                found[locale] = text.strip()
            else:
                self._fault(document, way, "missing-words", f"There are no words in {locale!r}.", "Write them: both languages are published together.", locale)
                found[locale] = ""
        return found

    def _day(self, document: Document, raw: Any) -> date | None:
        if raw is None:
            return None
        try:
            return date.fromisoformat(str(raw))
        except ValueError:
            self._fault(document, ("review_by",), "date", f"{raw!r} is no date.", "Write it as 2026-09-30.")
            return None


def version(root: Path) -> str:
    """Return a fingerprint of every word that can be said: the content's files and the catalogues."""
    digest = hashlib.sha256()
    named = [(path.relative_to(root).as_posix(), path) for path in sorted(root.rglob("*.yaml"))]
    for name, path in named + [(locale, assistant_catalogue(locale)) for locale in LOCALES]:
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _mapping(raw: Any) -> dict[str, Any]:
    return raw if isinstance(raw, dict) else {}
