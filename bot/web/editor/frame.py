"""What every page of the editors shares: its parts, what waits to be published, and the words of its scripts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from aiohttp import web

from bot.content.model import Library
from bot.i18n.catalogue import unfilled
from bot.web.editor.telling import mend, message
from bot.web.problem import Refused
from bot.web.publishing.desk import NoRelease
from bot.web.publishing.following import CONTENT
from bot.web.staff.shell import locale_of, page

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
    return page(request, f"editor/templates/{template}", parts=PARTS, part=part, waiting=len(waiting), troubles=troubles(request), words=words, **values)


def troubles(request: web.Request) -> list[str]:
    """Return what is wrong with content that could not be published, in words."""
    locale = locale_of(request)
    return [f"{one.file} {message(one, locale)} {mend(one, locale)}".strip() for one in request.app[CONTENT].problems]


def titles(library: Library, locale: Any) -> dict[str, str]:
    """Return the notices' titles by reference."""
    return {reference: notice.words("title", locale) for reference, notice in library.notices.items()}
