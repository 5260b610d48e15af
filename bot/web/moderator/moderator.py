"""Adds live sessions to the application: the moderators' pages and the participants'."""

from __future__ import annotations

from aiohttp import web

from bot.web.api import SETTINGS
from bot.web.moderator import afterwards, api, pages, stream
from bot.web.moderator.host import HOST, Host
from bot.web.session import listing
from bot.web.session import pages as session_pages
from bot.web.session import routes as session
from bot.web.session.participants import DOORS, Doors
from bot.web.sharing.meeting import Meeting
from bot.web.understanding import Understood


def add_moderator(app: web.Application, understood: Understood, meeting: Meeting | None = None) -> None:
    """Add routes and what they need to `app`, which knows its settings, clock and database; questions are grouped by what is `understood`, limits are counted at `meeting`."""
    settings = app[SETTINGS]
    app[HOST] = Host(app, understood)
    app.on_shutdown.append(app[HOST].close)
    app[DOORS], app[listing.LISTS] = Doors(settings, meeting), listing.Lists()
    for module in (api, stream, afterwards, pages, session, session_pages, listing):
        app.add_routes(module.routes)
