"""Events and questions of a session as they are kept, and back: an event says nothing of a question but its id."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from bot.i18n.locale import parse_locale
from bot.nlu.normalise import canonical
from bot.records.webinar_log import KeptQuestion, Line
from bot.webinar.likeness import Traits
from bot.webinar.receiving import traits_for
from bot.webinar.session import Chosen, Event, InGroup, Move, Moved, Place, Placed, Question, SetAside
from bot.webinar.understanding import Understands


@dataclass(frozen=True)
class Memory:
    """How kept probabilities are read: in the order `intents`, which is that of `model`; `orders` are those of the models before it.

    What another model made of a question `understands` makes anew; without it what was made is shown as it is.
    """

    model: str
    intents: Sequence[str]
    understands: Understands | None = None
    orders: Mapping[str, Sequence[str]] = field(default_factory=dict)


def latest(rows: Mapping[str, KeptQuestion], orders: Mapping[str, Sequence[str]]) -> Memory:
    """Return how the questions of `rows` are read while no model is loaded: in the order of the model that read the last of them."""
    known = [row for row in rows.values() if row.model in orders]
    if not known:
        return Memory("", ())
    model = max(known, key=lambda row: row.message).model
    return Memory(model, orders[model], orders=orders)


def line_of(event: Event, number: int, *, now: datetime) -> Line:
    """Return `event` as kept under `number`."""
    if isinstance(event, Placed):
        return Line(number, "placed", _json({"question": event.question.id, **_place(event.place), "strand": event.strand}), None, now)
    if isinstance(event, Moved):
        moves = [[move.question, _place(move.before), _place(move.after), move.strand_before, move.strand_after] for move in event.moves]
        return Line(number, "moved", _json({"moves": moves, "undoes": event.undoes}), event.by, now)
    return Line(number, "chosen", _json({"group": event.group, "what": event.what, "before": event.before, "after": event.after, "undoes": event.undoes}), event.by, now)


def event_of(line: Line, questions: Mapping[str, Question]) -> Event:
    """Return the event that `line` keeps."""
    data = json.loads(line.data)
    if line.kind == "placed":
        return Placed(questions[data["question"]], _place_of(data), data["strand"])
    if line.kind == "moved":
        return Moved(tuple(Move(name, _place_of(before), _place_of(after), *strands) for name, before, after, *strands in data["moves"]), line.by, data["undoes"])
    return Chosen(data["group"], data["what"], data["before"], data["after"], line.by or "", data["undoes"])


def kept(question: Question, model: str) -> KeptQuestion:
    """Return `question` as kept, with what `model` made of it in half precision."""
    traits = question.traits
    data = np.concatenate([traits.vector, traits.probabilities]).astype(np.float16).tobytes() if traits else None
    return KeptQuestion(
        question.id,
        question.message,
        question.part,
        question.text,
        question.locale,
        question.urgent,
        _with_zone(question.asked_at),
        question.votes,
        question.key,
        data,
        model,
    )


def questions_of(rows: Mapping[str, KeptQuestion], memory: Memory) -> dict[str, Question]:
    """Return the questions kept in `rows`."""
    found = {name: _question(row, _traits(row, memory)) for name, row in rows.items()}
    stale = [name for name, row in rows.items() if row.traits is not None and found[name].traits is None]
    if memory.understands is None or not stale:
        return found
    anew = traits_for([canonical(found[name].text) for name in stale], memory.understands)
    return {**found, **{name: replace(found[name], traits=traits) for name, traits in zip(stale, anew, strict=True)}}


def _question(row: KeptQuestion, traits: Traits | None) -> Question:
    locale = parse_locale(row.locale) if row.locale else None
    return Question(row.id, row.text, row.message, traits, locale, row.part, row.urgent, row.asked_at, row.votes, row.key)


def _traits(row: KeptQuestion, memory: Memory) -> Traits | None:
    order = memory.intents if row.model == memory.model else memory.orders.get(row.model, ())
    if row.traits is None or not order:
        return None
    values = np.frombuffer(row.traits, dtype=np.float16).astype(np.float32)
    likely = values[-len(order) :]
    if row.model != memory.model:
        by_name = dict(zip(order, likely, strict=True))
        likely = np.array([by_name.get(intent, 0.0) for intent in memory.intents], dtype=np.float32)
    return Traits(values[: -len(order)], likely)


def _place(place: Place) -> dict[str, str]:
    return {"in": place.group} if isinstance(place, InGroup) else {"aside": place.why}


def _place_of(data: Mapping[str, Any]) -> Place:
    return InGroup(data["in"]) if "in" in data else SetAside(data["aside"])


def _with_zone(moment: datetime | None) -> datetime | None:
    """Return `moment` with a zone: exports that name none are read as UTC."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _json(data: Mapping[str, Any] | Sequence[Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
