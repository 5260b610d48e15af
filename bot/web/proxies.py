"""Who asks, where proxies stand before the server: only those that the settings name are believed."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.settings import BadSetting, Settings
from bot.web.problem import Handler

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
MOST_HOPS = 16  # of a header that anyone may send at any length
_ONE_CLIENT = 64  # bits of an IPv6 address: whoever has one has all that share them


def trusted(settings: Settings) -> tuple[Network, ...]:
    """Return the networks of the proxies that `settings` name; raises `BadSetting`."""
    try:
        return tuple(ipaddress.ip_network(network, strict=False) for network in settings.proxies)
    except ValueError as error:
        raise BadSetting(f"proxies: {error}") from error


def client_of(peer: str, forwarded: Sequence[str], proxies: Sequence[Network]) -> str:
    """Return the address that asks: `peer`, or the last one in `forwarded` (the ``X-Forwarded-For`` headers) that is no proxy of ours."""
    hops = ",".join(forwarded).split(",")[-MOST_HOPS:]
    asking = peer
    for hop in reversed(hops):
        here, before = _address(asking), _address(hop)
        if here is None or before is None or not any(here in network for network in proxies):
            return asking
        asking = str(before)
    return asking


def counted_as(address: str) -> str:
    """Return what a limit counts for `address`: itself, or the network of an IPv6 address that one client has to itself."""
    parsed = _address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, _ONE_CLIENT), strict=False))
    return str(parsed or "unknown")


def behind(settings: Settings) -> Middleware:
    """Return the middleware that puts the address of whoever asks into ``request.remote``."""
    proxies = trusted(settings)

    @web.middleware
    async def resolve(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not proxies:
            return await handler(request)
        client = client_of(request.remote or "", request.headers.getall("X-Forwarded-For", []), proxies)
        return await handler(request if client == request.remote else request.clone(remote=client))

    return resolve


def _address(text: str) -> Address | None:
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]  # with a port
    try:
        parsed = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return mapped or parsed
