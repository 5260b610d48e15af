"""The one module that knows the Rasa agent: a message in, the contract's reply out."""

from __future__ import annotations

import asyncio
import logging
import math
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.content.library import Live, pinned
from bot.content.model import Library
from bot.i18n.locale import Locale
from bot.nlu.normalise import canonical, clean
from bot.nlu.reading import Candidate
from bot.settings import Settings

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
Ranking = Callable[[str], list[Candidate]]
ModelCheck = Callable[[Ranking], str]
_Result = TypeVar("_Result")
_CHOSEN = "/faq"  # Rasa's own form of an intent given without understanding


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

    def __init__(self, library: Library | Live, settings: Settings, clock: Clock) -> None:
        self.live = library if isinstance(library, Live) else Live(library)
        self.settings, self.clock = settings, clock
        self.model: str | None = None
        self._agent: Any = None
        self._trackers: Any = None
        self._used: OrderedDict[str, tuple[datetime, Locale | None]] = OrderedDict()
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
        from rasa.core.tracker_store import InMemoryTrackerStore
        from rasa.shared.core.domain import Domain

        from bot.web.endpoint import InProcessActions

        trackers = InMemoryTrackerStore(Domain.empty())  # the agent gives it the model's domain
        if self._trackers is not None:
            trackers.store = self._trackers.store  # the same conversations, while the old agent goes on with its own domain
        agent = Agent.load(str(model), tracker_store=trackers, action_endpoint=InProcessActions(self.live))
        if not agent.is_ready():
            raise AssistantDown(f"{model.name} does not load")
        self._wait(_warm_up(agent))
        if check and (wrong := check(lambda text: self._wait(_ranked(agent, text)))):
            raise AssistantDown(f"{model.name} is not served: {wrong}")
        self._agent, self._trackers, self.model = agent, trackers, model.name.removesuffix(".tar.gz")

    async def ask(self, question: Question) -> dict[str, Any]:
        """Return ``{"conversation": …, "reply": …}`` for `question`; raises `AssistantDown`."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._ask(question), self._loop))

    def ask_now(self, question: Question) -> dict[str, Any]:
        """Return the same, for callers that have no event loop."""
        return self._wait(self._ask(question))

    def rank_now(self, text: str, library: Library | None = None) -> list[Candidate]:
        """Return how likely each entry was for `text`, for those who measure; with the phrasings of `library` if another one is given."""
        return self._wait(self._ranked(text, library or self.live.library))

    async def rank(self, text: str) -> list[Candidate]:
        """Return how likely each entry is for `text`, likeliest first; raises `AssistantDown`."""
        if self._agent is None:
            raise AssistantDown("no model is loaded")
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._ranked(text, self.live.library), self._loop))

    def try_now(self, question: Question, library: Library) -> dict[str, Any]:
        """Return what would be said if `library` were live, on the very way that messages take; the conversation is forgotten."""
        answered = self._wait(self._ask(question, library))
        self._wait(self._forget(answered["conversation"]))
        return answered

    def parts(self) -> dict[str, Any]:
        """Return the components of the loaded model by the names of their classes; none while no model is loaded."""
        if self._agent is None:
            return {}
        nodes = (node._component for node in self._agent.processor.graph_runner._instantiated_nodes.values())  # noqa: SLF001 -- Rasa shows them in no other way
        return {type(node).__name__: node for node in nodes}

    def heads_now(self, text: str) -> dict[str, tuple[float, float]]:
        """Return, by intent, the probability that the head over meanings and the head over words give to `text`."""
        parts = self.parts()
        ranker, encoder = parts["EntryRanker"].ranker, parts["SegmentEncoder"].encoder
        whole = [canonical(typed(text))]
        meant, written = ranker.vector_head.log_probabilities(encoder.encode(whole))[0], ranker.word_head.log_probabilities(whole)[0]
        return {intent: (math.exp(one), math.exp(other)) for intent, one, other in zip(ranker.intents, meant, written, strict=True)}

    async def forget(self, conversation: str) -> bool:
        """Forget a conversation; tells whether there was one."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._forget(conversation), self._loop))

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

    async def _ask(self, question: Question, library: Library | None = None) -> dict[str, Any]:
        with pinned(library or self.live.library):
            return await self._answered(question)

    async def _answered(self, question: Question) -> dict[str, Any]:
        if self._agent is None:
            raise AssistantDown("no model is loaded")
        from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

        now = question.now or self.clock()
        conversation = await self._conversation(question.conversation, now)
        channel = CollectingOutputChannel()
        told: dict[str, Any] = {"language": question.language, "accepts": question.accepts, "spoken": self._used[conversation][1]}
        told |= {"notice": question.notice, "entry": question.entry, "now": now.isoformat(), "before": await self._before(conversation)}
        text = _CHOSEN if question.entry else typed(question.text or "")
        await self._agent.handle_message(UserMessage(text, channel, conversation, input_channel="guichet", metadata=told))
        said = [message["custom"] for message in channel.messages if "custom" in message]
        if len(said) != 1:
            raise AssistantDown(f"{len(said)} replies to one message")
        reply = {**said[0], "id": secrets.token_urlsafe(9)}
        self._used[conversation] = (now, reply["language"])
        self._used.move_to_end(conversation)
        return {"conversation": conversation, "reply": reply}

    async def _conversation(self, wanted: str | None, now: datetime) -> str:
        """Return the conversation to go on with: `wanted` if it is known and not silent for too long, else a new one."""
        limit = now - timedelta(minutes=self.settings.silence_minutes)
        over = [key for key, (used, _) in self._used.items() if used < limit]
        surplus = list(self._used)[: max(0, len(self._used) - self.settings.max_conversations + 1)]
        for key in {*over, *surplus}:
            await self._forget(key)
        conversation = wanted if wanted and wanted in self._used else secrets.token_urlsafe(16)
        self._used.setdefault(conversation, (now, None))
        return conversation

    async def _before(self, conversation: str) -> dict[str, Any]:
        """Return what the turn before left for a message to lean on."""
        tracker = await self._trackers.retrieve(conversation)
        memory = (tracker.get_slot("memory") if tracker else None) or {}
        return {"entries": memory.get("entries") or [], "choices": memory.get("choices") or []}

    async def _forget(self, conversation: str) -> bool:
        known = self._used.pop(conversation, None) is not None
        if self._trackers is not None:
            self._trackers.store.pop(conversation, None)
        return known


async def _warm_up(agent: Any) -> None:
    await agent.parse_message("bonjour")  # builds what is built on first use: encoders, entity rulers


async def _ranked(agent: Any, text: str) -> list[Candidate]:
    parsed = await agent.parse_message(typed(text))
    return [Candidate(row["name"], row["confidence"]) for row in parsed["intent_ranking"]]


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
