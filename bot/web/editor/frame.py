"""What every page of the editors shares: its parts, what waits to be published, and the words of its scripts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from aiohttp import web
from babel.dates import format_datetime

from bot.content.draft_check import is_document_path
from bot.content.model import Library
from bot.i18n.catalogue import unfilled
from bot.i18n.locale import Locale, babel_locale
from bot.web.editor.telling import mend, message
from bot.web.problem import Refused
from bot.web.publishing.desk import NoRelease
from bot.web.publishing.following import CONTENT
from bot.web.staff.shell import locale_of, page

HOUSE = ZoneInfo("Europe/Brussels")  # where the editors work
PARTS = (
    ("/editor", "editor-part-list"),
    ("/editor/notices", "editor-part-notices"),
    ("/editor/try", "editor-part-try"),
    ("/editor/tables", "editor-part-tables"),
    ("/editor/publish", "editor-part-publish"),
)
_Result = TypeVar("_Result")


async def at_the_desk(work: Callable[..., _Result], *values: Any, **named: Any) -> _Result:
    """Return what `work` returns, done in a thread; a desk without a release is told as such."""
    try:
        return await asyncio.to_thread(work, *values, **named)
    except NoRelease as error:
        raise Refused(503, "editor-no-release", retry_after=5) from error


async def part_of(request: web.Request, template: str, part: str, /, **values: Any) -> web.Response:
    """Return the page of one part of the editors' pages."""
    _, waiting, _ = await at_the_desk(request.app[CONTENT].desk.documents)
    words = unfilled("ed-", locale_of(request))
    return page(request, f"editor/templates/{template}", parts=PARTS, part=part, waiting=len(waiting), date_time=date_time, troubles=troubles(request), words=words, **values)


def troubles(request: web.Request) -> list[tuple[str, str]]:
    """Return what is wrong with content that could not be published: the document, where it is one, and words."""
    locale = locale_of(request)
    return [(one.file if is_document_path(one.file) else "", f"{message(one, locale)} {mend(one, locale)}") for one in request.app[CONTENT].problems]


def titles(library: Library, locale: Locale) -> dict[str, str]:
    """Return the notices' titles by reference."""
    return {reference: notice.words("title", locale) for reference, notice in library.notices.items()}


def date_time(moment: datetime, locale: Locale) -> str:
    """Return a moment as people write it, on the clock of the notices."""
    return str(format_datetime(moment.astimezone(HOUSE), "d MMMM y, HH:mm", locale=babel_locale(locale)))
