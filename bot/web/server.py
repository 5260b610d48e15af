"""Serving: listen at once, load the model behind, drain at the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from aiohttp import web

from bot.content.model import Library
from bot.records.database import Database
from bot.settings import Settings
from bot.web.app import make_app
from bot.web.assistant import Assistant, clock_of

log = logging.getLogger(__name__)


def serve(library: Library, settings: Settings, *, model: Callable[[], Path]) -> None:
    """Serve until told to stop; `model` returns the model to load, and may train it first."""
    assistant = Assistant(library, settings, clock_of(settings))
    database = Database(settings.database)
    database.upgrade()
    app = make_app(assistant, settings, database)

    async def loading(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(asyncio.to_thread(_load, assistant, model))
        task.add_done_callback(_report)
        yield
        task.cancel()
        await asyncio.to_thread(assistant.close)
        await asyncio.to_thread(database.close)

    app.cleanup_ctx.append(loading)
    web.run_app(app, host=settings.host, port=settings.port, access_log=None, print=None, shutdown_timeout=10)


def _load(assistant: Assistant, model: Callable[[], Path]) -> None:
    assistant.load(model())
    log.info("ready model=%s content=%s address=http://%s:%s/", assistant.model, assistant.library.version, assistant.settings.host, assistant.settings.port)


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("the model could not be loaded", exc_info=error)
