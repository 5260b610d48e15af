"""Errors as RFC 9457 problem documents, titled in the request's language."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

from bot.i18n.catalogue import phrase
from bot.records.database import Unavailable
from bot.web.language import wanted_locale

log = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
RETRY_SECONDS = 5


class Refused(Exception):
    """A request that cannot be served: `key` names the phrase that says why."""

    def __init__(self, status: int, key: str, *, detail: str | None = None, retry_after: int | None = None) -> None:
        super().__init__(f"{status} {key}")
        self.status, self.key, self.detail, self.retry_after = status, key, detail, retry_after


_KEYS = {400: "error-malformed", 404: "error-not-found", 405: "error-method", 408: "error-slow", 413: "error-too-large", 415: "error-not-json", 503: "error-not-ready"}


def problem(request: web.Request, status: int, key: str, *, detail: str | None = None, headers: dict[str, str] | None = None) -> web.Response:
    """Return the document for an error; it never shows what went wrong inside."""
    body = {"type": "about:blank", "title": phrase(key, wanted_locale(request)), "status": status}
    if detail:
        body["detail"] = detail
    return web.Response(body=json.dumps(body, ensure_ascii=False).encode(), status=status, content_type="application/problem+json", headers=headers)


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error into a problem document."""
    try:
        return await handler(request)
    except Refused as refused:
        headers = {"Retry-After": str(refused.retry_after)} if refused.retry_after else None
        return problem(request, refused.status, refused.key, detail=refused.detail, headers=headers)
    except (web.RequestPayloadError, ConnectionResetError):  # packed badly or cut off; or whoever asked has gone
        return problem(request, 400, "error-malformed")
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        kept = {name: error.headers[name] for name in ("Allow",) if name in error.headers}
        return problem(request, error.status, key_of(error.status), headers=kept)
    except Unavailable as error:
        log.warning("records unavailable route=%s cause=%s", _route(request), error)
        return problem(request, 503, "error-records", headers={"Retry-After": str(RETRY_SECONDS)})
    except Exception:
        log.exception("failed method=%s route=%s", request.method, _route(request))  # never the body: it may hold personal data
        return problem(request, 500, "error-inside")


def key_of(status: int) -> str:
    """Return the phrase that says `status` where nothing better is known."""
    return _KEYS.get(status, "error-malformed")


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else "none"
