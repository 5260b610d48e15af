"""The live sessions of this process: shown from the records when first asked for, taught as soon as there is a model, a bell for each that rings when something changes."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from aiohttp import web

from bot.records import webinars
from bot.records.webinars import Webinar
from bot.web.api import CLOCK
from bot.web.moderator.intake import Intake
from bot.web.problem import RETRY_SECONDS, Refused
from bot.web.recording import DATABASE, reading
from bot.web.understanding import Understood
from bot.webinar.live import Live

MOST_LIVES = 20  # sessions held in memory
FRESH_SECONDS = 1.0
LOOK_SECONDS = 0.2  # between two looks whether a model is loaded
PATIENCE_SECONDS = 120.0  # that a new question waits for a model
FOLLOW_SECONDS = 0.5  # after which it is looked whether another process has written something


class Host:
    """Keeps the sessions that were asked for; what they hold stands in the records too."""

    def __init__(self, app: web.Application, understood: Understood) -> None:
        self.boot = secrets.token_hex(4)  # ticks of another process's life mean nothing here
        self._app, self._understood = app, understood
        self._lives: dict[str, Live] = {}
        self._known: dict[str, tuple[float, Webinar]] = {}
        self._bells: dict[str, asyncio.Event] = {}
        self._followed: dict[str, float] = {}
        self._people: dict[str, Counter[str]] = {}
        self._teaching: dict[Live, asyncio.Task[None]] = {}
        self.patience = PATIENCE_SECONDS
        self.intake = Intake(self._now, lambda live: self.ring(live.webinar.code), self.ready)
        self.closing = False

    async def webinar(self, code: str) -> Webinar:
        """Return the session called `code`; raises 404.

        What was read within the last second does: hundreds ask at once, and whatever is written looks for itself whether the session goes on.
        """
        read, known = self._known.get(code, (0.0, None))
        if known is not None and time.monotonic() - read < FRESH_SECONDS:
            return known
        found = await reading(self._app, lambda connection: webinars.find(connection, code))
        if found is None:
            self.forget(code)
            raise web.HTTPNotFound
        self._known[code] = (time.monotonic(), found)
        return found

    async def live(self, code: str) -> Live:
        """Return the session called `code`, in memory, as the records have it: what is new waits for a model, see `ready`; raises 404."""
        webinar = await self.webinar(code)
        if code not in self._lives or self._lives[code].webinar.id != webinar.id:
            live = Live(self._app[DATABASE], webinar)
            await asyncio.to_thread(live.views)
            if self._lives.setdefault(code, live) is live:
                self._teaching[live] = asyncio.create_task(self._teach(live))
            for longest in list(self._lives)[:-MOST_LIVES]:
                self._let_go(longest)  # the records have it all
        return self._lives[code]

    async def ready(self, live: Live) -> None:
        """Return once `live` lets questions in; raises `Refused` where no model came in time."""
        if live.understands is None and (teaching := self._teaching.get(live)):
            try:
                await asyncio.wait_for(asyncio.shield(teaching), self.patience)
            except TimeoutError as error:
                raise Refused(503, "error-not-ready", retry_after=RETRY_SECONDS) from error

    async def _teach(self, live: Live) -> None:
        """Give `live` the model as soon as there is one."""
        while (found := self._understood()) is None:  # noqa: ASYNC110 -- the assistant loads in a thread of its own
            await asyncio.sleep(LOOK_SECONDS)
        await asyncio.to_thread(live.learn, *found)
        self.ring(live.webinar.code)

    def forget(self, code: str) -> None:
        """Let go of what is known of a session that has ended, gone on or been erased."""
        self._let_go(code)
        self._known.pop(code, None)
        self.ring(code)

    def _let_go(self, code: str) -> None:
        live = self._lives.pop(code, None)
        if live and (teaching := self._teaching.pop(live, None)):
            teaching.cancel()

    def _now(self) -> datetime:
        return self._app[CLOCK]()

    async def close(self, _: web.Application) -> None:
        """Let those who look on go: the server is about to stop."""
        self.closing = True
        for teaching in self._teaching.values():
            teaching.cancel()
        for code in list(self._bells):
            self.ring(code)

    def ring(self, code: str) -> None:
        """Wake whoever waits for a change of the session."""
        if bell := self._bells.pop(code, None):
            bell.set()

    async def wait(self, live: Live) -> None:
        """Return when the session has changed, or might have by another process."""
        code = live.webinar.code
        bell = self._bells.setdefault(code, asyncio.Event())
        try:
            await asyncio.wait_for(bell.wait(), FOLLOW_SECONDS)
        except TimeoutError:
            if time.monotonic() - self._followed.get(code, 0) >= FOLLOW_SECONDS:
                self._followed[code] = time.monotonic()
                await asyncio.to_thread(live.follow)

    @contextmanager
    def present(self, code: str, name: str) -> Iterator[None]:
        """Count `name` among those who look at the session."""
        people = self._people.setdefault(code, Counter())
        people[name] += 1
        self.ring(code)
        try:
            yield
        finally:
            people[name] -= 1
            self.ring(code)

    def people(self, code: str) -> list[str]:
        """Return who looks at the session."""
        return sorted(name for name, count in self._people.get(code, Counter()).items() if count > 0)


HOST = web.AppKey("host", Host)


def host_of(request: web.Request) -> Host:
    """Return the host of live sessions."""
    return request.app[HOST]
