"""Keeps Rasa from calling home and from writing messages into logs. Imported before Rasa; there is no setting to undo it."""

from __future__ import annotations

import logging
import os
import sys
import types
import warnings
from collections.abc import MutableMapping
from typing import Any, Self

_SPEAKS_OF_MESSAGES = {
    "text",
    "message",
    "user_message",
    "user_text",
    "parse_data",
    "parse_data_text",
    "parse_data_intent",
    "prediction_events",
    "events",
    "rendered_text",
    "rasa_events",
    "slots",
    "slot_values",
    "entities",
    "json_message",
}


def silence() -> None:
    """Make telemetry and crash reports impossible, and messages unloggable, before Rasa is imported."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    warnings.filterwarnings("ignore", module=r"(rasa|sanic|tensorflow|keras|pkg_resources|google|aiogram|skops|sklearn_crfsuite)(\..*)?$")
    there = sys.modules.get("rasa.telemetry")
    if isinstance(there, _Nothing):
        return  # done already
    if there is not None:
        raise RuntimeError("rasa was imported before bot.silence")
    sys.modules["rasa.telemetry"] = _Nothing("rasa.telemetry")
    _quiet_logs()


class _Nothing(types.ModuleType):
    """Stands in Rasa's telemetry module: every function does nothing, every decorator and context leaves things as they are."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _nothing


class _Idle:
    def __bool__(self) -> bool:
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __call__(self, function: Any) -> Any:
        return function


def _nothing(*_: Any, **__: Any) -> Any:
    return _Idle()


def _quiet_logs() -> None:
    import structlog

    structlog.configure(
        processors=[_without_words, structlog.stdlib.add_log_level, structlog.processors.KeyValueRenderer(key_order=["event"])],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    logging.getLogger("rasa").setLevel(logging.WARNING)
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)


def _without_words(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key in _SPEAKS_OF_MESSAGES & set(event):
        event[key] = "(not logged)"
    event.pop("event_info", None)  # Rasa's prose, which quotes the message
    return event
