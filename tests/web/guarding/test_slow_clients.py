"""A client that takes its time costs a connection for a while, and nothing else."""

from __future__ import annotations

import asyncio
import time

import pytest


async def talk(client, *pieces: bytes, seconds: float = 10) -> bytes:
    """Send `pieces` and return all that comes back until the server hangs up."""
    reader, writer = await asyncio.open_connection(client.server.host, client.server.port)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
    try:
        return await asyncio.wait_for(reader.read(), seconds)
    finally:
        writer.close()


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing at all"),
        pytest.param(b"GET / HT", id="half a first line"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", id="half a header"),
    ],
)
async def test_headers_that_never_come_are_not_waited_for(serve, sent):
    client = await serve(idle_seconds=1)
    begun = time.monotonic()
    assert await talk(client, sent) == b""
    assert time.monotonic() - begun < 8


async def test_a_body_that_never_comes_is_given_up(serve):
    client = await serve(body_seconds=1)
    head = b"POST /api/v1/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept-Language: fr\r\nContent-Length: 20\r\n\r\n"
    said = await talk(client, head, b'{"text"')
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in said
    assert "n’est pas arrivée à temps".encode() in said


async def test_others_are_answered_while_a_hundred_dawdle(serve):
    client = await serve(max_waiting=4)
    head = b"POST /api/v1/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"
    dawdling = [await asyncio.open_connection(client.server.host, client.server.port) for _ in range(100)]
    for _, writer in dawdling:
        writer.write(head)
    assert (await client.post("/api/v1/messages", json={"text": "hello"})).status == 200
    for _, writer in dawdling:
        writer.close()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 20_000 + b"\r\n\r\n", b"400", id="a header of 20,000 bytes"),
        pytest.param(b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"400", id="an address of 20,000 bytes"),
        pytest.param(
            b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n", b"400", id="two lengths: a request smuggled"
        ),
    ],
)
async def test_hostile_requests_are_refused_by_the_parser(serve, sent, status):
    client = await serve(idle_seconds=2)
    assert (await talk(client, sent)).split(b" ", 2)[1] == status
