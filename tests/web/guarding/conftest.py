"""What the tests of the edge share: the real application around an assistant that needs no model."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.settings import Settings
from bot.web.app import make_app
from bot.web.slow import connections
from tests.conftest import BETWEEN
from tests.web.guarding.fake import Speaking

Serve = Callable[..., Any]


@pytest.fixture
async def serve(library) -> AsyncIterator[Serve]:
    """Serve with settings of the test's own; returns the client, which has the assistant as `speaking`."""
    async with AsyncExitStack() as stack:

        async def start(**changed: Any) -> TestClient[Any, Any]:
            settings = replace(Settings(now=BETWEEN), **changed)
            speaking = Speaking(library, settings)
            stack.callback(speaking.close)
            server = TestServer(make_app(speaking, settings))
            await server.start_server(**connections(settings))
            client = await stack.enter_async_context(TestClient(server))
            client.speaking = speaking  # type: ignore[attr-defined]
            return client

        yield start
