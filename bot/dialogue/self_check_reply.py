"""What the guided self-check says: its questions, and a summary by criterion. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.content.model import Library, Notice
from bot.content.render import head_of, render
from bot.dialogue.compose import block_of
from bot.dialogue.criteria import Comparison, compare_briefly, settled
from bot.dialogue.reply import Block, Check, Reply, Suggestion
from bot.dialogue.self_check import CRITERIA, SKIP, STOP, Said, buttons, label
from bot.dialogue.turn import Turn
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale
from bot.nlu.intents import SELF_CHECK
from bot.nlu.self_check import PREFIX, STEPS, Step

SUMMARY, DECIDES, NOTHING = f"{PREFIX}summary", f"{PREFIX}decides", f"{PREFIX}nothing"


@dataclass(frozen=True)
class Progress:
    """How far the open question is: how often it was put in vain, and whether the one before it was left out for that."""

    tries: int = 0
    left_out: bool = False
    begun: bool = True


def ask(turn: Turn, step: Step, progress: Progress, notice: str | None, *, after_something_else: bool = False) -> Reply:
    """Put the question of `step`: with the introduction when the check begins, in other words when it was put in vain."""
    meant = _meant(turn, notice)
    said = [SELF_CHECK] if not progress.begun else [SKIP] if progress.left_out and not after_something_else else []
    said.append(f"{PREFIX}{step}-again" if progress.tries and not after_something_else else PREFIX + step)
    blocks = tuple(block_of(turn, turn.library.entries[key], meant) for key in said)
    offered = [*buttons(turn.library, step), SKIP, STOP]
    suggestions = tuple(Suggestion(key, label(turn.library, key, turn.locale)) for key in offered)
    return _replied(turn, blocks, suggestions, meant if notice else ())


def summarise(turn: Turn, said: Mapping[Step, Said]) -> Reply:
    """Compare what was said with each criterion, notice by notice where they differ; what was left out is named as such."""
    notice = said["notice"].notice if "notice" in said else None
    meant = _meant(turn, notice)
    values = {step: value for step, value in said.items() if value.entities}
    if not values:
        return _ended(turn, NOTHING, meant)
    groups: dict[tuple[str, ...], list[Notice]] = {}
    checks: dict[str, list[Check]] = {}
    for each in meant:
        lines, found = _compared(turn, each, values)
        groups.setdefault(lines, []).append(each)
        for check in found:
            checks.setdefault(check.criterion, []).append(check)
    texts = ["\n".join(([head_of(those, turn.locale)] if len(groups) > 1 else []) + list(lines)) for lines, those in groups.items()]
    head = render(turn.library, turn.library.entries[SUMMARY], meant, turn.locale, now=turn.now)
    foot = render(turn.library, turn.library.entries[DECIDES], meant, turn.locale, now=turn.now)
    block = replace(Block.of(head), text="\n".join([head.text, *texts, foot.text]), checks=tuple(settled(some) for some in checks.values()))
    return _replied(turn, (block,), _related(turn, SUMMARY), meant if notice else ())


def stop(turn: Turn, notice: str | None) -> Reply:
    """Say that the check ends here."""
    return _ended(turn, STOP, _meant(turn, notice))


def line(library: Library, criterion: str, words: str, locale: Locale) -> str:
    """Return the line of a summary that says `words` of `criterion`."""
    return "• " + phrase("self-check-line", locale, criterion=library.criteria[criterion].label[locale], words=words)


def _compared(turn: Turn, notice: Notice, values: Mapping[Step, Said]) -> tuple[tuple[str, ...], list[Check]]:
    lines: list[str] = []
    checks: list[Check] = []
    for step in STEPS[1:]:
        found = list(_comparisons(turn, notice, step, values[step])) if step in values else []
        for comparison in found:
            lines.append(line(turn.library, comparison.check.criterion, comparison.says, turn.locale))
            checks.append(comparison.check)
        if not found:
            lines.append(line(turn.library, CRITERIA[step][0], phrase("self-check-not-given", turn.locale), turn.locale))
    return tuple(lines), checks


def _comparisons(turn: Turn, notice: Notice, step: Step, said: Said) -> Iterable[Comparison]:
    today = turn.now.astimezone(notice.zone).date()
    for criterion in CRITERIA[step]:
        if found := compare_briefly(turn.library, criterion, notice, said.entities, turn.locale, today=today):
            yield found


def _meant(turn: Turn, notice: str | None) -> tuple[Notice, ...]:
    return (turn.library.notices[notice],) if notice and notice in turn.library.notices else tuple(turn.library.notices.values())


def _ended(turn: Turn, entry: str, meant: tuple[Notice, ...]) -> Reply:
    block = Block.of(render(turn.library, turn.library.entries[entry], meant, turn.locale, now=turn.now))
    return _replied(turn, (block,), _related(turn, entry), meant if len(meant) == 1 else ())


def _related(turn: Turn, entry: str) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(key, label(turn.library, key, turn.locale)) for key in turn.library.entries[entry].related)


def _replied(turn: Turn, blocks: tuple[Block, ...], suggestions: tuple[Suggestion, ...], meant: Iterable[Notice]) -> Reply:
    return Reply("answer", turn.locale, blocks, suggestions, tuple(notice.reference for notice in meant), turn.library.version, turn.moment)
