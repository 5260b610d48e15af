"""What stands on a page: the questions by topic, each with what is said of it, for which notices and on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.content.model import TOPICS, Entry, Kind, Library, Notice
from bot.content.render import Link, Rendered, State, render
from bot.content.wording import join
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale, other
from bot.web.site.places import Place, places

SHOWN: tuple[Kind, ...] = ("answer", "not_in_notice")
_BULLET = "• "


@dataclass(frozen=True)
class Part:
    """A paragraph of one line, or a list of several."""

    is_list: bool
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """One wording and the notices that share it; `office` names them where others have another."""

    office: str
    text: str
    state: State
    places: tuple[Place, ...]
    links: tuple[Link, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The text as paragraphs and lists."""
        return paragraphs(self.text)


@dataclass(frozen=True)
class Item:
    """One question with its answers."""

    id: str
    question: str
    elsewhere: str
    kind: Kind
    notice: str | None
    said: tuple[Said, ...]

    @property
    def text(self) -> str:
        """The whole answer in plain text, as the assistant gives it."""
        return "\n".join(f"{one.office}\n{one.text}" if one.office else one.text for one in self.said)


@dataclass(frozen=True)
class Topic:
    """The questions on one subject."""

    id: str
    label: str
    items: tuple[Item, ...]


def topics(library: Library, locale: Locale, *, now: datetime) -> tuple[Topic, ...]:
    """Return every question of a kind that is shown, grouped in the order of the topics."""
    entries = [entry for kind in SHOWN for entry in library.of_kind(kind)]
    found = []
    for topic in TOPICS:
        items = tuple(_item(library, entry, locale, now) for entry in entries if entry.topic == topic)
        if items:
            found.append(Topic(topic, phrase(f"topic-{topic}", locale), items))
    return tuple(found)


def paragraphs(text: str) -> tuple[Part, ...]:
    """Return the lines of `text` as paragraphs, those that begin with a bullet as lists."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    found: list[Part] = []
    for is_list, group in groupby(lines, key=lambda line: line.startswith(_BULLET)):
        if is_list:
            found.append(Part(is_list=True, lines=tuple(line.removeprefix(_BULLET) for line in group)))
        else:
            found += [Part(is_list=False, lines=(line,)) for line in group]
    return tuple(found)


def _item(library: Library, entry: Entry, locale: Locale, now: datetime) -> Item:
    concerned = [notice for notice in library.notices.values() if entry.concerns(notice)]
    groups: dict[str, list[Notice]] = {}
    for notice in concerned:
        text = "" if entry.together else render(library, entry, [notice], locale, now=now).text
        groups.setdefault(text, []).append(notice)
    differ = len(groups) > 1
    said = tuple(_said(library, render(library, entry, group, locale, now=now), _office(group, locale) if differ else "", locale, now) for group in groups.values())
    only = concerned[0].reference if len(concerned) == 1 else None
    return Item(entry.id, entry.question[locale], entry.question[other(locale)], entry.kind, only, said)


def _said(library: Library, rendered: Rendered, office: str, locale: Locale, now: datetime) -> Said:
    return Said(office, rendered.text, rendered.state, places(library, rendered.sources, locale, now=now), rendered.links)


def _office(notices: list[Notice], locale: Locale) -> str:
    names = [f"{notice.words('office-name', locale)} ({notice.reference})" for notice in notices]
    return phrase("for-office", locale, office=join(names, locale))
