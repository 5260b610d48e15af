"""The application: middlewares outside in, routes, what they need."""

from __future__ import annotations

from aiohttp import web

from bot.settings import Settings
from bot.web import api, pages
from bot.web.assistant import Assistant, clock_of
from bot.web.limits import Gate, Repeats
from bot.web.observing.metrics import Metrics
from bot.web.observing.routes import METRICS, add_metrics, counted
from bot.web.problem import problems
from bot.web.security import secured
from bot.web.site.routes import routes as site_routes

MAX_BODY = 16 * 1024


def make_app(assistant: Assistant, settings: Settings) -> web.Application:
    """Return the application that serves `assistant`; loading a model is the caller's."""
    metrics = Metrics()
    app = web.Application(middlewares=[counted(metrics), secured(settings), problems], client_max_size=MAX_BODY)
    app[METRICS] = metrics
    assistant.observed = metrics.staged
    app[api.ASSISTANT], app[api.SETTINGS] = assistant, settings
    app[api.GATE], app[api.REPEATS] = Gate(settings), Repeats()
    app[api.CLOCK] = clock_of(settings)
    app.add_routes(api.routes)
    add_metrics(app, settings)
    pages.add_pages(app)
    app.add_routes(site_routes)
    return app
