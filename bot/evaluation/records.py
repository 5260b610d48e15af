"""What the assistant said to each question, and the running of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.evaluation.cases import Case, fits
from bot.i18n.locale import Locale
from bot.nlu.reading import Candidate

Rank = Callable[[str], Sequence[Candidate]]
Stopwatch = Callable[[], float]


class Ask(Protocol):
    """The assistant: a message in, the contract's ``{"conversation", "reply"}`` out."""

    def __call__(self, text: str, *, conversation: str | None, notice: str | None, language: Locale | None) -> Mapping[str, Any]:
        """Return the reply to `text`."""
        ...


@dataclass(frozen=True)
class Record:
    """A question and what was said to it; `ranking` is what the classifier thought of the message as one."""

    case: Case
    kind: str
    blocks: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    language: str = ""
    notices: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    ranking: tuple[Candidate, ...] = ()
    milliseconds: float = 0.0

    def right(self, entry: str) -> bool:
        """Tell whether `entry` is wanted or right as well."""
        return any(fits(label, entry) for label in (*self.case.wanted, *self.case.also))

    def also_right(self) -> bool:
        """Tell whether something was said that is right as well, though not what was wanted."""
        return any(fits(label, entry) for label in self.case.also for entry in self.blocks)

    def given(self) -> str:
        """Return what to call what was said: the first entry, or the kind where no entry was said."""
        return "clarify" if self.kind == "clarify" else self.blocks[0] if self.blocks else self.kind


def record(case: Case, reply: Mapping[str, Any], ranking: Sequence[Candidate] = (), milliseconds: float = 0.0) -> Record:
    """Return the record of the contract's `reply` to `case`."""
    blocks = reply.get("blocks") or ()
    return Record(
        case=case,
        kind=reply["kind"],
        blocks=tuple(block["entry"] for block in blocks),
        suggestions=tuple(suggestion["entry"] for suggestion in reply.get("suggestions") or ()),
        language=reply.get("language", ""),
        notices=tuple(reply.get("notices") or ()),
        outcomes=tuple(check["outcome"] for block in blocks for check in block.get("checks") or ()),
        ranking=tuple(ranking),
        milliseconds=milliseconds,
    )


def run(cases: Iterable[Case], ask: Ask, rank: Rank | None = None, *, stopwatch: Stopwatch = time.perf_counter) -> Iterator[Record]:
    """Yield the record of each of `cases`; a dialogue's turns share a conversation, everything else starts one."""
    dialogue: str | None = None
    conversation: str | None = None
    for case in cases:
        if case.dialogue is None or case.dialogue != dialogue:
            conversation = None
        dialogue = case.dialogue
        begun = stopwatch()
        said = ask(case.text, conversation=conversation, notice=None, language=None)
        milliseconds = 1000.0 * (stopwatch() - begun)
        conversation = said["conversation"]
        yield record(case, said["reply"], rank(case.text) if rank else (), milliseconds)
