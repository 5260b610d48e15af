"""Adds what editors' and moderators' pages share to the application."""

from __future__ import annotations

from warnings import filterwarnings

import aiohttp_session
from aiohttp import web

from bot.records.passwords import Passwords
from bot.web.api import SETTINGS
from bot.web.sharing.meeting import Meeting
from bot.web.staff import login
from bot.web.staff.sessions import RecordsStorage


def add_staff(app: web.Application, passwords: Passwords | None = None, meeting: Meeting | None = None) -> None:
    """Add sessions and the log-in page to `app`, which knows its settings, clock and database; attempts are counted at `meeting`."""
    filterwarnings("ignore", category=web.NotAppKeyWarning, module="aiohttp_session")  # it keeps its session under a plain string
    app[login.PASSWORDS] = passwords or Passwords()
    app[login.LOGIN_GATE] = login.login_gate(app[SETTINGS], meeting)
    aiohttp_session.setup(app, RecordsStorage(app[SETTINGS]))
    app.add_routes(login.routes)
