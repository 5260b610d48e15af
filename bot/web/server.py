"""Serving: listen at once, load the model behind, drain at the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

from aiohttp import web

from bot.content.library import LIVE
from bot.records.database import Database
from bot.settings import Settings
from bot.web.app import make_app
from bot.web.assistant import Assistant, clock_of, real_time
from bot.web.publishing.known import known_phrasings
from bot.web.publishing.service import ContentService
from bot.web.publishing.training import Trainer

log = logging.getLogger(__name__)


def serve(settings: Settings) -> None:
    """Serve until told to stop; the model is loaded behind, and trained first where none fits. Raises `FaultyContent` where there is nothing to serve."""
    database = Database(settings.database)
    assistant = Assistant(LIVE, settings, clock_of(settings))
    trainer = Trainer(assistant, settings)
    content = ContentService(database, LIVE, real_time, root=settings.content, known=known_phrasings, training=trainer)
    content.start()
    app = make_app(assistant, settings, database, content)

    async def closing(_: web.Application) -> AsyncIterator[None]:
        log.info("listening content=%s address=http://%s:%s/", assistant.library.version, settings.host, settings.port)
        yield
        await asyncio.to_thread(trainer.close)
        await asyncio.to_thread(assistant.close)
        await asyncio.to_thread(database.close)

    app.cleanup_ctx.insert(0, closing)  # begun first and ended last: notes are still written when the assistant has gone quiet
    web.run_app(app, host=settings.host, port=settings.port, access_log=None, print=None, shutdown_timeout=10)
