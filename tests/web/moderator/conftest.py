"""What the tests of live sessions on the web share: the application with a small model, moderators, participants, a board heard by a stream."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar
from aiohttp.test_utils import TestClient

from bot.web.staff.access import CSRF_HEADER
from tests.web.staff.staffroom import PAGE, PASSWORD, Make, clock, database, make_client, token_in  # noqa: F401 -- fixtures
from tests.webinar.small_model import understand

DEADLINE_SECONDS = 10


def with_small_model(client: TestClient[Any, Any]) -> TestClient[Any, Any]:
    understand(client.app)
    return client


@pytest.fixture
async def site(make_client: Make) -> TestClient[Any, Any]:  # noqa: F811
    return with_small_model(await make_client(webinar_asks=1_000))


@dataclass
class Moderator:
    """A moderator's browser: cookies and a token."""

    session: ClientSession
    base: str
    token: str = ""
    code: str = ""

    def url(self, path: str) -> str:
        return f"{self.base}{path}"

    async def get(self, path: str, **options: Any) -> Any:
        return await self.session.get(self.url(path), **options)

    async def begin(self, title: str = "Info session", **fields: str) -> str:
        answer = await self.session.post(self.url("/moderator"), data={"csrf": self.token, "title": title, **fields}, headers=PAGE)
        assert answer.status == 200, await answer.text()
        self.code = answer.url.path.split("/")[-1]
        return self.code

    async def post(self, path: str, body: Any, **headers: str) -> Any:
        return await self.session.post(self.url(f"/moderator/api/{self.code}{path}"), json=body, headers={CSRF_HEADER: self.token, **headers})

    async def do(self, **wish: Any) -> int:
        return int((await self.post("/do", wish)).status)

    async def bring(self, text: str | bytes, **columns: str) -> Any:
        data = text.encode() if isinstance(text, str) else text
        url = self.url(f"/moderator/api/{self.code}/import")
        answer = await self.session.post(url, data=data, params=columns, headers={CSRF_HEADER: self.token, "Content-Type": "application/octet-stream"})
        assert answer.status == 200, await answer.text()
        return await answer.json()

    async def board(self) -> dict[str, Any]:
        answer = await self.get(f"/moderator/api/{self.code}/board")
        return {group["id"]: group for group in (await answer.json())["groups"]}

    async def form(self, what: str) -> Any:
        return await self.session.post(self.url(f"/moderator/{self.code}/{what}"), data={"csrf": self.token}, headers=PAGE)


@dataclass
class Participant:
    """A participant's browser."""

    session: ClientSession
    base: str
    code: str

    async def ask(self, text: str, **headers: str) -> Any:
        return await self.session.post(f"{self.base}/session/{self.code}/api/ask", json={"text": text}, headers=headers)

    async def vote(self, question: str, *, wanted: Any = True, **headers: str) -> Any:
        body = {"question": question} if wanted is True else {"question": question, "wanted": wanted}
        return await self.session.post(f"{self.base}/session/{self.code}/api/vote", json=body, headers=headers)

    async def listed(self, **headers: str) -> Any:
        return await self.session.get(f"{self.base}/session/{self.code}/api/list", headers=headers)


Enter = Callable[[str], Awaitable[Moderator]]
Join = Callable[[str], Awaitable[Participant]]


@dataclass
class Sessions:
    made: list[ClientSession] = field(default_factory=list)

    def new(self) -> ClientSession:
        self.made.append(ClientSession(cookie_jar=CookieJar(unsafe=True), headers={"Accept-Language": "en"}))
        return self.made[-1]


@pytest.fixture
async def sessions() -> AsyncIterator[Sessions]:
    sessions = Sessions()
    yield sessions
    for session in sessions.made:
        await session.close()


@pytest.fixture
def enter(site: TestClient[Any, Any], sessions: Sessions) -> Enter:
    async def enter(name: str) -> Moderator:
        moderator = Moderator(sessions.new(), str(site.make_url("")).rstrip("/"))
        form = await moderator.get("/login", headers=PAGE)
        sent = {"csrf": token_in(await form.text()), "name": name, "password": PASSWORD, "next": "/moderator"}
        page = await moderator.session.post(moderator.url("/login"), data=sent, headers=PAGE)
        found = re.search(r'<meta name="csrf" content="([^"]+)"', await page.text())
        assert found
        moderator.token = found[1]
        return moderator

    return enter


@pytest.fixture
def join(site: TestClient[Any, Any], sessions: Sessions) -> Join:
    async def join(code: str) -> Participant:
        participant = Participant(sessions.new(), str(site.make_url("")).rstrip("/"), code)
        page = await participant.session.get(f"{participant.base}/session/{code}")
        assert page.status == 200
        return participant

    return join


async def heard(answer: Any, kind: str = "board") -> tuple[str, Any]:
    """Return the id and the data of the next event of `kind` on a stream."""
    identifier, event = "", ""
    async with asyncio.timeout(DEADLINE_SECONDS):
        async for raw in answer.content:
            line = raw.decode().rstrip("\n")
            name, _, value = line.partition(": ")
            if name == "id":
                identifier = value
            elif name == "event":
                event = value
            elif name == "data" and event == kind:
                return identifier, json.loads(value)
    raise AssertionError("the stream ended")
