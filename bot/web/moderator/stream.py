"""Changes of a board as they happen: Server-Sent Events, each with what changed since the last; a page that comes back says where it was."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from aiohttp import web

from bot.web.moderator.api import dumps, live_of
from bot.web.moderator.host import Host, host_of
from bot.web.staff.access import requires, who
from bot.webinar.live import Live

GATHER_SECONDS = 0.15  # what happens within is sent together
BREATH_SECONDS = 15  # of silence, after which proxies might think that nobody is there
LIFE_SECONDS = 600  # after which a page has to come again, and to be logged in still
routes = web.RouteTableDef()


@routes.get("/moderator/api/{code}/stream")
@requires("moderator")
async def stream(request: web.Request) -> web.StreamResponse:
    """Send what changes until the page goes away."""
    host, live = host_of(request), await live_of(request)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    await response.prepare(request)
    with host.present(live.webinar.code, who(request).name), suppress(ConnectionResetError):  # the page is gone
        await _Stream(host, live, response).run(_since(request, host))
    return response


def _since(request: web.Request, host: Host) -> int:
    boot, _, tick = request.headers.get("Last-Event-ID", request.query.get("since", "")).partition("-")
    return int(tick) if boot == host.boot and tick.isascii() and tick.isdigit() else 0


class _Stream:
    """One page that looks on."""

    def __init__(self, host: Host, live: Live, response: web.StreamResponse) -> None:
        self._host, self._live, self._response = host, live, response
        self._people: list[str] = []
        self._wrote = time.monotonic()

    async def run(self, since: int) -> None:
        ends = time.monotonic() + LIFE_SECONDS
        since = await self._send(since, whole=since == 0)
        while time.monotonic() < ends and not self._host.closing:
            await self._host.wait(self._live)
            if self._live.tick > since:
                await asyncio.sleep(GATHER_SECONDS)
                since = await self._send(since)
            if (people := self._host.people(self._live.webinar.code)) != self._people:
                self._people = people
                await self._write(f"event: people\ndata: {dumps(people)}\n\n")
            if time.monotonic() - self._wrote > BREATH_SECONDS:
                await self._write(": still here\n\n")

    async def _send(self, since: int, *, whole: bool = False) -> int:
        changes = await asyncio.to_thread(self._live.changes, since)
        data = dumps({"whole": whole, "groups": changes.groups, "gone": changes.gone, "totals": changes.totals, "ready": self._live.understands is not None})
        await self._write(f"id: {self._host.boot}-{changes.tick}\nevent: board\ndata: {data}\n\n")
        return changes.tick

    async def _write(self, text: str) -> None:
        self._wrote = time.monotonic()
        await self._response.write(text.encode())
