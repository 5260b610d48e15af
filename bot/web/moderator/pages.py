"""The moderators' pages: the list of sessions, a board, the large view, and the forms that open and end a session."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from sqlalchemy.engine import Connection

from bot.content.model import Library
from bot.content.wording import date_words
from bot.i18n.catalogue import phrase
from bot.records import accounts, webinars
from bot.records.deeds import Deed, record
from bot.records.webinars import Webinar
from bot.web.api import ASSISTANT, CLOCK, SETTINGS
from bot.web.moderator.answers import answering_entries
from bot.web.moderator.host import host_of
from bot.web.moderator.words import SHORTCUTS, board_words
from bot.web.problem import Refused
from bot.web.recording import DATABASE, reading, writing
from bot.web.staff.access import requires, who
from bot.web.staff.shell import locale_of, page

MAX_TITLE = 120
routes = web.RouteTableDef()


@routes.get("/moderator")
@requires("moderator")
async def sessions(request: web.Request) -> web.Response:
    """List the sessions, and offer to open one."""
    return await _list(request)


@routes.post("/moderator")
@requires("moderator")
async def open_one(request: web.Request) -> web.Response:
    """Open a session."""
    form = await request.post()
    title, notice = " ".join(str(form.get("title", "")).split()), str(form.get("notice", "")) or None
    if not title or len(title) > MAX_TITLE:
        return await _list(request, title=title, key="moderator-error-title", status=422)
    if notice is not None and notice not in request.app[ASSISTANT].library.notices:
        raise Refused(422, "error-notice")
    rehearsal, now, by = form.get("rehearsal") == "yes", request.app[CLOCK](), who(request).name

    def begin(connection: Connection) -> Webinar:
        begun = webinars.begin(connection, title, notice=notice, rehearsal=rehearsal, by=by, now=now)
        record(connection, Deed(now, by, "webinar-opened", begun.code))
        return begun

    begun = await writing(request.app, begin)
    raise web.HTTPSeeOther(f"/moderator/{begun.code}")


@routes.get("/moderator/{code:[a-z0-9]+}")
@requires("moderator")
async def board(request: web.Request) -> web.Response:
    """Show a session's board."""
    webinar = await host_of(request).webinar(request.match_info["code"])
    locale, library = locale_of(request), request.app[ASSISTANT].library
    people = await reading(request.app, lambda connection: [account.name for account in accounts.accounts(connection) if "moderator" in account.roles])
    entries = {key: {"question": entry.question[locale], "answers": True} for key, entry in answering_entries(library).items()}
    entries |= {entry.id: {"question": entry.question[locale], "answers": False} for entry in library.of_kind("not_in_notice")}
    data = {
        "code": webinar.code,
        "open": webinar.is_open,
        "me": who(request).name,
        "zone": str(zone_of(library, webinar.notice)),
        "moderators": people,
        "entries": entries,
        "words": board_words(locale),
    }
    return page(request, "moderator/templates/board.html", data=data, shortcuts=SHORTCUTS, **_common(request, webinar))


@routes.get("/moderator/{code:[a-z0-9]+}/present")
@requires("moderator")
async def present(request: web.Request) -> web.Response:
    """Show what is being answered in large type, for a second screen."""
    webinar = await host_of(request).webinar(request.match_info["code"])
    library, locale = request.app[ASSISTANT].library, locale_of(request)
    entries = {key: entry.question for key, entry in answering_entries(library).items()}
    data = {"code": webinar.code, "entries": entries, "locale": locale}
    return page(request, "moderator/templates/present.html", data=data, **_common(request, webinar))


@routes.post("/moderator/{code:[a-z0-9]+}/{what:end|reopen|erase}")
@requires("moderator")
async def turn(request: web.Request) -> web.Response:
    """End a session, open it again, or erase it."""
    host, what, code = host_of(request), request.match_info["what"], request.match_info["code"]
    webinar, now, by = await host.webinar(code), request.app[CLOCK](), who(request).name

    def change(connection: Connection) -> None:
        if what == "end":
            webinars.close(connection, code, now=now)
        elif what == "reopen":
            webinars.reopen(connection, code)
        else:
            webinars.erase(connection, code)
        record(connection, Deed(now, by, f"webinar-{what}", code))
        if webinar.rehearsal and what == "end":
            record(connection, Deed(now, by, "webinar-wiped", code))

    await writing(request.app, change)
    host.forget(code)
    if what == "erase" or (what == "end" and webinar.rehearsal):
        await settle(request)
        raise web.HTTPSeeOther("/moderator")
    raise web.HTTPSeeOther(f"/moderator/{code}")


async def settle(request: web.Request) -> None:
    """Let nothing of what was erased stand in the database's log."""
    await asyncio.to_thread(request.app[DATABASE].settle)


def share_address(request: web.Request, webinar: Webinar) -> str:
    """Return the address that participants are given."""
    scheme = "https" if request.app[SETTINGS].https else request.scheme
    return f"{scheme}://{request.host}/session/{webinar.code}"


def zone_of(library: Library, notice: str | None) -> ZoneInfo:
    """Return the time zone in which a session about `notice`, or about all of them, is held."""
    return (library.notices.get(notice or "") or next(iter(library.notices.values()))).zone


def words_of(request: web.Request) -> Callable[[datetime], str]:
    """Return what says the day of a moment on this page."""
    locale, zone = locale_of(request), zone_of(request.app[ASSISTANT].library, None)
    return lambda moment: date_words(moment, locale, zone=zone)


def _common(request: web.Request, webinar: Webinar) -> dict[str, Any]:
    return {"webinar": webinar, "until": webinar.kept_until(request.app[SETTINGS].webinar_days), "share": share_address(request, webinar), "words_of": words_of(request)}


async def _list(request: web.Request, *, title: str = "", key: str | None = None, status: int = 200) -> web.Response:
    found = await reading(request.app, webinars.webinars)
    locale, days = locale_of(request), request.app[SETTINGS].webinar_days
    library = request.app[ASSISTANT].library
    choices = [(notice.reference, notice.words("title", locale)) for notice in library.notices.values()]
    listed = [(webinar, webinar.kept_until(days)) for webinar in found]
    message = phrase(key, locale) if key else None
    return page(request, "moderator/templates/sessions.html", status=status, listed=listed, notices=choices, title=title, message=message, words_of=words_of(request))
