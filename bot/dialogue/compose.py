"""From what was read to what is said: one block for each thing asked, in the order asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.content.model import Entry, Library, Notice
from bot.content.render import Rendered, render
from bot.dialogue.criteria import compare_all
from bot.dialogue.remaining import closing_today
from bot.dialogue.reply import Block, Check, Reply, ReplyKind, Suggestion
from bot.dialogue.turn import Turn
from bot.dialogue.zones import ZONED, elsewhere
from bot.i18n.catalogue import phrase
from bot.i18n.locale import Locale, other
from bot.nlu.intents import SELF_CHECK, entry_of
from bot.nlu.reading import MAX_CHOICES, Ambiguous, Reading, Understood

OTHER_LANGUAGE = "other-language"
# A refusal or an answer decides the kind of a reply with several blocks; what the notices leave open comes after.
_PRECEDENCE: tuple[ReplyKind, ...] = ("refusal", "answer", "not_in_notice", "out_of_scope", "smalltalk")


def answer(turn: Turn) -> Reply:
    """Say everything that was understood."""
    entries = _understood(turn)
    if not entries:
        return decline(turn)
    unsure = [choice for reading in turn.readings if isinstance(reading, Ambiguous) for choice in reading.intents]
    led = [SELF_CHECK for entry in entries if SELF_CHECK in entry.related]  # never crowded out by what came second
    suggested = [*(entry_of(intent) for intent in unsure), *led, *_others(turn.readings), *_related(entries)]
    return _reply(turn, entries, suggested)


def say(turn: Turn, entries: Sequence[str]) -> Reply:
    """Say the entries chosen by their ids: a pressed button, a menu."""
    chosen = [turn.library.entries[key] for key in entries if key in turn.library.entries]
    if not chosen:
        return decline(turn)
    return _reply(turn, chosen, [key for entry in chosen for key in entry.related])


def clarify(turn: Turn) -> Reply:
    """Ask which of several entries was meant."""
    choices = [entry_of(intent) for reading in turn.readings if isinstance(reading, Ambiguous) for intent in reading.intents]
    suggestions = _suggestions(turn, (turn.entry(key).id for key in choices if key in turn.library.entries), said=())
    framing = Block("clarify", phrase("which-was-meant", turn.locale))
    return Reply("clarify", turn.locale, (framing,), suggestions, (), turn.library.version, turn.moment)


def decline(turn: Turn) -> Reply:
    """Say honestly that nothing fits, or what may not be asked here."""
    elsewhere = turn.library.entries["out-of-scope"]
    return _reply(turn, _understood(turn) or [elsewhere], elsewhere.related)


def other_language(turn: Turn) -> Reply:
    """Say in both languages that only these two are served."""
    entry = turn.library.entries[OTHER_LANGUAGE]
    return Reply("out_of_scope", turn.locale, (Block(entry.id, in_both_languages(turn.library, turn.locale, turn.now)),), (), (), turn.library.version, turn.moment)


def in_both_languages(library: Library, locale: Locale, now: datetime) -> str:
    """Return the words on the languages that are served, those of `locale` first."""
    return "\n".join(render(library, library.entries[OTHER_LANGUAGE], (), each, now=now).text for each in (locale, other(locale)))


def _understood(turn: Turn) -> list[Entry]:
    asked = [entry_of(reading.intent) for reading in turn.readings if isinstance(reading, Understood)]
    return [turn.entry(key) for key in asked if key in turn.library.entries]  # a model may know an entry that a release took away


def _reply(turn: Turn, entries: Sequence[Entry], suggested: Iterable[str]) -> Reply:
    unique = list({entry.id: entry for entry in entries}.values())
    blocks = tuple(block_of(turn, entry, turn.notices) for entry in unique)
    kinds: set[str] = {entry.kind for entry in unique}
    kind = next(kind for kind in _PRECEDENCE if kind in kinds)
    about = tuple(dict.fromkeys(reference for block in blocks for reference in _references(block)))
    return Reply(kind, turn.locale, blocks, _suggestions(turn, suggested, said=[entry.id for entry in unique]), about, turn.library.version, turn.moment)


def block_of(turn: Turn, entry: Entry, notices: Sequence[Notice]) -> Block:
    """Return `entry` as it is said of `notices`, with what its criterion, a place or the last day to apply adds to it."""
    rendered = render(turn.library, entry, notices, turn.locale, now=turn.now)
    added: list[str] = []
    checks: list[Check] = []
    if entry.criterion and (compared := compare_all(turn.library, entry.criterion, notices_of(turn.library, rendered), turn.entities, turn.locale, now=turn.now)):
        added += compared.lines
        checks.append(compared.check)
    if entry.id == ZONED:
        added += elsewhere(turn)
    added += closing_today(entry, notices_of(turn.library, rendered), turn.locale, now=turn.now)
    return Block.of(rendered, added="\n".join(added), checks=tuple(checks))


def notices_of(library: Library, rendered: Rendered) -> list[Notice]:
    """Return the notices that something was said of."""
    return [library.notices[reference] for reference in rendered.notices]


def _references(block: Block) -> Iterable[str]:
    return (source.notice for source in block.sources)


def _others(readings: Sequence[Reading]) -> Iterable[str]:
    return (entry_of(intent) for reading in readings if isinstance(reading, Understood) for intent in reading.others)


def _related(entries: Sequence[Entry]) -> Iterable[str]:
    """Return what editors named as related: to what was asked before to a greeting."""
    return (key for entry in sorted(entries, key=lambda entry: entry.kind == "smalltalk") for key in entry.related)


def _suggestions(turn: Turn, entries: Iterable[str], *, said: Sequence[str]) -> tuple[Suggestion, ...]:
    offered = [key for key in dict.fromkeys(entries) if key in turn.library.entries and key not in said]
    return tuple(Suggestion(key, turn.library.entries[key].question[turn.locale]) for key in offered[:MAX_CHOICES])
