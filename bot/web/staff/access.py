"""Who may: pages and JSON for accounts with a role, and nothing changed at another site's bidding."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from aiohttp import web
from aiohttp_session import Session, get_session

from bot.records.accounts import Account, Role
from bot.web.language import NAMED
from bot.web.problem import Handler, Refused, key_of
from bot.web.staff.sessions import ACCOUNT
from bot.web.staff.shell import locale_of, page

CSRF = "csrf"  # the name in the session, in forms and in the page's <meta>
CSRF_HEADER = "X-CSRF-Token"
_SAFE = {"GET", "HEAD", "OPTIONS"}
Guarded = Callable[[web.Request], Awaitable[web.StreamResponse]]


def requires(*roles: Role, body: int | None = None) -> Callable[[Handler], Guarded]:
    """Let a handler answer only accounts with one of `roles` (none named: any account); `body` allows larger bodies, in bytes.

    Whoever is not logged in is sent to the log-in page, or told 401 where no page was asked for; the wrong role is told 403.
    """

    def guard(handler: Handler) -> Guarded:
        @wraps(handler)
        async def guarded(request: web.Request) -> web.StreamResponse:
            request[NAMED] = locale_of(request)
            try:
                allowed = await _allowed(request, roles, body)
                return await handler(allowed)
            except Refused as refused:
                if not wants_page(request):
                    raise
                return _told(request, refused.status, refused.key, refused.retry_after)
            except web.HTTPException as error:
                if error.status < HTTPStatus.BAD_REQUEST or not wants_page(request):
                    raise
                return _told(request, error.status, key_of(error.status), None)

        return guarded

    return guard


def who(request: web.Request) -> Account:
    """Return the account that makes `request`; only behind `requires`."""
    return request[ACCOUNT]


def wants_page(request: web.Request) -> bool:
    """Tell whether a person will read the response, not a script."""
    return "/api/" not in request.path and "text/html" in request.headers.get("Accept", "")


async def check_form(request: web.Request, expected: str | None) -> None:
    """Refuse a request of another site's, or one without the token that our own pages carry."""
    given = request.headers.get(CSRF_HEADER)
    if same_origin(request) and given is None and request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        field = (await request.post()).get(CSRF)
        given = field if isinstance(field, str) else None
    if not same_origin(request) or not expected or not given or not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise Refused(403, "error-csrf")


def same_origin(request: web.Request) -> bool:
    """Tell whether the browser says, or does not deny, that one of our own pages asks."""
    origin = request.headers.get("Origin")
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"} and (origin is None or urlsplit(origin).netloc == request.host)


async def _allowed(request: web.Request, roles: tuple[Role, ...], body: int | None) -> web.Request:
    session: Session = await get_session(request)
    account = request.get(ACCOUNT)
    if account is None:
        if wants_page(request):
            here = str(request.rel_url) if request.method in _SAFE else request.path
            raise web.HTTPSeeOther(f"/login?{urlencode({'next': here})}")
        raise Refused(401, "error-login")
    if roles and not account.roles & set(roles):
        raise Refused(403, "error-role")
    if body:
        request = request.clone(client_max_size=body)  # the session is loaded before: both requests share it
    if request.method not in _SAFE:
        await check_form(request, session.get(CSRF))
    return request


def _told(request: web.Request, status: int, key: str, retry_after: int | None) -> web.Response:
    response = page(request, "staff/problem.html", status=status, key=key)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response
