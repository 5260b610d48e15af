"""Custom actions in the same process: an object with the coroutine that Rasa calls on an action server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from rasa.core.actions.action import RemoteAction
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor

from actions.answer import ActionAnswer
from actions.clarify import ActionClarify
from actions.decline import ActionDecline
from actions.self_check import ActionAsk, ActionSelfCheckSummary, ValidateSelfCheck
from bot.content.library import Live
from bot.nlu.self_check import STEPS
from bot.web.observing.stages import stage


def trust_actions() -> None:
    """Let Rasa take our actions' results as they are.

    It checks each against a JSON schema that it first checks itself: 20 ms a message, for what a type checker has already read.
    """
    RemoteAction._validate_action_result = _trusted  # noqa: SLF001 -- there is no other way in


def _trusted(_action: RemoteAction, _result: dict[str, Any]) -> bool:
    return True


def _actions(live: Live) -> Iterator[Action]:
    yield from (ActionAnswer(live), ActionClarify(live), ActionDecline(live))
    yield from (ValidateSelfCheck(live), ActionSelfCheckSummary(live), *(ActionAsk(step, live) for step in STEPS))


class InProcessActions:
    """Stands in for Rasa's endpoint configuration; no port, no second server."""

    url = "in-process"
    kwargs: ClassVar = {"enable_selective_domain": True}  # the actions do not read the domain: it need not be copied for each call

    def __init__(self, live: Live) -> None:
        trust_actions()
        self.executor = ActionExecutor()
        for action in _actions(live):
            self.executor.register_action(action)

    async def request(self, json: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Run the action that `json` names and return its events and responses."""
        with stage("rendering"):
            result = await self.executor.run(json)
        return dict(result) if result else {"events": [], "responses": []}
