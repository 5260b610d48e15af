"""What a slow client may cost: a while for its headers, a while for its body, no more."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.settings import Settings
from bot.web.problem import Handler


def connections(settings: Settings) -> dict[str, Any]:
    """Return how aiohttp's runner is to treat connections: a first request, and each further one, begins within `idle_seconds`."""
    return {"keepalive_timeout": settings.idle_seconds, "lingering_time": 2.0, "max_line_size": 8_190, "max_field_size": 8_190}


def timed(settings: Settings) -> Middleware:
    """Return the middleware that gives up (408) on a body that has not come within `body_seconds`."""

    @web.middleware
    async def give_time(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.body_exists:
            return await handler(request)
        timer = asyncio.get_running_loop().call_later(settings.body_seconds, _give_up, request)
        try:
            response = await handler(request)
        finally:
            timer.cancel()
        if (not request.content.is_eof() or request.content.exception()) and not response.prepared:
            response.force_close()  # what still comes is not waited for
        return response

    return give_time


def _give_up(request: web.Request) -> None:
    if not request.content.is_eof():
        request.content.set_exception(web.HTTPRequestTimeout())
