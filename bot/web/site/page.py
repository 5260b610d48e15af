"""One page in one language, complete: a library, a day and the addresses of its neighbours in, HTML out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.content.model import Library
from bot.content.wording import date_words
from bot.i18n.catalogue import phrase, plural
from bot.i18n.locale import LOCALES, Locale, other
from bot.web.site.markup import faq_page
from bot.web.site.outline import Item, topics
from bot.web.site.places import standing

NAMES: Mapping[Locale, str] = {"en": "English", "fr": "Français"}
# Every phrase that the templates say as it stands.
_SAID = (
    "site-answers-from",
    "site-ask",
    "site-ask-intro",
    "site-careers",
    "site-contents",
    "site-contents-back",
    "site-counts",
    "site-crumbs",
    "site-description",
    "site-in-other",
    "site-lead",
    "site-notices",
    "site-organisation",
    "site-past",
    "site-skip",
    "site-source",
    "site-title",
    "site-whole-topic",
)


@dataclass(frozen=True)
class Addresses:
    """Where a page finds its neighbours; `assistant` is a page with the widget, or None where there is none."""

    styles: tuple[str, ...]
    emblem: str
    pages: Mapping[Locale, str]
    assistant: str | None

    def asking(self, item: Item | None, locale: Locale) -> str:
        """Return the address that opens the widget, and asks `item` where one is given."""
        query = {"lang": locale, **({"notice": item.notice} if item and item.notice else {})}
        entry = f"/{quote(item.id, safe='')}" if item else ""
        return f"{self.assistant}?{urlencode(query)}#guichet{entry}"


def faq(library: Library, locale: Locale, addresses: Addresses, *, now: datetime) -> str:
    """Return the page with every question and answer as they stand at `now`."""
    zone = next(iter(library.notices.values())).zone
    day = now.astimezone(zone).date()
    grouped = topics(library, locale, now=now)
    return _template("faq.html").render(
        locale=locale,
        other=other(locale),
        languages=[(tag, NAMES[tag]) for tag in LOCALES],
        say={key: phrase(key, locale) for key in _SAID},
        count=lambda number: plural("site-questions", number, locale),
        quoted=lambda section: phrase("site-quoted", locale, section=section),
        addresses=addresses,
        topics=grouped,
        total=sum(len(topic.items) for topic in grouped),
        notices=[standing(notice, locale, now=now) for notice in library.notices.values()],
        day=day,
        valid=phrase("site-valid", locale, date=date_words(now, locale, zone=zone)),
        version=phrase("site-version", locale, version=library.version),
        markup=faq_page(grouped, locale, name=phrase("site-title", locale), day=day, version=library.version),
    )


def door(addresses: Addresses) -> str:
    """Return the page that stands before the two languages."""
    choices = [(tag, NAMES[tag], phrase("site-title", tag), phrase("site-description", tag)) for tag in LOCALES]
    return _template("door.html").render(addresses=addresses, choices=choices, organisation={tag: phrase("site-organisation", tag) for tag in LOCALES})


@cache
def _template(name: str) -> Template:
    return Environment(loader=PackageLoader("bot.web.site"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).get_template(name)
