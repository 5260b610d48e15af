"""Replies made for a test, in the contract's shape, and ways to put them, or a failure, in the server's place."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route

MESSAGES = "**/api/v1/messages"


def block(text: str = "An answer.", **changes: Any) -> dict[str, Any]:
    source = {"notice": "250697", "language": "en", "section": "What do we offer?"}
    return {"entry": "stipend", "text": text, "state": "current", "sources": [source], "checks": [], **changes}


def reply(*blocks: dict[str, Any], kind: str = "answer", language: str = "en", suggestions: Any = ()) -> dict[str, Any]:
    return {
        "conversation": "c-1",
        "reply": {
            "id": "r-1",
            "kind": kind,
            "language": language,
            "notices": ["250697"],
            "blocks": list(blocks),
            "suggestions": list(suggestions),
            "content_version": "test",
        },
    }


def answer_with(page: Page, *answers: dict[str, Any]) -> list[dict[str, Any]]:
    """Answer each message in turn, the last answer again and again; returns the list of what was sent."""
    sent: list[dict[str, Any]] = []

    def fulfil(route: Route) -> None:
        chosen = answers[min(len(sent), len(answers) - 1)]
        sent.append({**json.loads(route.request.post_data or "{}"), "headers": route.request.headers})
        route.fulfill(status=200, content_type="application/json", body=json.dumps(chosen))

    page.route(MESSAGES, fulfil)
    return sent


def fail_with(page: Page, status: int, *, times: int = 1, title: str = "Not now", **headers: str) -> None:
    """Let the next messages fail as the server's errors do."""
    body = json.dumps({"type": "about:blank", "title": title, "status": status})
    page.route(
        MESSAGES,
        lambda route: route.fulfill(status=status, content_type="application/problem+json", body=body, headers=headers),
        times=times,
    )


def hold(page: Page, act: Callable[[], None]) -> Route:
    """Do what sends a message, and keep the message waiting until the test lets it go."""
    held: list[Route] = []
    page.route(MESSAGES, lambda route: held.append(route))  # noqa: PLW0108  # Playwright takes no built-in
    with page.expect_request(MESSAGES):
        act()
    page.evaluate("0")  # a round trip, in which the route's own event arrives
    return held[0]
