"""From documents (the files of `data/faq`, or their texts in a release) to a library, with every fault found on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.content.conditions import BadCondition, Condition, read_conditions
from bot.content.document import Document, parse_document, read_folder
from bot.content.facts import BadFact, Fact, read_fact
from bot.content.model import KINDS, TOPICS, Answer, Criterion, Entry, Kind, Library, Notice, Words
from bot.content.problem import Problem
from bot.i18n.catalogue import assistant_catalogue
from bot.i18n.locale import LOCALES, Locale

_Made = TypeVar("_Made")
ENTRY_KEYS = {"id", "kind", "topic", "notices", "scope", "sections", "links", "related", "closes", "criterion", "review_by", "question", "phrasings", "answers", "notes"}
ANSWER_KEYS = {"when", "en", "fr"}
MAX_PHRASING = 300  # characters; what is longer tells a story and teaches little


class Reader:
    """Reads a folder of content, or texts by their paths in it; `problems` and `documents` fill while `library` is built."""

    def __init__(self, source: Path | Mapping[str, str], *, number: int | None = None) -> None:
        texts, problems = read_folder(source) if isinstance(source, Path) else (source, [])
        self.texts, self.number = texts, number
        self.problems: list[Problem] = problems
        self.documents: dict[str, Document] = {}  # by «notice/250697», «entry/deadline», «criterion/age»

    def library(self) -> Library:
        """Return all that could be read; what could not is in `problems`."""
        notices = {d.values["id"]: n for d in self._documents("notice", "notices") if (n := self._formed(d, self._notice))}
        criteria = {d.values["id"]: c for d in self._documents("criterion", "criteria") if (c := self._formed(d, self._criterion))}
        entries = {d.values["id"]: e for d in self._documents("entry", "entries") if (e := self._formed(d, self._entry))}
        return Library(notices, dict(sorted(entries.items())), criteria, version(self.texts, self.number))

    def _documents(self, kind: str, folder: str) -> Iterator[Document]:
        for path in sorted(path for path in self.texts if path.startswith(f"{folder}/")):
            read = parse_document(self.texts[path], file=path)
            if isinstance(read, Problem):
                self.problems.append(read)
                continue
            expected = PurePosixPath(path).relative_to(folder).with_suffix("").as_posix()
            if read.values.get("id") != expected:
                self._fault(read, ("id",), "id", f"The id is {read.values.get('id')!r}, the file's name says {expected!r}.", "Make them the same.")
                continue
            self.documents[f"{kind}/{expected}"] = read
            yield read

    def _formed(self, document: Document, build: Callable[[Document], _Made | None]) -> _Made | None:
        """Return what `build` makes of `document`; a value of another form than any (a list for a text) is told, not raised."""
        try:
            return build(document)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            self._fault(document, (), "form", f"A value has another form than it should: {error}.", "Compare the file with a neighbouring one.")
            return None

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
            phrasings=self._phrasings(document),
        )

    def _phrasings(self, document: Document) -> dict[Locale, tuple[str, ...]]:
        raw = document.values.get("phrasings")
        mend = "Write «phrasings: {en: […], fr: […]}», each a list of questions."
        if raw is not None and not (isinstance(raw, dict) and set(raw) <= set(LOCALES)):
            self._fault(document, ("phrasings",), "phrasings", "The phrasings are not listed by language.", mend)
            return {}
        found: dict[Locale, tuple[str, ...]] = {}
        for locale in LOCALES:
            texts = _mapping(raw).get(locale) or []
            if not isinstance(texts, list) or any(not isinstance(text, str) or not text.strip() or len(text) > MAX_PHRASING for text in texts):
                self._fault(document, ("phrasings", locale), "phrasings", f"A phrasing is empty, no text or longer than {MAX_PHRASING} characters.", mend, locale)
            elif texts:
                found[locale] = tuple(text.strip() for text in texts)
        return found

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


def version(texts: Mapping[str, str], number: int | None = None) -> str:
    """Return what names every word that can be said: a fingerprint of the documents and the catalogues, behind the release's number if it is one."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(name.encode() + b"\0" + texts[name].encode() + b"\0")
    for locale in LOCALES:
        digest.update(locale.encode() + b"\0" + assistant_catalogue(locale).read_bytes() + b"\0")
    fingerprint = digest.hexdigest()[:12]
    return fingerprint if number is None else f"{number}-{fingerprint}"


def _mapping(raw: Any) -> dict[str, Any]:
    return raw if isinstance(raw, dict) else {}
