"""Adds the editors' pages to the application."""

from __future__ import annotations

from aiohttp import web

from bot.web.editor import api, entry_page, notice_page, publish_page, tables


def add_editor(app: web.Application) -> None:
    """Add the editors' pages to `app`, which knows its content and its staff."""
    for module in (api, entry_page, notice_page, publish_page, tables):
        app.add_routes(module.routes)
