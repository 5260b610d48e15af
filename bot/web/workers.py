"""Several processes that answer at one address: started, replaced one by one, and started anew when they die."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prometheus_client.multiprocess import mark_process_dead

from bot.settings import Settings
from bot.web.observing.metrics import FOLDER
from bot.web.server import listen

log = logging.getLogger(__name__)
READY_SECONDS = 900.0  # the first start may train
YOUNG_SECONDS = 10.0  # one that dies younger than this is started anew after a pause, longer each time
LONGEST_PAUSE = 30.0
MODULE = "bot"  # what a worker runs


@dataclass
class Worker:
    """A process that answers."""

    process: asyncio.subprocess.Process
    born: float
    ready: asyncio.Task[bool]


class Workers:
    """Starts `count` workers with `command` and keeps them; SIGHUP replaces them one by one, SIGTERM ends them."""

    def __init__(self, listening: socket.socket, settings: Settings, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._listening, self._settings = listening, settings
        self._command, self._environment = tuple(command), dict(environment)
        self._slots: dict[int, Worker] = {}
        self._alive: list[Worker] = []
        self._ending = asyncio.Event()
        self._replacing = asyncio.Lock()

    async def run(self) -> None:
        """Keep the workers until told to end."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ending.set)
        replacements: set[asyncio.Task[None]] = set()
        loop.add_signal_handler(signal.SIGHUP, lambda: replacements.add(loop.create_task(self._replace_all())))
        keepers = [asyncio.create_task(self._keep(number)) for number in range(self._settings.workers)]
        await self._ending.wait()
        for task in (*keepers, *replacements):
            task.cancel()
        await asyncio.gather(*keepers, *replacements, return_exceptions=True)
        await asyncio.gather(*(self._end(worker) for worker in list(self._alive)))

    async def _keep(self, number: int) -> None:
        """Keep a worker in the slot `number`: start one, and another when it dies; one that was replaced has a successor already."""
        pause = 1.0
        self._slots[number] = await self._start(first=True)
        while True:
            worker = self._slots[number]
            await worker.process.wait()
            if self._slots[number] is not worker:
                continue
            self._buried(worker)
            young = time.monotonic() - worker.born < YOUNG_SECONDS
            log.warning("worker died pid=%s code=%s", worker.process.pid, worker.process.returncode)
            pause = min(2 * pause, LONGEST_PAUSE) if young else 1.0
            await asyncio.sleep(pause if young else 0)
            if self._slots[number] is worker:
                self._slots[number] = await self._start(first=True)

    async def _replace_all(self) -> None:
        """Replace every worker, one after the other; the old one goes when the new one answers. A successor that fails leaves the old one."""
        async with self._replacing:
            for number in list(self._slots):
                successor = await self._start(first=False)
                try:
                    ready = await asyncio.wait_for(asyncio.shield(successor.ready), READY_SECONDS)
                except TimeoutError:
                    ready = False
                if not ready:
                    log.error("a successor did not become ready pid=%s", successor.process.pid)
                    await self._end(successor)
                    return
                old, self._slots[number] = self._slots[number], successor
                await self._end(old)
        log.info("replaced workers=%s", len(self._slots))

    async def _start(self, *, first: bool) -> Worker:
        reading, writing = os.pipe()
        given = (str(self._listening.fileno()), str(writing), "first" if first else "successor")
        process = await asyncio.create_subprocess_exec(*self._command, *given, pass_fds=(self._listening.fileno(), writing), env=self._environment)
        os.close(writing)
        worker = Worker(process, time.monotonic(), asyncio.create_task(asyncio.to_thread(_said, reading)))
        self._alive.append(worker)
        return worker

    async def _end(self, worker: Worker) -> None:
        """Let a worker drain; one that does not end is killed."""
        if worker.process.returncode is None:
            worker.process.terminate()
        try:
            await asyncio.wait_for(worker.process.wait(), self._settings.drain_seconds + 10)
        except TimeoutError:
            worker.process.kill()
            await worker.process.wait()
        self._buried(worker)

    def _buried(self, worker: Worker) -> None:
        if worker in self._alive:
            self._alive.remove(worker)
        mark_process_dead(worker.process.pid, self._environment[FOLDER])  # type: ignore[no-untyped-call]  # the package annotates nothing here


def _said(reading: int) -> bool:
    """Tell whether the other end of a pipe said that it is ready before it went."""
    with os.fdopen(reading, "rb") as pipe:
        return bool(pipe.read(1))


def supervise(settings: Settings, arguments: Sequence[str]) -> None:
    """Serve with several workers until told to stop; `arguments` are the command line's, which each worker gets as well."""
    listening = listen(settings)
    with tempfile.TemporaryDirectory(prefix="guichet-metrics-") as folder:
        command = (sys.executable, "-m", MODULE, *arguments, "--inherit")
        environment = {**os.environ, FOLDER: folder, "GUICHET_WORKERS": str(settings.workers)}

        async def run() -> None:
            await Workers(listening, settings, command, environment).run()

        asyncio.run(run())
    listening.close()
