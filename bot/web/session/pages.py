"""The public page of a session: ask, get the curated answer at once, see what others ask, vote; its forms work without scripts too."""

from __future__ import annotations

import secrets
from typing import Any

from aiohttp import web

from bot.i18n.catalogue import phrase
from bot.i18n.locale import LOCALES, Locale
from bot.records.webinars import Webinar
from bot.web.api import ASSISTANT, CLOCK
from bot.web.language import NAMED
from bot.web.moderator.answers import answer_json, answering_entries
from bot.web.moderator.host import host_of
from bot.web.problem import Refused
from bot.web.session import asking
from bot.web.session.listing import LISTS
from bot.web.session.participants import form_key, hashed, token_of, welcome
from bot.web.session.words import SESSION_KEYS
from bot.web.staff.shell import NAMES, locale_of, page
from bot.webinar.live import Live

MAX_DIGITS = 7
routes = web.RouteTableDef()


@routes.get("/session/{code:[a-z0-9]+}")
async def show(request: web.Request) -> web.Response:
    """Show the page; whoever opens it gets a cookie to vote with. ``?asked=`` shows what there is to say to a message, ``?answer=`` an entry's answer."""
    webinar = await host_of(request).webinar(request.match_info["code"])
    live, locale = await host_of(request).live(webinar.code), locale_of(request)
    return await _page(request, live, webinar, reply=_reply(request, live, locale))


@routes.post("/session/{code:[a-z0-9]+}/ask")
async def ask(request: web.Request) -> web.Response:
    """Let in a question that was sent by the form, and lead to what there is to say."""
    form = await request.post()
    text = form.get("text")
    try:
        _, questions = await asking.ask(request, text.replace("\r\n", "\n") if isinstance(text, str) else text, key=str(form.get("key", "")))
    except Refused as refused:
        return await _refused(request, refused, text=text if isinstance(text, str) else "")
    request.app[LISTS].stale(request.match_info["code"])
    raise web.HTTPSeeOther(f"{request.path.removesuffix('/ask')}?language={locale_of(request)}&asked={questions[0].message}#reply")


@routes.post("/session/{code:[a-z0-9]+}/vote")
async def vote(request: web.Request) -> web.Response:
    """Count, or take back, a vote that was given by a button of the form."""
    form = await request.post()
    wanted = "take-back" not in form
    try:
        await asking.vote(request, form.get("vote" if wanted else "take-back"), wanted=wanted, key=str(form.get("key", "")))
    except Refused as refused:
        return await _refused(request, refused)
    request.app[LISTS].stale(request.match_info["code"])
    raise web.HTTPSeeOther(f"{request.path.removesuffix('/vote')}?language={locale_of(request)}#asked-title")


async def _refused(request: web.Request, refused: Refused, *, text: str = "") -> web.Response:
    """Show the page with what is wrong; nothing that was typed is lost."""
    request[NAMED] = locale_of(request)
    webinar = await host_of(request).webinar(request.match_info["code"])
    response = await _page(request, await host_of(request).live(webinar.code), webinar, text=text, fault=phrase(refused.key, locale_of(request)), status=refused.status)
    if refused.retry_after:
        response.headers["Retry-After"] = str(refused.retry_after)
    return response


def _reply(request: web.Request, live: Live, locale: Locale) -> asking.Told | None:
    """Return what the address asks to be told, None for nothing."""
    library, number, entry = request.app[ASSISTANT].library, request.query.get("asked", ""), request.query.get("answer", "")
    if number.isascii() and number.isdigit() and len(number) <= MAX_DIGITS and (questions := asking.message(live, int(number))):
        return asking.told(request, live, questions, locale)
    if entry in answering_entries(library):
        return asking.Told([answer_json(library, library.entries[entry], live.webinar.notice, locale, now=request.app[CLOCK]())], -1, aside=False, divided=1)
    return None


async def _page(request: web.Request, live: Live, webinar: Webinar, *, reply: asking.Told | None = None, text: str = "", fault: str = "", status: int = 200) -> web.Response:
    locale, token = locale_of(request), token_of(request) or secrets.token_urlsafe(16)
    address = f"/session/{webinar.code}"
    voted = live.voted(hashed(token, webinar)) if token_of(request) else set[str]()
    listed = await request.app[LISTS].get(request, locale)
    data: dict[str, Any] = {"code": webinar.code, "open": webinar.is_open, "voted": sorted(voted), "words": {key: phrase(key, locale, number="{number}") for key in SESSION_KEYS}}
    shown: dict[str, Any] = {
        "address": address,
        "languages_here": [(tag, NAMES[tag], f"{address}?language={tag}") for tag in LOCALES],
        "items": listed.items,
        "voted": voted,
        "key": form_key(token, webinar),
        "reply": reply,
        "text": text,
        "fault": fault,
    }
    response = page(request, "session/templates/session.html", status=status, webinar=webinar, data=data, **shown)
    welcome(request, response, token)
    return response
