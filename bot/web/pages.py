"""Pages and scripts, served from the package: the widget, the page to try it on."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from bot.web.bundle import bundle

STATIC = Path(__file__).parent / "static"
WIDGET = STATIC / "widget"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html", ".png": "image/png"}
BUNDLE = web.AppKey("bundle", bytes)
routes = web.RouteTableDef()


@routes.get("/")
async def index(_: web.Request) -> web.Response:
    """Serve the page to try the widget on."""
    return _file(STATIC / "page" / "index.html")


@routes.get("/widget.js")
async def widget(request: web.Request) -> web.Response:
    """Serve the module that a page loads."""
    return _revalidated(request.app[BUNDLE], "text/javascript")


@routes.get(r"/{folder:widget|page|staff|editor|moderator|session}/{name:[a-z][a-z0-9-]*\.[a-z]+}")
async def part(request: web.Request) -> web.Response:
    """Serve a part of the widget or the page; names are letters, figures and hyphens, so no way leads out of the folder."""
    path = STATIC / request.match_info["folder"] / request.match_info["name"]
    if path.suffix not in _TYPES or not path.is_file():
        raise web.HTTPNotFound
    return _file(path)


def add_pages(app: web.Application) -> None:
    """Add the pages to `app`; the widget is joined once."""
    app[BUNDLE] = bundle(WIDGET, "guichet-assistant.js").encode()
    app.add_routes(routes)


def _file(path: Path) -> web.Response:
    return _revalidated(path.read_bytes(), _TYPES[path.suffix])


def _revalidated(body: bytes, kind: str) -> web.Response:
    response = web.Response(body=body, content_type=kind, charset=None if kind.startswith("image/png") else "utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.enable_compression()
    return response
