"""Logging in and out."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace

from aiohttp import web
from aiohttp_session import get_session, new_session

from bot.records import accounts
from bot.records.accounts import Account, Lockout
from bot.records.passwords import Passwords
from bot.settings import Settings
from bot.web.api import CLOCK, SETTINGS
from bot.web.language import NAMED
from bot.web.limits import Gate
from bot.web.problem import Refused
from bot.web.recording import writing
from bot.web.sharing.meeting import Meeting
from bot.web.staff.access import CSRF, check_form, requires
from bot.web.staff.navigation import places_of
from bot.web.staff.sessions import ACCOUNT, WHOSE
from bot.web.staff.shell import locale_of, page

PASSWORDS = web.AppKey("passwords", Passwords)
LOGIN_GATE = web.AppKey("login_gate", Gate)
FORM_COOKIE = "guichet_form"
AT_ONCE = 4  # passwords verified at the same time: each costs 64 MiB and a core for a moment
MAX_NAME = 64
MAX_NEXT = 500
routes = web.RouteTableDef()


def login_gate(settings: Settings, meeting: Meeting | None = None) -> Gate:
    """Return what lets attempts to log in through; processes that share `meeting` count together."""
    return Gate(replace(settings, messages_per_minute=settings.logins_per_minute, max_waiting=AT_ONCE), meeting, what="logins")


@routes.get("/login")
async def form(request: web.Request) -> web.Response:
    """Show the form, or lead on whoever is logged in."""
    await get_session(request)
    if account := request.get(ACCOUNT):
        raise web.HTTPSeeOther(_onward(request.query.get("next", ""), account))
    return _form(request, status=200, name="", wanted=request.query.get("next", ""), key=None)


@routes.post("/login")
async def log_in(request: web.Request) -> web.Response:
    """Begin a session for a right name and password; whatever is wrong, the words and the time taken are the same."""
    request[NAMED] = locale_of(request)
    sent = await request.post()
    name, password, wanted = (str(sent.get(field, "")) for field in ("name", "password", "next"))
    name = name.strip().lower()[:MAX_NAME]
    try:
        await check_form(request, request.cookies.get(FORM_COOKIE))
        await request.app[LOGIN_GATE].check(request.remote or "")
        async with request.app[LOGIN_GATE].room():
            account = await _verified(request.app, name, password)
    except Refused as refused:
        response = _form(request, status=refused.status, name=name, wanted=wanted, key=refused.key)
        if refused.retry_after:
            response.headers["Retry-After"] = str(refused.retry_after)
        return response
    if account is None:
        return _form(request, status=401, name=name, wanted=wanted, key="login-wrong")
    session = await new_session(request)
    session[WHOSE], session[CSRF] = account.name, secrets.token_urlsafe(32)
    raise web.HTTPSeeOther(_onward(wanted, account))


@routes.post("/logout")
@requires()
async def log_out(request: web.Request) -> web.Response:
    """End the session."""
    (await get_session(request)).invalidate()
    raise web.HTTPSeeOther("/login")


async def _verified(app: web.Application, name: str, password: str) -> Account | None:
    now, passwords, settings = app[CLOCK](), app[PASSWORDS], app[SETTINGS]
    lockout = Lockout(settings.login_failures, settings.login_lock_minutes)
    kept = await writing(app, lambda connection: accounts.attempt(connection, name, now=now, lockout=lockout))
    if not await asyncio.to_thread(passwords.fits, kept, password):
        return None
    return await writing(app, lambda connection: accounts.succeeded(connection, name, now=now))


def _form(request: web.Request, *, status: int, name: str, wanted: str, key: str | None) -> web.Response:
    token = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(32)
    settings = request.app[SETTINGS]
    minutes = settings.login_lock_minutes
    response = page(request, "staff/login.html", status=status, name=name, wanted=wanted[:MAX_NEXT], key=key, token=token, failures=settings.login_failures, minutes=minutes)
    response.set_cookie(FORM_COOKIE, token, httponly=True, samesite="Strict", secure=settings.https, path="/login")
    return response


def _onward(wanted: str, account: Account) -> str:
    """Return where to go after logging in: an address of ours that was asked for, else the account's first page."""
    ours = wanted.startswith("/") and wanted[1:2] not in {"/", "\\"} and wanted.isprintable() and "\\" not in wanted and len(wanted) <= MAX_NEXT
    places = places_of(account)
    return wanted if ours and not wanted.startswith("/login") else places[0].address if places else "/"
