"""What every response carries, and which other sites may ask."""

from __future__ import annotations

import re

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.settings import BadSetting, Settings
from bot.web.problem import Handler

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
FOR_A_YEAR = "max-age=31536000"
_STAFF = ("/login", "/logout", "/editor", "/moderator")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]{1,253}(?::\d{1,5})?|https?://\[[0-9A-Fa-f:]{2,39}\](?::\d{1,5})?")
_ALLOWED_HEADERS = "Content-Type, Accept-Language, Idempotency-Key"
_ALLOWED_METHODS = "GET, POST, DELETE"
_ALLOWED_SECONDS = "600"


def secured(settings: Settings) -> Middleware:
    """Return the middleware that adds the headers, and answers to the origins that `settings` allow; raises `BadSetting`."""
    framed = " ".join([f"{POLICY}; frame-ancestors 'self'", *sorted(_origins("frames", settings.frames))])
    alone = f"{POLICY}; frame-ancestors 'none'"
    origins = _origins("origins", settings.origins)

    @web.middleware
    async def add_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        allowed = origin is not None and origin in origins
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers and allowed:
            response: web.StreamResponse = web.Response(status=204)
            response.headers["Access-Control-Allow-Methods"] = _ALLOWED_METHODS
            response.headers["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
            response.headers["Access-Control-Max-Age"] = _ALLOWED_SECONDS
        else:
            response = await handler(request)
        response.headers.setdefault("Content-Security-Policy", alone if request.path.startswith(_STAFF) else framed)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.https:
            response.headers["Strict-Transport-Security"] = FOR_A_YEAR
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if _is_embeddable(request) else "same-origin"
        response.headers.add("Vary", "Origin")
        if allowed and origin:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        elif _is_embeddable(request) and not request.path.startswith("/api/"):
            response.headers["Access-Control-Allow-Origin"] = "*"  # a module script is fetched with CORS; it holds nothing private
        return response

    return add_headers


def _origins(name: str, given: tuple[str, ...]) -> frozenset[str]:
    """Return `given`, each an origin and nothing more: it stands in a header among directives."""
    for origin in given:
        if not _ORIGIN.fullmatch(origin):
            raise BadSetting(f"{name}: {origin!r} is not an origin like https://example.org")
    return frozenset(given)


def _is_embeddable(request: web.Request) -> bool:
    return request.path == "/widget.js" or request.path.startswith(("/widget/", "/api/"))
