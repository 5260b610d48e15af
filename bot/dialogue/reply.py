"""The reply, in the contract's shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.content.render import Link, Rendered, Source, State
from bot.i18n.locale import Locale

ReplyKind = Literal["answer", "clarify", "not_in_notice", "out_of_scope", "refusal", "smalltalk"]
Outcome = Literal["meets", "fails", "depends"]


@dataclass(frozen=True)
class Check:
    """A value that the applicant gave, held against a published criterion."""

    criterion: str
    given: str
    outcome: Outcome


@dataclass(frozen=True)
class Block:
    """One thing asked and its curated answer; never two entries in one."""

    entry: str
    text: str
    state: State = "undated"
    sources: tuple[Source, ...] = ()
    links: tuple[Link, ...] = ()
    checks: tuple[Check, ...] = ()
    notices: tuple[str, ...] = ()  # those that the words were chosen for: with the moment, all it takes to say them again

    @classmethod
    def of(cls, rendered: Rendered, *, added: str = "", checks: tuple[Check, ...] = ()) -> Block:
        """Return the block of a rendered entry, with a sentence added that its criterion or the clock asks for."""
        text = f"{rendered.text}\n{added}" if added else rendered.text
        return cls(rendered.entry, text, rendered.state, rendered.sources, rendered.links, checks, rendered.notices)


@dataclass(frozen=True)
class Suggestion:
    """An entry offered as a button."""

    entry: str
    label: str


@dataclass(frozen=True)
class Reply:
    """All that is said to one message."""

    kind: ReplyKind
    language: Locale
    blocks: tuple[Block, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    notices: tuple[str, ...] = ()
    content_version: str = ""
    now: str = ""  # the moment that the words are right for
    id: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the contract's ``reply`` object, of such values as JSON has."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    return [_plain(held) for held in value] if isinstance(value, tuple) else value


def joined(replies: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return one reply for an answer with the self-check's open question behind it; a clarification is settled first."""
    first, *rest = replies
    if first["kind"] == "clarify" or not rest:
        return first
    return {**first, "blocks": [block for reply in replies for block in reply["blocks"]], "suggestions": rest[-1]["suggestions"]}
