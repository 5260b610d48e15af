"""Every setting in one table: name, default, sentence. Read from the environment as GUICHET_<NAME>, overridden by the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


class BadSetting(ValueError):
    """A setting's value cannot be used; the message names the setting and says how it should look."""


def _row(default: Any, says: str) -> Any:
    return field(default=default, metadata={"says": says})


@dataclass(frozen=True)
class Settings:
    """How this installation runs."""

    host: str = _row("127.0.0.1", "Address to listen on.")
    port: int = _row(8080, "Port to listen on.")
    models: Path = _row(ROOT / "models", "Folder of trained models; the newest that fits the content is served.")
    content: Path = _row(ROOT / "data" / "faq", "Folder of the content's files; what git changes there becomes a release while serving.")
    publish_margin: int = _row(1, "Percentage points by which a language's golden questions may fall through a release; beyond it is held back.")
    now: datetime | None = _row(None, "Fixes the clock (ISO 8601 with offset); empty means the real time.")
    silence_minutes: int = _row(60, "Minutes of silence after which a conversation is forgotten.")
    max_conversations: int = _row(10_000, "Conversations kept at once; the longest silent are forgotten first.")
    max_waiting: int = _row(32, "Messages that may wait for an answer at once; further ones are told to come back (503).")
    max_wait_seconds: int = _row(8, "Seconds that a message may be expected to wait for its answer; beyond it is told to come back (503).")
    messages_per_minute: int = _row(30, "Messages that one address may send in a minute; further ones are told when to come back (429).")
    answer_seconds: int = _row(20, "Seconds after which an answer that has not come is given up (503).")
    requests_per_minute: int = _row(600, "Requests of any other kind that one address may send in a minute (429); an IPv6 network of 64 bits counts as one address.")
    requests_per_minute_overall: int = _row(12_000, "Requests that all together may send in a minute; further ones are told when to come back (429).")
    body_seconds: int = _row(30, "Seconds within which the body of a request must have come (408).")
    idle_seconds: int = _row(30, "Seconds after which a connection is closed on which no request begins.")
    proxies: tuple[str, ...] = _row((), "Addresses or networks of the proxies before this server, separated by commas; only what they say in X-Forwarded-For is believed.")
    frames: tuple[str, ...] = _row((), "Origins of other sites that may show our pages in a frame, separated by commas; staff pages never are.")
    origins: tuple[str, ...] = _row((), "Origins of other sites whose pages may embed the widget, separated by commas.")
    metrics_from: tuple[str, ...] = _row(("127.0.0.1/32", "::1/128"), "Addresses and networks that may read /metrics, separated by commas; never through a proxy.")
    metrics_token: str = _row("", "Token with which /metrics may be read from elsewhere (Authorization: Bearer …); empty means none.")
    log_format: str = _row("text", "Log lines for people (text) or one JSON object a line (json); on standard error.")
    database: str = _row(f"sqlite:///{ROOT / 'var' / 'guichet.db'}", "Where records are kept: an SQLite file, or `postgresql+psycopg2://…`.")
    redis: str = _row("", "Where several processes meet (`redis://host:6379/0`): shared limits, locks and repeats; empty for one process.")
    workers: int = _row(1, "Processes that answer; more than one share conversations in the database.")
    drain_seconds: int = _row(10, "Seconds that a process has at its end for the requests under way.")
    https: bool = _row(default=False, says="Says that pages are reached over HTTPS, as they must be in service: cookies then go over HTTPS only.")
    login_failures: int = _row(5, "Wrong passwords in a row after which an account is locked for a while.")
    login_lock_minutes: int = _row(15, "Minutes for which an account is locked.")
    logins_per_minute: int = _row(10, "Attempts to log in that one address may make in a minute.")
    login_idle_minutes: int = _row(60, "Minutes of silence after which an editor or moderator must log in again.")
    login_hours: int = _row(12, "Hours after which an editor or moderator must log in again, however busy.")
    deeds_days: int = _row(365, "Days for which it is kept what was done by whom.")
    missed_days: int = _row(90, "Days for which questions that could not be answered are kept, without personal data.")
    counts_days: int = _row(730, "Days for which daily counts are kept; they hold no words.")
    draft_days: int = _row(365, "Days after which a draft that nobody has saved again is erased.")
    release_days: int = _row(1825, "Days for which releases other than the live one are kept: so long a transcript can be proven and a release be brought back.")
    webinar_days: int = _row(30, "Days for which a live session's questions are kept after its end, without names or addresses.")
    webinar_asks: int = _row(6, "Questions that one participant of a live session may ask in a minute.")
    webinar_requests: int = _row(3_000, "Questions and votes that one address may send in a minute: a whole office may share one.")
    development: bool = _row(default=False, says="Allows the page to set the clock; never in service.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Return the settings with what `environment` sets."""
        given = {row.name: environment[f"GUICHET_{row.name.upper()}"] for row in fields(cls) if environment.get(f"GUICHET_{row.name.upper()}")}
        return cls().with_texts(given)

    def with_texts(self, given: Mapping[str, str]) -> Settings:
        """Return these settings with some replaced, read from texts."""
        known = {row.name: row for row in fields(self)}
        return replace(self, **{name: _read(name, str(known[name].type), text) for name, text in given.items()})


_LOOKS = {"int": "a whole number", "bool": "true or false"}


def _read(name: str, kind: str, text: str) -> Any:
    try:
        if kind == "int":
            return int(text)
        if kind == "bool":
            return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[text.lower()]
        if kind.startswith("datetime"):
            return moment(text)
    except (ValueError, KeyError) as error:
        raise BadSetting(f"{name}: {text!r} is not {_LOOKS.get(kind, 'a moment like 2025-06-15T12:00:00+02:00')}") from error
    if kind.startswith("tuple"):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return Path(text) if kind == "Path" else text


def moment(text: str) -> datetime:
    """Return the moment that `text` names; an offset from UTC is required."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"{text} has no offset from UTC")
    return value
