"""`/metrics` for those who may see it, and the middleware that counts responses."""

from __future__ import annotations

import hmac
import ipaddress
import time

from aiohttp import web
from aiohttp.typedefs import Middleware
from prometheus_client import CONTENT_TYPE_LATEST

from bot.settings import Settings
from bot.web.observing.metrics import Metrics
from bot.web.problem import Handler

BEGUN = web.RequestKey("begun", float)  # when the request came, by the clock that only runs forward
METRICS = web.AppKey("metrics", Metrics)
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


def add_metrics(app: web.Application, settings: Settings) -> None:
    """Serve the figures of `app` to the addresses and the token that `settings` name."""
    networks = [ipaddress.ip_network(network, strict=False) for network in settings.metrics_from]

    async def metrics(request: web.Request) -> web.Response:
        if not _may_see(request, networks, settings.metrics_token):
            raise web.HTTPNotFound
        return web.Response(body=request.app[METRICS].exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})

    app.router.add_get("/metrics", metrics)


def _may_see(request: web.Request, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network], token: str) -> bool:
    given = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    if any(name in request.headers for name in _FORWARDED):
        return False  # behind a proxy everybody comes from its address
    try:
        address = ipaddress.ip_address(request.remote or "")
    except ValueError:
        return False
    return any(address in network for network in networks)


def counted(metrics: Metrics) -> Middleware:
    """Return the middleware that counts every response by its route and status."""

    @web.middleware
    async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[BEGUN] = time.perf_counter()
        response = await handler(request)
        resource = request.match_info.route.resource
        metrics.responded(resource.canonical if resource else "none", response.status)
        return response

    return count
