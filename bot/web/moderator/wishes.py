"""What a moderator's page may ask for, read from JSON: each becomes a function of the session, or is refused as malformed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.web.problem import Refused
from bot.webinar import moderation
from bot.webinar.live import Wish
from bot.webinar.session import WHATS, InGroup, What

MAX_NAMED = 2_000  # questions or groups in one wish
SETTABLE: Mapping[str, What] = {what: what for what in WHATS}


@dataclass(frozen=True)
class Known:
    """What a wish may name beside questions and groups."""

    entries: Collection[str]
    moderators: Collection[str]


def read_wish(body: Mapping[str, Any], *, by: str, known: Known) -> tuple[Wish, dict[str, int]]:
    """Return the wish of `body` and the groups, each with its `changed`, that its page saw; raises `Refused`."""
    seen = body.get("seen", {})
    if not isinstance(seen, dict) or not all(isinstance(count, int) and not isinstance(count, bool) for count in seen.values()):
        raise Refused(400, "error-malformed", detail="seen")
    make = _WISHES.get(str(body.get("do")))
    if make is None:
        raise Refused(400, "error-malformed", detail="do")
    return make(body, by, known), seen


def _choose(body: Mapping[str, Any], by: str, known: Known) -> Wish:
    what, value, group = SETTABLE.get(str(body.get("what"))), body.get("value"), _text(body, "group")
    if what is None or not (value is None or isinstance(value, str)):
        raise Refused(400, "error-malformed", detail="what, value")
    if (what == "entry" and value and value not in known.entries) or (what == "assignee" and value is not None and value not in known.moderators):
        raise Refused(422, "moderator-error-value")
    return lambda session: moderation.choose(session, group, what, value, by=by)


def _split(body: Mapping[str, Any], by: str, _: Known) -> Wish:
    questions = _texts(body, "questions")
    return lambda session: moderation.split(session, questions, by=by)


def _merge(body: Mapping[str, Any], by: str, _: Known) -> Wish:
    into, others = _text(body, "group"), _texts(body, "others")
    return lambda session: moderation.merge(session, into, others, by=by)


def _move(body: Mapping[str, Any], by: str, _: Known) -> Wish:
    question, group = _text(body, "question"), body.get("group")
    if group is not None and not isinstance(group, str):
        raise Refused(400, "error-malformed", detail="group")
    return lambda session: moderation.move(session, question, InGroup(group or session.next_group()), by=by)


def _aside(body: Mapping[str, Any], by: str, _: Known) -> Wish:
    questions = _texts(body, "questions")
    return lambda session: moderation.set_aside(session, questions, "moderator", by=by)


def _undo(_: Mapping[str, Any], by: str, __: Known) -> Wish:
    return lambda session: moderation.undo(session, by=by)


_WISHES: Mapping[str, Callable[[Mapping[str, Any], str, Known], Wish]] = {
    "choose": _choose,
    "split": _split,
    "merge": _merge,
    "move": _move,
    "aside": _aside,
    "undo": _undo,
}


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise Refused(400, "error-malformed", detail=name)
    return value


def _texts(body: Mapping[str, Any], name: str) -> list[str]:
    values = body.get(name)
    if not isinstance(values, list) or not 0 < len(values) <= MAX_NAMED or not all(isinstance(value, str) for value in values):
        raise Refused(400, "error-malformed", detail=name)
    return values
