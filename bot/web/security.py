"""What every response carries, and which other sites may ask."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.settings import Settings
from bot.web.problem import Handler

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_ALLOWED_HEADERS = "Content-Type, Accept-Language, Idempotency-Key"
_ALLOWED_METHODS = "GET, POST, DELETE"
_ALLOWED_SECONDS = "600"


def secured(settings: Settings) -> Middleware:
    """Return the middleware that adds the headers, and answers to the origins that `settings` allow."""

    @web.middleware
    async def add_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        allowed = origin is not None and origin in settings.origins
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers and allowed:
            response: web.StreamResponse = web.Response(status=204)
            response.headers["Access-Control-Allow-Methods"] = _ALLOWED_METHODS
            response.headers["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
            response.headers["Access-Control-Max-Age"] = _ALLOWED_SECONDS
        else:
            response = await handler(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if _is_embeddable(request) else "same-origin"
        response.headers.add("Vary", "Origin")
        if allowed and origin:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        elif _is_embeddable(request) and not request.path.startswith("/api/"):
            response.headers["Access-Control-Allow-Origin"] = "*"  # a module script is fetched with CORS; it holds nothing private
        return response

    return add_headers


def _is_embeddable(request: web.Request) -> bool:
    return request.path == "/widget.js" or request.path.startswith(("/widget/", "/api/"))
