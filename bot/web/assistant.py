"""The one module that knows the Rasa agent: a message in, the contract's reply out."""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.content.model import Library
from bot.dialogue.reply import joined
from bot.dialogue.self_check import PREFIX
from bot.i18n.locale import Locale
from bot.nlu.intents import SELF_CHECK
from bot.nlu.normalise import clean
from bot.nlu.reading import Candidate
from bot.settings import Settings

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
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

    def __init__(self, library: Library, settings: Settings, clock: Clock) -> None:
        self.library, self.settings, self.clock = library, settings, clock
        self.model: str | None = None
        self._agent: Any = None
        self._trackers: Any = None
        self._used: OrderedDict[str, tuple[datetime, Locale | None]] = OrderedDict()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="assistant", daemon=True)
        self._thread.start()

    @property
    def ready(self) -> bool:
        """Tell whether a model is loaded."""
        return self._agent is not None

    def load(self, model: Path) -> None:
        """Load the model at `model`; the one before keeps answering until this one stands."""
        from rasa.core.agent import Agent
        from rasa.core.tracker_store import InMemoryTrackerStore
        from rasa.shared.core.domain import Domain

        from bot.web.endpoint import InProcessActions

        trackers = InMemoryTrackerStore(Domain.empty())  # the agent gives it the model's domain
        agent = Agent.load(str(model), tracker_store=trackers, action_endpoint=InProcessActions(self.library))
        if not agent.is_ready():
            raise AssistantDown(f"{model.name} does not load")
        self._agent, self._trackers, self.model = agent, trackers, model.name.removesuffix(".tar.gz")
        self._wait(self._warm_up())

    async def ask(self, question: Question) -> dict[str, Any]:
        """Return ``{"conversation": …, "reply": …}`` for `question`; raises `AssistantDown`."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._ask(question), self._loop))

    def ask_now(self, question: Question) -> dict[str, Any]:
        """Return the same, for callers that have no event loop."""
        return self._wait(self._ask(question))

    def rank_now(self, text: str) -> list[Candidate]:
        """Return how likely each entry was for `text`, for those who measure."""
        parsed = self._wait(self._agent.parse_message(typed(text)))
        return [Candidate(row["name"], row["confidence"]) for row in parsed["intent_ranking"]]

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

    async def _warm_up(self) -> None:
        await self._agent.parse_message("bonjour")  # builds what is built on first use: encoders, entity rulers

    async def _ask(self, question: Question) -> dict[str, Any]:
        if self._agent is None:
            raise AssistantDown("no model is loaded")
        from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

        now = question.now or self.clock()
        conversation = await self._conversation(question.conversation, now)
        channel = CollectingOutputChannel()
        told: dict[str, Any] = {"language": question.language, "accepts": question.accepts, "spoken": self._used[conversation][1]}
        told |= {"notice": question.notice, "entry": question.entry, "now": now.isoformat(), "before": await self._before(conversation)}
        text = _chosen(question.entry) if question.entry else typed(question.text or "")
        await self._agent.handle_message(UserMessage(text, channel, conversation, input_channel="guichet", metadata=told))
        said = [message["custom"] for message in channel.messages if "custom" in message]
        if not 1 <= len(said) <= MAX_REPLIES:
            raise AssistantDown(f"{len(said)} replies to one message")
        reply = {**joined(said), "id": secrets.token_urlsafe(9)}
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
        open_slot = tracker.get_slot("requested_slot") if tracker else None
        return {"entries": memory.get("entries") or [], "choices": memory.get("choices") or [], "open_slot": open_slot}

    async def _forget(self, conversation: str) -> bool:
        known = self._used.pop(conversation, None) is not None
        if self._trackers is not None:
            self._trackers.store.pop(conversation, None)
        return known


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
