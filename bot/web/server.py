"""Serving: listen at once, load the model behind, drain at the end."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.content.model import Library
from bot.records.database import Database
from bot.settings import Settings
from bot.web.app import make_app
from bot.web.assistant import Assistant, clock_of
from bot.web.conversations import Conversations
from bot.web.draining import ENDING, drain, drained
from bot.web.sharing.part import Part
from bot.web.sharing.recorded import Recorded

log = logging.getLogger(__name__)
BACKLOG = 1_024


@dataclass(frozen=True)
class Inherited:
    """What a worker gets from the process that started it: the socket it listens on, and whom it tells that it is ready."""

    listening: socket.socket
    ready: Callable[[], None]
    first: bool  # answers 503 until its model is loaded; a successor listens only then: others still answer


def serve(library: Library, settings: Settings, *, model: Callable[[], Path], inherited: Inherited | None = None) -> None:
    """Serve until told to stop; `model` returns the model to load, and may train it first."""
    database = Database(settings.database)
    database.upgrade()
    records = Part("database")
    shared: Conversations | None = Recorded(database, settings, records) if settings.workers > 1 or not database.is_sqlite else None
    assistant = Assistant(library, settings, clock_of(settings), shared)
    app = make_app(assistant, settings, database, parts=(records,))
    app.middlewares.insert(0, drained)
    app[ENDING] = asyncio.Event()

    async def closing(_: web.Application) -> AsyncIterator[None]:
        yield
        await asyncio.to_thread(assistant.close)
        await asyncio.to_thread(database.close)

    app.cleanup_ctx.append(closing)
    asyncio.run(_serve(app, assistant, model, inherited or Inherited(listen(settings), lambda: None, first=True)))


def listen(settings: Settings) -> socket.socket:
    """Return a socket that listens where `settings` say; several processes may accept from it."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.create_server((settings.host, settings.port), family=family, backlog=BACKLOG)
    listening.settimeout(0)
    return listening


async def _serve(app: web.Application, assistant: Assistant, model: Callable[[], Path], inherited: Inherited) -> None:
    told_to_stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=assistant.settings.drain_seconds)
    await runner.setup()
    site = web.SockSite(runner, _Shared.of(inherited.listening), backlog=1)  # takes one connection at a time and leaves the next to another worker
    if inherited.first:
        await site.start()
    loading = asyncio.create_task(_load(app, assistant, model))
    await asyncio.wait([loading, waiting := asyncio.create_task(told_to_stop.wait())], return_when=asyncio.FIRST_COMPLETED)
    if loading.done() and loading.exception() is None:
        if not inherited.first:
            await site.start()
        inherited.ready()
    if inherited.first or (loading.done() and loading.exception() is None):
        await waiting
        await drain(app, runner, site)
    await runner.cleanup()
    if loading.done() and (error := loading.exception()) and not inherited.first:
        raise error


class _Shared(socket.socket):
    """A listening socket whose queue stays long however few connections one process takes at a time."""

    @classmethod
    def of(cls, listening: socket.socket) -> _Shared:
        """Return `listening` as one of these."""
        return cls(listening.family, listening.type, listening.proto, listening.detach())

    def listen(self, backlog: int = BACKLOG, /) -> None:
        """Listen with room for many, whatever asyncio asks for."""
        super().listen(max(backlog, BACKLOG))


async def _load(app: web.Application, assistant: Assistant, model: Callable[[], Path]) -> None:
    from bot.web.observing.routes import METRICS

    try:
        await asyncio.to_thread(lambda: assistant.load(model()))
    except Exception:
        log.exception("the model could not be loaded")
        raise
    app[METRICS].serving(assistant.model, assistant.library.version)
    settings = assistant.settings
    log.info("ready model=%s content=%s address=http://%s:%s/", assistant.model, assistant.library.version, settings.host, settings.port)
