"""Writes notes behind the answers: no reply waits for it, and none fails by it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from aiohttp import web

from bot.content.scrub import scrub
from bot.nlu.intents import entry_of
from bot.nlu.reading import Candidate
from bot.records import counts, missed
from bot.records.counts import Counted
from bot.records.database import Database, Unavailable
from bot.records.missed import Asked
from bot.web.noting.notes import Note

log = logging.getLogger(__name__)
Rank = Callable[[str], Awaitable[Sequence[Candidate]]]
MOST_WAITING = 5_000  # notes; further ones are lost, and the loss is counted
EVERY_SECONDS = 1.0
RANKING_SECONDS = 5
RANKED = 3  # entries that are kept as having come into question


class Recorder:
    """Takes notes at once and writes them in batches. While the database is away they wait, so many of them."""

    def __init__(self, database: Database, rank: Rank, *, most: int = MOST_WAITING) -> None:
        self.lost = 0
        self._database, self._rank, self._most = database, rank, most
        self._waiting: deque[Note] = deque()
        self._away = False
        self._writing, self._ended = asyncio.Lock(), asyncio.Event()

    @property
    def waiting(self) -> int:
        """How many notes are not written yet."""
        return len(self._waiting)

    def note(self, note: Note) -> None:
        """Take `note`; never waits, never fails."""
        if len(self._waiting) >= self._most:
            self.lost += 1
            return
        self._waiting.append(note)

    async def run(self) -> None:
        """Write what waits, again and again until `stop`, and once more then."""
        while not self._ended.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), EVERY_SECONDS)
            await self.flush()
        await self.flush()

    def stop(self) -> None:
        """Let `run` come to its end; the assistant is not asked any more."""
        self._ended.set()

    async def flush(self) -> None:
        """Write what waits; it goes on waiting if the database is away."""
        async with self._writing:
            notes = [self._waiting.popleft() for _ in range(len(self._waiting))]
            if not notes:
                return
            rankings = {note.missed.text: await self._ranking(note.missed.text) for note in notes if note.missed}
            try:
                await asyncio.to_thread(self._write, notes, rankings)
            except Unavailable as error:
                self._put_back(notes, error)
            except Exception:
                self.lost += len(notes)
                log.exception("notes lost number=%d", len(notes))  # the traceback names no text: parameters are hidden
            else:
                self._away = False

    async def _ranking(self, text: str) -> missed.Ranking:
        if self._ended.is_set():
            return ()
        try:
            async with asyncio.timeout(RANKING_SECONDS):
                candidates = await self._rank(text)
        except Exception as error:  # noqa: BLE001 -- a question is worth keeping without its ranking
            log.warning("no ranking for a missed question: %s", type(error).__name__)
            return ()
        return tuple((entry_of(one.intent), round(one.confidence, 3)) for one in candidates[:RANKED])

    def _write(self, notes: Sequence[Note], rankings: dict[str, missed.Ranking]) -> None:
        numbers: Counter[Counted] = Counter(one for note in notes for one in note.counted)
        asked = [(note.day, Asked(scrub(one.text, one.locale).text, one.locale, one.kind, rankings[one.text])) for note in notes if (one := note.missed)]
        with self._database.begin(hasty=True) as connection:
            counts.add(connection, numbers)
            for day, question in asked:
                missed.keep(connection, question, day=day)

    def _put_back(self, notes: Sequence[Note], error: Unavailable) -> None:
        room = max(0, self._most - len(self._waiting))
        self._waiting.extendleft(reversed(notes[:room]))
        self.lost += len(notes) - min(room, len(notes))
        if not self._away:
            log.warning("records unavailable cause=%s notes=%d", error, len(notes))
        self._away = True


RECORDER = web.AppKey("recorder", Recorder)
