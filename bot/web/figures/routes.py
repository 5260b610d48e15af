"""The editors' figures: what was asked and how it ended, over time, by language and by topic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, timedelta
from functools import partial

from aiohttp import web
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from bot.i18n.catalogue import phrase
from bot.i18n.locale import LOCALES, Locale, babel_locale, parse_locale
from bot.records import counts
from bot.web.api import ASSISTANT, CLOCK
from bot.web.figures.chart import Chart, lying, upright
from bot.web.figures.figures import ASKED_ABOUT, Figures, Span, figures
from bot.web.recording import reading
from bot.web.staff.access import requires
from bot.web.staff.shell import locale_of, page

PERIODS = (7, 30, 90, 365)
SPAN_KEYS: dict[Span, str] = {"day": "figures-day", "week": "figures-week", "month": "figures-month"}
SERIES_KEYS = {"en": "missed-in-en", "fr": "missed-in-fr", "answered": "figures-answered", "clarified": "figures-clarified", "declined": "figures-declined"}
ENDED = ("answered", "clarified", "declined")
routes = web.RouteTableDef()


@routes.get("/editor/figures")
@requires("editor")
async def index(request: web.Request) -> web.Response:
    """Show the figures of some days, of all or of one language and topic."""
    locale, library = locale_of(request), request.app[ASSISTANT].library
    days = _chosen_days(request.query.get("days", ""))
    topic = request.query.get("topic") if request.query.get("topic") in ASKED_ABOUT else None
    tag = request.query.get("in", "")
    only = parse_locale(tag) if tag in LOCALES else None
    last = request.app[CLOCK]().astimezone(next((notice.zone for notice in library.notices.values()), UTC)).date()
    first = last - timedelta(days=days - 1)
    counted = await reading(request.app, lambda connection: counts.between(connection, first, last))
    found = figures(counted, first, last, topic=topic, locale=only)
    named = partial(_named, locale, found.span)
    return page(
        request, "figures/page.html", found=found, days=days, periods=PERIODS, topic=topic, language=only, topics=ASKED_ABOUT, entries=library.entries, span=SPAN_KEYS[found.span],
        asked=_asked(found, named), ended=_ended(found, named), topics_chart=_topics(found, locale), named=named, series=SERIES_KEYS, tables=ENDED,
        number=partial(format_decimal, locale=babel_locale(locale)), percent=partial(_percent, locale), day=partial(format_date, format="d MMM y", locale=babel_locale(locale)),
    )  # fmt: skip


def _chosen_days(text: str) -> int:
    return next((days for days in PERIODS if str(days) == text), 30)


def _asked(found: Figures, named: Callable[[date], str]) -> Chart:
    shown: Sequence[Locale] = LOCALES
    return upright([named(start) for start, _ in found.asked_by_period], {tag: [numbers[tag] for _, numbers in found.asked_by_period] for tag in shown})


def _ended(found: Figures, named: Callable[[date], str]) -> Chart:
    return upright([named(start) for start, _ in found.by_period], {name: [getattr(tally, name) for _, tally in found.by_period] for name in ENDED})


def _topics(found: Figures, locale: Locale) -> Chart:
    names = [phrase(f"topic-{topic}", locale) for topic, _ in found.by_topic]
    return lying(names, {tag: [found.asked_by_topic[topic][tag] for topic, _ in found.by_topic] for tag in LOCALES})


def _named(locale: Locale, span: Span, start: date) -> str:
    return str(format_skeleton("yMMM" if span == "month" else "MMMd", start, locale=babel_locale(locale)))


def _percent(locale: Locale, share: float | None) -> str:
    return "–" if share is None else str(format_percent(share, locale=babel_locale(locale)))
