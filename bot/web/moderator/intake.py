"""Takes questions and votes in by batches: what hundreds send at once is understood and written together."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from bot.records.webinar_votes import Ballot
from bot.web.problem import RETRY_SECONDS, Refused
from bot.webinar.live import Ended, Live
from bot.webinar.reading_in.asked import Asked
from bot.webinar.receiving import understand
from bot.webinar.session import Question

BATCH = 48  # messages understood together: a new one waits for one batch at most
MAX_WAITING = 5_000
GATHER_SECONDS = 0.02  # what arrives within is written together
Vote = tuple[Ballot, bool]  # whether it is wanted
Taken = list[tuple[Question, ...]]
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class _Job(Generic[_Item, _Result]):
    live: Live
    items: Sequence[_Item]
    done: asyncio.Future[_Result] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Intake:
    """Two queues with a worker each. `changed` is told of every session that something was let into; questions wait until it is `ready`."""

    def __init__(self, clock: Callable[[], datetime], changed: Callable[[Live], None], ready: Callable[[Live], Awaitable[None]]) -> None:
        self._clock, self._changed, self._ready = clock, changed, ready
        self._asked: deque[_Job[Asked, Taken]] = deque()
        self._voted: deque[_Job[Vote, None]] = deque()
        self._working: dict[str, asyncio.Task[None]] = {}

    async def ask(self, live: Live, asked: Sequence[Asked]) -> Taken:
        """Let messages in and return their questions, see `Live.receive`; many are let in piece by piece, so that nobody else waits for all."""
        taken: Taken = []
        for start in range(0, len(asked), BATCH):
            self._room(self._asked)
            job: _Job[Asked, Taken] = _Job(live, asked[start : start + BATCH])
            self._asked.append(job)
            self._work("asking", self._let_in)
            taken += await job.done
        return taken

    async def vote(self, live: Live, ballot: Ballot, *, wanted: bool = True) -> None:
        """Count a vote, or take it back where it is not `wanted`."""
        self._room(self._voted)
        job: _Job[Vote, None] = _Job(live, [(ballot, wanted)])
        self._voted.append(job)
        self._work("voting", self._count)
        await job.done

    def _room(self, queue: Sequence[object] | deque[_Job[Asked, Taken]] | deque[_Job[Vote, None]]) -> None:
        if len(queue) >= MAX_WAITING:
            raise Refused(503, "error-busy", retry_after=RETRY_SECONDS)

    def _work(self, name: str, work: Callable[[], Coroutine[None, None, None]]) -> None:
        if name not in self._working or self._working[name].done():
            self._working[name] = asyncio.create_task(work())

    async def _let_in(self) -> None:
        while self._asked:
            jobs = [self._asked.popleft()]
            while self._asked and self._asked[0].live is jobs[0].live and sum(len(job.items) for job in jobs) < BATCH:
                jobs.append(self._asked.popleft())
            try:
                await self._ready(jobs[0].live)
            except asyncio.CancelledError:  # the session was let go of
                _fail(jobs, Refused(503, "error-not-ready", retry_after=RETRY_SECONDS))
                continue
            except Exception as error:  # noqa: BLE001 -- whoever waits is told, and tells
                _fail(jobs, error)
                continue
            await _settle(jobs, lambda jobs=jobs: self._received(jobs))  # type: ignore[misc]  # bound at once
            self._changed(jobs[0].live)

    def _received(self, jobs: Sequence[_Job[Asked, Taken]]) -> list[Taken]:
        live = jobs[0].live
        if live.understands is None:
            raise Refused(503, "error-not-ready", retry_after=RETRY_SECONDS)
        understood = understand([asked for job in jobs for asked in job.items], live.understands)
        taken = iter(live.receive(understood, now=self._clock()))
        return [[next(taken) for _ in job.items] for job in jobs]

    async def _count(self) -> None:
        while self._voted:
            await asyncio.sleep(GATHER_SECONDS)
            waiting = list(self._voted)
            self._voted.clear()
            for live in dict.fromkeys(job.live for job in waiting):
                jobs = [job for job in waiting if job.live is live]
                await _settle(jobs, lambda jobs=jobs: self._counted(jobs))  # type: ignore[misc]  # bound at once
                self._changed(live)

    def _counted(self, jobs: Sequence[_Job[Vote, None]]) -> list[None]:
        live, last = jobs[0].live, dict(vote for job in jobs for vote in job.items)  # of two wishes in one moment the later holds
        live.vote(ballot for ballot, wanted in last.items() if wanted)
        for ballot in (ballot for ballot, wanted in last.items() if not wanted):
            live.take_back(*ballot)
        return [None] * len(jobs)


async def _settle(jobs: Sequence[_Job[_Item, _Result]], work: Callable[[], list[_Result]]) -> None:
    """Do `work` in a thread and give each of `jobs` its result, or all of them the error."""
    try:
        results = await asyncio.to_thread(work)
    except Ended:
        _fail(jobs, Refused(409, "session-error-ended"))
    except Exception as error:  # noqa: BLE001 -- whoever waits is told, and tells
        _fail(jobs, error)
    else:
        for job, result in zip(jobs, results, strict=True):
            if not job.done.done():
                job.done.set_result(result)


def _fail(jobs: Sequence[_Job[_Item, _Result]], error: Exception) -> None:
    for job in jobs:
        if not job.done.done():
            job.done.set_exception(error)
