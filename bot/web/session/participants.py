"""Participants: a random cookie each, of which only a keyed hash is ever kept, and how much one of them may send."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import replace

from aiohttp import web

from bot.records.webinars import Webinar
from bot.settings import Settings
from bot.web.api import SETTINGS
from bot.web.limits import Gate
from bot.web.problem import Refused
from bot.web.sharing.meeting import Meeting
from bot.web.staff.access import same_origin

COOKIE = "guichet_participant"
DAY_SECONDS = 24 * 3600
_TOKEN = re.compile(r"[\w-]{22}")


class Doors:
    """The limits at the public page: by participant, and by address against those who throw their cookie away; one count for all processes that share `meeting`."""

    def __init__(self, settings: Settings, meeting: Meeting | None = None) -> None:
        self.asks = Gate(replace(settings, messages_per_minute=settings.webinar_asks), meeting, what="session-asks")
        self.requests = Gate(replace(settings, messages_per_minute=settings.webinar_requests), meeting, what="session-requests")


DOORS = web.AppKey("doors", Doors)


def token_of(request: web.Request) -> str:
    """Return the cookie of whoever asks, "" for none."""
    token = request.cookies.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


def welcome(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Give whoever opens the page the cookie `token`, unless there is one."""
    if not token_of(request):
        secure = request.app[SETTINGS].https
        response.set_cookie(COOKIE, token, max_age=DAY_SECONDS, path="/session", httponly=True, samesite="Strict", secure=secure)


def form_key(token: str, webinar: Webinar) -> str:
    """Return what the page's own forms carry, so that no other site can send them, not even from a browser that knows nothing of SameSite."""
    return hmac.new(webinar.secret, b"form\0" + token.encode(), hashlib.sha256).hexdigest()[:32]


async def participant(request: web.Request, webinar: Webinar, *, key: str | None = None) -> bytes:
    """Return who sends `request`, as kept; raises `Refused` for another site's request, one without our cookie, or one too many.

    A form, which any site's page could send, has to bring its `key` as well.
    """
    token = token_of(request)
    if not same_origin(request) or not token or (key is not None and not hmac.compare_digest(key.encode("utf-8", "replace"), form_key(token, webinar).encode())):
        raise Refused(403, "session-error-cookie")
    await request.app[DOORS].requests.check(request.remote or "")
    return hashed(token, webinar)


def hashed(token: str, webinar: Webinar) -> bytes:
    """Return what is kept of a cookie: nothing that could be recognised in another session."""
    return hmac.new(webinar.secret, b"participant\0" + token.encode(), hashlib.sha256).digest()[:16]
