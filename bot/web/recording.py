"""Records from the web's edge: each piece of work in a thread of its own, so that no request waits for another's disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from aiohttp import web

from bot.records.database import Connection, Database

DATABASE = web.AppKey("database", Database)
_Result = TypeVar("_Result")
Work = Callable[[Connection], _Result]


async def reading(app: web.Application, work: Work[_Result]) -> _Result:
    """Return what `work` reads; raises `Unavailable`, which `problems` answers with 503."""

    def run() -> _Result:
        with app[DATABASE].read() as connection:
            return work(connection)

    return await asyncio.to_thread(run)


async def writing(app: web.Application, work: Work[_Result], *, hasty: bool = False) -> _Result:
    """Return what `work` returns once its changes are kept; raises `Unavailable`, and then nothing is kept."""

    def run() -> _Result:
        with app[DATABASE].begin(hasty=hasty) as connection:
            return work(connection)

    return await asyncio.to_thread(run)
