"""A page of another origin that embeds the widget under a policy of its own.

The server under test must have HOST_ORIGIN in its allow-list.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST_PORT = 18473
HOST_ORIGIN = f"http://127.0.0.1:{HOST_PORT}"

EMBED = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>A vacancy</title></head><body>
<main><h1>A vacancy</h1><p><a href="#guichet/stipend">The grant</a></p></main>
<script type="module" src="{server}/widget.js"></script>
<guichet-assistant notice="250697"><a href="{server}/faq/{language}">All answers</a></guichet-assistant>
</body></html>"""


def documented_policy(server: str) -> str:
    """The only lines that a strict page needs."""
    return f"default-src 'none'; script-src {server}; connect-src {server}"


class Embedding(BaseHTTPRequestHandler):
    """Serves the embedding page, its policy as a header."""

    def do_GET(self) -> None:
        page: Host = self.server  # type: ignore[assignment]  # the base class names its own type
        body = EMBED.format(server=page.embedded, language=page.language).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", documented_policy(page.embedded))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Say nothing."""


class Host(ThreadingHTTPServer):
    """Knows which server's widget it embeds."""

    allow_reuse_address = True
    embedded = ""
    language = "fr"


@contextmanager
def host(server: str) -> Iterator[str]:
    """Serve the embedding page; gives its address."""
    with Host(("127.0.0.1", HOST_PORT), Embedding) as running:
        running.embedded = server
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield HOST_ORIGIN
        running.shutdown()
