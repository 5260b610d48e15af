"""Adds the editors' pages to the application."""

from __future__ import annotations

from aiohttp import web

from bot.web.editor import api, entry_page, files_page, notice_import, notice_page, publish_page, removing, tables, trials, try_page


def add_editor(app: web.Application) -> None:
    """Add the editors' pages to `app`, which knows its content and its staff."""
    app[trials.RUNS] = {}
    app.on_shutdown.append(trials.finish)
    for module in (api, entry_page, files_page, notice_import, notice_page, publish_page, removing, tables, trials, try_page):
        app.add_routes(module.routes)
