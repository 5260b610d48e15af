"""A process at its end: takes no new connection, tells those it has that this answer is their last, and finishes what is under way."""

from __future__ import annotations

import asyncio
import time

from aiohttp import web

from bot.web.problem import Handler

ENDING = web.AppKey("ending", asyncio.Event)
GRACE_SECONDS = 2.0  # for idle connections to send a request that may be under way, and to be told of the end with its answer
_STEP = 0.05


@web.middleware
async def drained(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Close a connection with its answer once the end has come."""
    response = await handler(request)
    if request.app[ENDING].is_set():
        response.force_close()
    return response


async def drain(app: web.Application, runner: web.AppRunner, site: web.BaseSite) -> None:
    """Stop listening and wait until no connection is left, or the grace is over; requests under way are then finished by `runner.cleanup`."""
    app[ENDING].set()
    await site.stop()
    until = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < until and runner.server is not None and runner.server.connections:  # noqa: ASYNC110 -- the server tells nobody when a connection goes
        await asyncio.sleep(_STEP)
