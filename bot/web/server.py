"""Serving: listen at once, load the model behind, drain at the end."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.content.library import LIVE
from bot.records.database import Database
from bot.settings import Settings
from bot.web.app import make_app
from bot.web.assistant import Assistant, clock_of, real_time
from bot.web.conversations import Conversations
from bot.web.draining import ENDING, drain, drained
from bot.web.observing.routes import METRICS
from bot.web.publishing.examiner import Examiner
from bot.web.publishing.known import known_phrasings
from bot.web.publishing.probes import golden_probes
from bot.web.publishing.service import ContentService
from bot.web.publishing.stored import Stored
from bot.web.publishing.training import Trainer
from bot.web.sharing.part import Part
from bot.web.sharing.recorded import Recorded
from bot.web.slow import connections

log = logging.getLogger(__name__)
BACKLOG = 1_024
_STEP = 0.1


@dataclass(frozen=True)
class Inherited:
    """What a worker gets from the process that started it: the socket it listens on, and whom it tells that it is ready."""

    listening: socket.socket
    ready: Callable[[], None]
    first: bool  # answers 503 until its model is loaded; a successor listens only then: others still answer


def serve(settings: Settings, inherited: Inherited | None = None) -> None:
    """Serve until told to stop; the model is loaded behind, and trained first where none fits. Raises `FaultyContent` where there is nothing to serve."""
    database = Database(settings.database)
    records = Part("database")
    shared: Conversations | None = Recorded(database, settings, records) if settings.workers > 1 or not database.is_sqlite else None
    assistant = Assistant(LIVE, settings, clock_of(settings), shared)
    trainer = Trainer(assistant, settings, golden=golden_probes)
    content = ContentService(database, LIVE, real_time, root=settings.content, known=known_phrasings, training=trainer)
    content.examiner = Examiner(assistant, Stored(known_phrasings))
    content.publisher.measure = content.examiner.gate(lambda: LIVE.library, golden_probes, settings.publish_margin)
    content.start()
    app = make_app(assistant, settings, database, content, (records,))
    app.middlewares.insert(0, drained)
    app[ENDING] = asyncio.Event()

    async def closing(_: web.Application) -> AsyncIterator[None]:
        log.info("listening content=%s address=http://%s:%s/", assistant.library.version, settings.host, settings.port)
        yield
        await asyncio.to_thread(trainer.close)
        await asyncio.to_thread(assistant.close)
        await asyncio.to_thread(database.close)

    app.cleanup_ctx.insert(0, closing)  # begun first and ended last: notes are still written when the assistant has gone quiet
    asyncio.run(_serve(app, assistant, inherited or Inherited(listen(settings), lambda: None, first=True)))


def listen(settings: Settings) -> socket.socket:
    """Return a socket that listens where `settings` say; several processes may accept from it."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.create_server((settings.host, settings.port), family=family, backlog=BACKLOG)
    listening.settimeout(0)
    return listening


async def _serve(app: web.Application, assistant: Assistant, inherited: Inherited) -> None:
    told_to_stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
    runner = web.AppRunner(app, access_log=None, **connections(assistant.settings), shutdown_timeout=assistant.settings.drain_seconds)
    await runner.setup()
    site = web.SockSite(runner, _Shared.of(inherited.listening), backlog=1)  # takes one connection at a time and leaves the next to another worker
    if inherited.first:
        await site.start()
    if await _ready(assistant, told_to_stop):
        if not inherited.first:
            await site.start()
        app[METRICS].serving(assistant.model, assistant.library.version)
        log.info("ready model=%s content=%s address=http://%s:%s/", assistant.model, assistant.library.version, assistant.settings.host, assistant.settings.port)
        inherited.ready()
        await told_to_stop.wait()
    if site in runner.sites:
        await drain(app, runner, site)
    await runner.cleanup()


async def _ready(assistant: Assistant, told_to_stop: asyncio.Event) -> bool:
    """Wait until a model is loaded, or the end; tell which."""
    while not assistant.ready and not told_to_stop.is_set():  # noqa: ASYNC110 -- loaded by a thread, minutes later where it must be trained first
        await asyncio.sleep(_STEP)
    return assistant.ready


class _Shared(socket.socket):
    """A listening socket whose queue stays long however few connections one process takes at a time."""

    @classmethod
    def of(cls, listening: socket.socket) -> _Shared:
        """Return `listening` as one of these."""
        return cls(listening.family, listening.type, listening.proto, listening.detach())

    def listen(self, backlog: int = BACKLOG, /) -> None:
        """Listen with room for many, whatever asyncio asks for."""
        super().listen(max(backlog, BACKLOG))
