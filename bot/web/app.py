"""The application: middlewares outside in, routes, what they need."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.records.database import Database
from bot.settings import Settings
from bot.web import api, pages
from bot.web.assistant import Assistant, clock_of
from bot.web.editor.editor import add_editor
from bot.web.figures.routes import routes as figures_routes
from bot.web.limits import Gate
from bot.web.missed.grouping import GROUPS, Groups
from bot.web.missed.routes import routes as missed_routes
from bot.web.moderator.moderator import add_moderator
from bot.web.noting.tasks import add_noting
from bot.web.observing.metrics import Metrics
from bot.web.observing.routes import METRICS, add_metrics, counted
from bot.web.pace import paced
from bot.web.problem import problems
from bot.web.proxies import behind
from bot.web.publishing.following import follow
from bot.web.publishing.service import ContentService
from bot.web.recording import DATABASE
from bot.web.security import secured
from bot.web.sharing.meeting import Meeting
from bot.web.sharing.part import Part
from bot.web.sharing.repeats import Repeats
from bot.web.sharing.turns import Turns
from bot.web.site.routes import routes as site_routes
from bot.web.slow import timed
from bot.web.staff.staff import add_staff
from bot.web.understanding import understood_by

MAX_BODY = 16 * 1024


def make_app(assistant: Assistant, settings: Settings, database: Database | None = None, content: ContentService | None = None, parts: Sequence[Part] = ()) -> web.Application:
    """Return the application that serves `assistant`; loading a model is the caller's, and bringing `database` up to date.

    Without a database nothing is kept, and nobody can log in. `content`, once started, is followed while the application runs.
    `parts` are those that the assistant already shares with other processes.
    """
    metrics = Metrics()
    redis = Part("redis")
    meeting = Meeting(settings.redis, redis) if settings.redis else None
    app = web.Application(middlewares=[counted(metrics), behind(settings), secured(settings), timed(settings), problems, paced(settings)], client_max_size=MAX_BODY)
    app[METRICS] = metrics
    assistant.observed = metrics.staged
    app[api.ASSISTANT], app[api.SETTINGS] = assistant, settings
    app[api.GATE], app[api.REPEATS], app[api.TURNS] = Gate(settings, meeting), Repeats(meeting), Turns(meeting, seconds=settings.answer_seconds)
    app[api.PARTS] = (*parts, redis)
    for part in app[api.PARTS]:
        part.told = lambda name, gone: metrics.degraded(name, gone=gone)
    if meeting:
        app.on_cleanup.append(lambda _: meeting.close())
    app[api.CLOCK] = clock_of(settings)
    app.add_routes(api.routes)
    add_metrics(app, settings)
    pages.add_pages(app)
    app.add_routes(site_routes)
    if database:
        app[DATABASE] = database
        add_staff(app, meeting=meeting)
        understood = understood_by(assistant)
        add_moderator(app, understood, meeting)
        add_noting(app)
        app[GROUPS] = Groups(understood)
        app.add_routes(missed_routes)
        app.add_routes(figures_routes)
    if content:
        follow(app, content)
    if database and content:
        add_editor(app)
    return app
