"""What the server does of itself: writing notes, and erasing what has come to its end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from bot.nlu.repeats import forget_all
from bot.records.database import Unavailable
from bot.records.retention import expire
from bot.web.api import ASSISTANT, CLOCK, SETTINGS
from bot.web.noting.recorder import RECORDER, Recorder
from bot.web.recording import DATABASE

log = logging.getLogger(__name__)
ERASING_SECONDS = 3_600


def add_noting(app: web.Application) -> None:
    """Let `app`, which knows its assistant and database, note what is asked and erase what has come to its end."""
    app[RECORDER] = Recorder(app[DATABASE], app[ASSISTANT].rank)
    app.cleanup_ctx.append(noting)
    app.cleanup_ctx.append(erasing)


async def noting(app: web.Application) -> AsyncIterator[None]:
    """Write notes while the application runs, and what is left at its end."""
    task = asyncio.create_task(app[RECORDER].run())
    yield
    app[RECORDER].stop()
    await task


async def erasing(app: web.Application) -> AsyncIterator[None]:
    """Erase at the start and every hour."""

    async def run() -> None:
        while True:
            await erase(app)
            await asyncio.sleep(ERASING_SECONDS)

    task = asyncio.create_task(run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def erase(app: web.Application) -> None:
    """Erase what has come to its end by the application's clock, and what is remembered of messages; a database that is away is tried again later."""
    forget_all()
    try:
        erased = await asyncio.to_thread(expire, app[DATABASE], app[CLOCK](), app[SETTINGS])
    except Unavailable as error:
        log.warning("nothing erased cause=%s", error)
        return
    if any(erased.values()):
        log.info("erased %s", " ".join(f"{name}={number}" for name, number in erased.items()))
