"""The application follows what is live: a look each second, whatever a single look meets."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from aiohttp import web

from bot.web.publishing.service import ContentService

log = logging.getLogger(__name__)
CONTENT = web.AppKey("content", ContentService)
LOOK_EVERY = 0.5  # seconds: a release of another process is live here within one


def follow(app: web.Application, content: ContentService) -> None:
    """Let `app` follow `content` while it runs."""
    app[CONTENT] = content

    async def following(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(_follow(content))
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    app.cleanup_ctx.append(following)


async def _follow(content: ContentService) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            await asyncio.to_thread(content.poll)
        except Exception:  # one bad look must not be the last
            log.exception("the content could not be followed")
