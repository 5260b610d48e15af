"""Floods a real server and prints how it bears it: ``python -m tests.web.moderator.flood --questions 5000 --participants 500``."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, CookieJar, TCPConnector

from tests.web.staff.staffroom import PAGE, PASSWORD, token_in
from tests.webinar.generator import session

PORT = 8077
CALL = "import sys; from bot.cli import main; sys.exit(main(sys.argv[1:]))"


class Flood:
    """One server, one moderator, many participants."""

    def __init__(self, base: str, process: int) -> None:
        self.base, self.process = base, process
        self.code, self.token = "", ""
        self.moderator = ClientSession(cookie_jar=CookieJar(unsafe=True))

    async def log_in(self) -> None:
        form = await (await self.moderator.get(f"{self.base}/login", headers=PAGE)).text()
        sent = {"csrf": token_in(form), "name": "maud", "password": PASSWORD, "next": "/moderator"}
        page = await (await self.moderator.post(f"{self.base}/login", data=sent, headers=PAGE)).text()
        self.token = re.findall(r'<meta name="csrf" content="([^"]+)"', page)[0]
        begun = await self.moderator.post(f"{self.base}/moderator", data={"csrf": self.token, "title": "Flood"}, headers=PAGE)
        self.code = begun.url.path.split("/")[-1]

    async def bring(self, count: int) -> float:
        messages = [message.text.replace("\n", " ") for seed in range(count // 1_000 + 1) for half in ("choose", "report") for message in session(half, 50 + seed, 500)][:count]
        began = time.perf_counter()
        url = f"{self.base}/moderator/api/{self.code}/import"
        data = "\n".join(f"{text} ({number})" for number, text in enumerate(messages)).encode()
        answer = await self.moderator.post(url, data=data, headers={"X-CSRF-Token": self.token, "Content-Type": "application/octet-stream"}, timeout=None)  # type: ignore[arg-type]
        assert answer.status == 200, await answer.text()
        return time.perf_counter() - began

    async def questions(self) -> list[str]:
        board = await (await self.moderator.get(f"{self.base}/moderator/api/{self.code}/board")).json()
        return [group["headId"] for group in board["groups"]]

    async def listen(self, lags: list[float], stars: dict[str, float]) -> None:
        """Note how long a star takes to come back to another page."""
        async with self.moderator.get(f"{self.base}/moderator/api/{self.code}/stream", timeout=None) as stream:  # type: ignore[arg-type]
            async for raw in stream.content:
                if raw.startswith(b"data: {"):
                    seen = [group["id"] for group in json.loads(raw[6:])["groups"] if group["star"] and group["id"] in stars]
                    lags += [time.perf_counter() - stars.pop(group) for group in seen]

    async def star(self, groups: Sequence[str], stars: dict[str, float]) -> None:
        for group in groups:
            stars[group] = time.perf_counter()
            body = {"do": "choose", "group": group, "what": "star", "value": "yes"}
            await self.moderator.post(f"{self.base}/moderator/api/{self.code}/do", json=body, headers={"X-CSRF-Token": self.token})
            await asyncio.sleep(0.5)

    def processor(self) -> float:
        """Return the seconds of processor time that the server has taken: what other work on the machine does not change."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> int:
        status = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8")
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) // 1024


async def timed(work: Callable[[], Awaitable[Any]], times: list[float], statuses: Counter[int]) -> None:
    began = time.perf_counter()
    answer = await work()
    await answer.read()
    times.append(time.perf_counter() - began)
    statuses[answer.status] += 1


async def participants(flood: Flood, count: int, questions: Sequence[str]) -> None:
    connector = TCPConnector(limit=0)
    people = [ClientSession(cookie_jar=CookieJar(unsafe=True), connector=connector, connector_owner=False) for _ in range(count)]
    root = f"{flood.base}/session/{flood.code}"
    for name, calls in (
        ("open the page", [lambda one=one: one.get(root) for one in people]),
        ("vote, all at once", [lambda one=one, at=at: one.post(f"{root}/api/vote", json={"question": questions[at % len(questions)]}) for at, one in enumerate(people)]),
        ("three votes each, all at once", [lambda one=one, at=at: one.post(f"{root}/api/vote", json={"question": questions[at % 7]}) for one in people for at in range(3)]),
        ("look at the list, all at once", [lambda one=one: one.get(f"{root}/api/list?language=fr") for one in people]),
        ("ask, all at once", [lambda one=one, at=at: one.post(f"{root}/api/ask", json={"text": f"Is there a place number {at} for my bicycle?"}) for at, one in enumerate(people)]),
    ):
        times: list[float] = []
        statuses: Counter[int] = Counter()
        began, before = time.perf_counter(), flood.processor()
        await asyncio.gather(*(timed(call, times, statuses) for call in calls))
        whole = time.perf_counter() - began
        times.sort()
        late, taken = times[int(len(times) * 0.95)], flood.processor() - before
        print(f"{name:<32} {len(times):>5} in {whole:6.2f} s  median {statistics.median(times):6.3f} s  95 % within {late:6.3f} s  ", end="")
        print(f"processor {taken:5.1f} s  {dict(statuses)}", flush=True)
    for one in people:
        await one.close()
    await connector.close()


async def flooded(base: str, process: int, questions: int, people: int) -> None:
    flood = Flood(base, process)
    await flood.log_in()
    before = flood.processor()
    seconds = await flood.bring(questions)
    print(f"processor time of bringing them in: {flood.processor() - before:.1f} s", flush=True)
    print(f"{questions} questions brought in: {seconds:.1f} s ({questions / seconds:.0f} a second), memory {flood.megabytes()} MB", flush=True)
    heads = await flood.questions()
    board = [group["id"] for group in (await (await flood.moderator.get(f"{base}/moderator/api/{flood.code}/board")).json())["groups"]]
    print(f"groups: {len(board)}", flush=True)
    lags: list[float] = []
    stars: dict[str, float] = {}
    listening = asyncio.create_task(flood.listen(lags, stars))
    starring = asyncio.create_task(flood.star(board[:12], stars))
    await participants(flood, people, heads)
    await starring
    await asyncio.sleep(1)
    listening.cancel()
    print(f"a moderator's change seen by another: median {statistics.median(lags):.2f} s, longest {max(lags):.2f} s, {len(lags)} of 12", flush=True)
    print(f"memory at the end: {flood.megabytes()} MB", flush=True)
    await flood.moderator.close()


def main() -> None:
    """Start a server on records of its own, flood it, stop it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=5_000)
    parser.add_argument("--participants", type=int, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "GUICHET_DATABASE": f"sqlite:///{folder}/flood.db", "GUICHET_WEBINAR_REQUESTS": "1000000"}
        subprocess.run([sys.executable, "-c", CALL, "user", "add", "maud", "--role", "moderator", "--password-stdin"], input=PASSWORD, text=True, env=environment, check=True)
        server = subprocess.Popen([sys.executable, "-c", CALL, "serve", "--port", str(PORT)], env=environment, stderr=subprocess.DEVNULL)
        try:
            asyncio.run(waited(f"http://127.0.0.1:{PORT}"))
            asyncio.run(flooded(f"http://127.0.0.1:{PORT}", server.pid, options.questions, options.participants))
        finally:
            server.terminate()
            server.wait()


async def waited(base: str) -> None:
    """Return once a model is loaded."""
    async with ClientSession() as one, asyncio.timeout(600):
        while True:
            try:
                if (await one.get(f"{base}/api/v1/health")).status == 200:
                    return
            except OSError:
                pass
            await asyncio.sleep(1)


if __name__ == "__main__":
    main()
