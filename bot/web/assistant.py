"""The one module that knows the Rasa agent: a message in, the contract's reply out."""

from __future__ import annotations

import asyncio
import logging
import math
import secrets
import threading
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.content.library import Live, pinned
from bot.content.model import Library
from bot.dialogue.reply import joined
from bot.i18n.locale import Locale
from bot.nlu.intents import SELF_CHECK
from bot.nlu.normalise import canonical, clean
from bot.nlu.reading import Candidate
from bot.nlu.repeats import forget_all
from bot.nlu.self_check import PREFIX
from bot.settings import Settings
from bot.web.conversations import FORM, Conversations, InMemory, Kept
from bot.web.observing.stages import Seconds, stage, staged

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
Ranking = Callable[[str], list[Candidate]]
ModelCheck = Callable[[Ranking], str]
_Result = TypeVar("_Result")
MAX_REPLIES = 2  # an answer, and the open question of the self-check behind it


class AssistantDown(RuntimeError):
    """No model is loaded, or an answer did not come."""


@dataclass(frozen=True)
class Question:
    """What an applicant sent, checked by the edge: either a text or the id of an entry."""

    text: str | None = None
    entry: str | None = None
    conversation: str | None = None
    language: Locale | None = None
    accepts: Locale | None = None
    notice: str | None = None
    now: datetime | None = None


