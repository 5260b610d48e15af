"""Questions over HTTP from several clients at once, and how long each took."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import aiohttp

from bot.evaluation.bench.servers import Server

TIMEOUT_SECONDS = 120


@dataclass(frozen=True)
class Asked:
    """What came of one request: seconds, status (0 where the connection failed), and whether it was a reply or told when to come back."""

    seconds: float
    status: int
    fine: bool


@dataclass(frozen=True)
class Load:
    """What came of a load: requests, and the seconds that all of them took together."""

    clients: int
    asked: tuple[Asked, ...]
    seconds: float
    processor_seconds: float = 0.0  # that the server used meanwhile

    @property
    def processor_ms(self) -> float:
        """Milliseconds of the processor's time a request: what else the machine does hardly changes them."""
        return 1000 * self.processor_seconds / max(1, len(self.asked))

    def share(self, quantile: float) -> float:
        """Return the milliseconds under which `quantile` of the replies came."""
        taken = sorted(1000 * one.seconds for one in self.asked if one.status == 200)
        return taken[min(len(taken) - 1, int(quantile * len(taken)))] if taken else float("nan")

    @property
    def median(self) -> float:
        """Milliseconds of a reply, in the middle."""
        return statistics.median(1000 * one.seconds for one in self.asked if one.status == 200) if any(one.status == 200 for one in self.asked) else float("nan")

    @property
    def per_second(self) -> float:
        """Replies a second."""
        return sum(one.status == 200 and one.fine for one in self.asked) / self.seconds

    @property
    def errors(self) -> int:
        """Requests that got neither a reply nor a word when to come back."""
        return sum(not one.fine for one in self.asked)

    @property
    def refused(self) -> int:
        """Requests that were told when to come back."""
        return sum(one.fine and one.status != 200 for one in self.asked)

    def statuses(self) -> dict[str, int]:
        """Return how often each status came."""
        return {str(status): number for status, number in sorted(Counter(one.status for one in self.asked).items())}


def put_to(server: Server, texts: Sequence[str], clients: int) -> Load:
    """Ask `server` all of `texts` once, from `clients` that each wait for one reply before the next question; every question is a conversation of its own."""
    before = server.processor_seconds()
    load = asyncio.run(_put_to(server, texts, clients))
    return replace(load, processor_seconds=server.processor_seconds() - before)


async def _put_to(server: Server, texts: Sequence[str], clients: int) -> Load:
    numbered = iter(enumerate(texts))
    found: list[Asked] = []
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
    async with aiohttp.ClientSession(server.url, timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as session:
        begun = time.perf_counter()
        await asyncio.gather(*(_client(session, server, numbered, found) for _ in range(clients)))
        return Load(clients, tuple(found), time.perf_counter() - begun)


async def _client(session: aiohttp.ClientSession, server: Server, numbered: Iterator[tuple[int, str]], found: list[Asked]) -> None:
    for number, text in numbered:
        path, body = server.ask(text, f"bench-{time.monotonic_ns()}-{number}")
        begun = time.perf_counter()
        try:
            async with session.post(path, json=body) as response:
                said = await response.json(content_type=None)
                status = response.status
                fine = server.understood(said) if status == 200 else status in {429, 503} and "Retry-After" in response.headers
        except (aiohttp.ClientError, TimeoutError, ValueError):
            status, fine = 0, False
        found.append(Asked(time.perf_counter() - begun, status, fine))
