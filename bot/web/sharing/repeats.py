"""Answers given under an idempotency key: a message sent again, to whichever process, gets the same answer and is not answered twice."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from bot.web.sharing.meeting import PREFIX, Meeting

Answer = Callable[[], Awaitable[bytes]]
_UNDER_WAY = b""
_STEP = 0.02


class Repeats:
    """The newest answers by key: in this process, and among processes where there is Redis."""

    MOST = 1_000
    KEPT_SECONDS = 600
    PATIENCE_SECONDS = 2.0  # so long a repeat waits for the answer under way elsewhere; its process may have been killed

    def __init__(self, meeting: Meeting | None = None) -> None:
        self._meeting = meeting
        self._answers: OrderedDict[str, asyncio.Future[bytes]] = OrderedDict()

    async def once(self, key: str, body: bytes, answer: Answer) -> tuple[bytes, bool]:
        """Return the answer to `body` under `key`, and whether it was given before; what failed may be tried again."""
        name = hashlib.sha256(key.encode() + b"\0" + body).hexdigest()
        if name in self._answers:
            return await asyncio.shield(self._answers[name]), True
        future = self._begin(name)
        try:
            known = await self._elsewhere(name)
            said = known or await answer()
        except BaseException as error:
            self._answers.pop(name, None)
            if not future.done():
                future.set_exception(error)
            await self._tell(lambda redis: redis.delete(_name(name)))
            raise
        future.set_result(said)
        if known is None:
            await self._tell(lambda redis: redis.set(_name(name), said, ex=self.KEPT_SECONDS))
        return said, known is not None

    def __len__(self) -> int:
        """Return how many answers this process keeps."""
        return len(self._answers)

    def _begin(self, name: str) -> asyncio.Future[bytes]:
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        future.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody may be waiting for it
        self._answers[name] = future
        while len(self._answers) > self.MOST:
            self._answers.popitem(last=False)
        return future

    async def _elsewhere(self, name: str) -> bytes | None:
        """Return the answer that another process gave or is about to give; None leaves it to this one."""
        if self._meeting is None:
            return None
        until = time.monotonic() + self.PATIENCE_SECONDS
        while time.monotonic() < until:
            if await self._meeting.ask(lambda redis: redis.set(_name(name), _UNDER_WAY, nx=True, ex=int(self.PATIENCE_SECONDS) + 1), True):  # noqa: FBT003 -- what counts while Redis is gone
                return None
            if said := await self._meeting.ask(lambda redis: redis.get(_name(name)), None):
                return bytes(said)
            await asyncio.sleep(_STEP)
        return None

    async def _tell(self, call: Callable[..., Awaitable[object]]) -> None:
        if self._meeting:
            await self._meeting.ask(call, None)


def _name(name: str) -> str:
    return f"{PREFIX}:said:{name}"