class Assistant:
    """A trained agent in a thread with its own event loop, so that the web's loop never waits for understanding."""

    def __init__(self, library: Library | Live, settings: Settings, clock: Clock, conversations: Conversations | None = None) -> None:
        self.live = library if isinstance(library, Live) else Live(library)
        self.settings, self.clock = settings, clock
        self.conversations = conversations or InMemory(settings)
        self.observed: Callable[[Seconds], None] = lambda _: None  # told where the time of each message went
        self.model: str | None = None
        self._agent: Any = None
        self._trackers: Any = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="assistant", daemon=True)
        self._thread.start()

    @property
    def library(self) -> Library:
        """What is said now."""
        return self.live.library

    @property
    def ready(self) -> bool:
        """Tell whether a model is loaded."""
        return self._agent is not None

    def load(self, model: Path, check: ModelCheck | None = None) -> None:
        """Load the model at `model`; the one before keeps answering until this one stands and `check` finds nothing wrong with how it ranks.

        Raises `AssistantDown`; conversations go on with the new model.
        """
        from rasa.core.agent import Agent

        from bot.web.agent.graph import StraightGraph
        from bot.web.agent.trackers import OneTurnTrackers
        from bot.web.endpoint import InProcessActions

        trackers = self._trackers or OneTurnTrackers()
        agent = Agent.load(str(model), tracker_store=trackers, action_endpoint=InProcessActions(self.live))
        if not agent.is_ready():
            raise AssistantDown(f"{model.name} does not load")
        agent.processor.graph_runner = StraightGraph(agent.processor.graph_runner)
        self._wait(_warm_up(agent))
        if check and (wrong := check(lambda text: self._wait(_ranked(agent, text)))):
            raise AssistantDown(f"{model.name} is not served: {wrong}")
        self._agent, self._trackers, self.model = agent, trackers, model.name.removesuffix(".tar.gz")

    async def ask(self, question: Question) -> dict[str, Any]:
        """Return ``{"conversation": …, "reply": …}`` for `question`; raises `AssistantDown`."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._ask(question, time.perf_counter()), self._loop))

    def ask_now(self, question: Question) -> dict[str, Any]:
        """Return the same, for callers that have no event loop."""
        return self._wait(self._ask(question, time.perf_counter()))

    def rank_now(self, text: str, library: Library | None = None) -> list[Candidate]:
        """Return how likely each entry was for `text`, for those who measure; with the phrasings of `library` if another one is given."""
        return self._wait(self._ranked(text, library or self.live.library))

    async def rank(self, text: str) -> list[Candidate]:
        """Return how likely each entry is for `text`, likeliest first; raises `AssistantDown`."""
        if self._agent is None:
            raise AssistantDown("no model is loaded")
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._ranked(text, self.live.library), self._loop))

    def try_now(self, question: Question, library: Library) -> dict[str, Any]:
        """Return what would be said if `library` were live, on the very way that messages take; nothing is kept or counted."""
        return self._wait(self._ask(question, time.perf_counter(), library))

    def parts(self) -> dict[str, Any]:
        """Return the components of the loaded model by the names of their classes; none while no model is loaded."""
        if self._agent is None:
            return {}
        return {type(component).__name__: component for component in self._agent.processor.graph_runner.components}

    def heads_now(self, text: str) -> dict[str, tuple[float, float]]:
        """Return, by intent, the probability that the head over meanings and the head over words give to `text`."""
        parts = self.parts()
        ranker, encoder = parts["EntryRanker"].ranker, parts["SegmentEncoder"].encoder
        whole = [canonical(typed(text))]
        meant, written = ranker.vector_head.log_probabilities(encoder.encode(whole))[0], ranker.word_head.log_probabilities(whole)[0]
        return {intent: (math.exp(one), math.exp(other)) for intent, one, other in zip(ranker.intents, meant, written, strict=True)}

    async def forget(self, conversation: str) -> bool:
        """Forget a conversation; tells whether there was one."""
        known = await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self.conversations.forget(conversation), self._loop))
        if known:
            forget_all()  # its words too: nobody knows any more which of those remembered were this conversation's
        return known

    def close(self) -> None:
        """Stop the thread; conversations go with it."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        if not self._thread.is_alive():
            self._loop.close()

    def _wait(self, coroutine: Coroutine[Any, Any, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def _ranked(self, text: str, library: Library) -> list[Candidate]:
        with pinned(library):
            return await _ranked(self._agent, text)

    async def _ask(self, question: Question, asked: float, library: Library | None = None) -> dict[str, Any]:
        with pinned(library or self.live.library):
            return await self._answered(question, asked, keep=library is None)

    async def _answered(self, question: Question, asked: float, *, keep: bool) -> dict[str, Any]:
        if self._agent is None:
            raise AssistantDown("no model is loaded")
        with staged() as seconds:
            seconds["waiting"] = time.perf_counter() - asked
            now = question.now or self.clock()
            with stage("memory"):
                kept = await self.conversations.get(question.conversation, now=now) if question.conversation else None
            conversation = question.conversation if kept and question.conversation else secrets.token_urlsafe(16)
            said, memory = await self._turn(question, kept.memory if kept else {}, now)
            with stage("memory"):
                if keep:
                    await self.conversations.put(conversation, Kept(now, memory))
        if keep:
            self.observed(seconds)
        return {"conversation": conversation, "reply": {**said, "id": secrets.token_urlsafe(9)}}

    async def _turn(self, question: Question, memory: Mapping[str, Any], now: datetime) -> tuple[dict[str, Any], Mapping[str, Any]]:
        """Return what is said to `question` after `memory`, and what the next turn leans on."""
        from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

        from bot.web.agent.trackers import remembered

        channel, turn = CollectingOutputChannel(), secrets.token_hex(8)
        text = _chosen(question.entry) if question.entry else typed(question.text or "")
        tracker = self._trackers.open(turn, memory)
        try:
            await self._agent.handle_message(UserMessage(text, channel, turn, input_channel="guichet", metadata=_told(question, memory, now)))
        finally:
            self._trackers.close(turn)
        said = [message["custom"] for message in channel.messages if "custom" in message]
        if not 1 <= len(said) <= MAX_REPLIES:
            raise AssistantDown(f"{len(said)} replies to one message")
        return joined(said), remembered(tracker)


def _told(question: Question, memory: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return what goes with a message: choices of the page, and what the turn before left to lean on."""
    asked = (memory.get(FORM) or {}).get("slots", {}).get("requested_slot")
    before = {"entries": memory.get("entries") or [], "choices": memory.get("choices") or [], "open_slot": asked}
    told = {"language": question.language, "accepts": question.accepts, "spoken": memory.get("locale"), "notice": question.notice}
    return {**told, "entry": question.entry, "now": now.isoformat(), "before": before}


async def _warm_up(agent: Any) -> None:
    await agent.parse_message("bonjour")  # builds what is built on first use: encoders, entity rulers


async def _ranked(agent: Any, text: str) -> list[Candidate]:
    parsed = await agent.parse_message(typed(text))
    return [Candidate(row["name"], row["confidence"]) for row in parsed["intent_ranking"]]


def _chosen(entry: str) -> str:
    """Return Rasa's own form of an intent given without understanding."""
    return "/" + (SELF_CHECK if entry == SELF_CHECK or entry.startswith(PREFIX) else "faq")


def typed(text: str) -> str:
    """Return `text` as Rasa may see it: a leading slash would be taken for a command."""
    return clean(text).lstrip("/ ") or "?"


def real_time() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def clock_of(settings: Settings) -> Clock:
    """Return the clock that `settings` ask for: fixed, or the real time."""
    fixed = settings.now
    return (lambda: fixed) if fixed else real_time
