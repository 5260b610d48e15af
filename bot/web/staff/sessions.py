"""Sessions of aiohttp-session's, kept in the records: the cookie holds a random token, the records its hash."""

from __future__ import annotations

import time

from aiohttp import web
from aiohttp_session import AbstractStorage, Session

from bot.records import logins
from bot.records.accounts import Account
from bot.records.database import Connection
from bot.records.logins import Ends
from bot.settings import Settings
from bot.web.api import CLOCK
from bot.web.recording import reading, writing

ACCOUNT = web.RequestKey("account", Account)  # set where a session goes on
WHOSE = "account"  # under which a new session names its account


class RecordsStorage(AbstractStorage):
    """Loads and saves sessions in the records; the account and its roles are read anew each time, so that a removal acts at once."""

    def __init__(self, settings: Settings) -> None:
        # A browser takes a cookie called __Host-… only over HTTPS, for this host alone: no neighbour can plant one.
        super().__init__(cookie_name="__Host-guichet" if settings.https else "guichet", secure=settings.https, httponly=True, samesite="Lax")
        self._ends = Ends(settings.login_idle_minutes, settings.login_hours)

    async def load_session(self, request: web.Request) -> Session:
        """Return the session that the cookie names, or a new one that is kept only once somebody logs in."""
        token, now = self.load_cookie(request), request.app[CLOCK]()
        login = await reading(request.app, lambda connection: logins.load(connection, token, now=now, ends=self._ends)) if token else None
        if token is None or login is None:
            return Session(None, data=None, new=True)
        if login.stale:
            await writing(request.app, lambda connection: logins.touch(connection, token, now=now), hasty=True)
        request[ACCOUNT] = login.account
        return Session(token, data={"created": int(time.time()), "session": dict(login.data)}, new=False)

    async def save_session(self, request: web.Request, response: web.StreamResponse, session: Session) -> None:
        """Keep a session that has an owner; end one that was invalidated."""
        token, app = session.identity, request.app
        if session.empty:
            if token:
                await writing(app, lambda connection: logins.end(connection, token))
            self.save_cookie(response, "")
        elif token:
            await writing(app, lambda connection: logins.save(connection, token, dict(session)))
        elif WHOSE in session:
            now, old = app[CLOCK](), self.load_cookie(request)
            data = {key: session[key] for key in session if key != WHOSE}

            def replace(connection: Connection) -> str:
                if old:
                    logins.end(connection, old)  # a token known before the log-in, perhaps to somebody else, is worth nothing after it
                return logins.begin(connection, session[WHOSE], data, now=now)

            self.save_cookie(response, await writing(app, replace))
