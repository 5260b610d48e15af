"""The guided self-check: what a message means while one of its questions is open. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.content.model import Entry, Library
from bot.dialogue.turn import Turn
from bot.i18n.locale import Locale
from bot.nlu.context import chosen, of_both
from bot.nlu.entities import find_entities
from bot.nlu.entity import Entity
from bot.nlu.intents import SELF_CHECK, entry_of, kind_of
from bot.nlu.lexicon import lexicon
from bot.nlu.normalise import fold
from bot.nlu.offices import office_names
from bot.nlu.outcome import SURE
from bot.nlu.reading import Ambiguous, Understood
from bot.nlu.segments import asks
from bot.nlu.self_check import PREFIX, STEPS, Step

SKIP, STOP, NOTICE = f"{PREFIX}skip", f"{PREFIX}stop", f"{PREFIX}notice/"
TRIES = 2  # how often a question is put again before it is left out
FEW = 3  # words; so short a message that is understood without its question mark is one all the same
CRITERIA: Mapping[Step, tuple[str, ...]] = {"nationality": ("nationality",), "age": ("age",), "studies": ("studies", "graduation"), "languages": ("languages",)}
_KINDS: Mapping[Step, frozenset[str]] = {
    "nationality": frozenset({"citizenship", "nationality", "country"}),
    "age": frozenset({"age", "birth", "number"}),
    "studies": frozenset({"study-years", "student", "school", "degree", "months-ago", "years-ago"}),
    "languages": frozenset({"language"}),
}
_BESIDE: Mapping[Step, frozenset[str]] = {  # said beside what was asked, and taken all the same; a bare number or country may mean anything
    "nationality": frozenset({"citizenship"}),
    "age": frozenset({"age", "birth"}),
    "studies": frozenset({"study-years", "student", "degree"}),
}
# What is left unsaid in a short answer, put back so that it is read like a whole sentence.
_UNSAID: Mapping[Step, tuple[str, ...]] = {"age": ("born on {}",), "studies": ("{} of university", "{} d'université", "degree {}")}
_WHOLE = ("who-can-apply", SELF_CHECK)  # asked beside a value, they ask for nothing but the check


@dataclass(frozen=True)
class Said:
    """What an applicant said to one question: things named, or the notice meant, or nothing."""

    entities: tuple[Entity, ...] = ()
    notice: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return plain values for Rasa's slots."""
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Said:
        """Return what `as_json` wrote."""
        return cls(tuple(Entity(**entity) for entity in raw.get("entities") or ()), raw.get("notice"))


@dataclass(frozen=True)
class Filled:
    """Values for one or more questions; an empty one leaves its question out."""

    values: Mapping[Step, Said]


@dataclass(frozen=True)
class Stopped:
    """The check is to end here."""


@dataclass(frozen=True)
class Begun:
    """The check is to begin, or to begin anew, with what is already known."""

    values: Mapping[Step, Said]


@dataclass(frozen=True)
class SameAgain:
    """The open question is to be put again, in the language asked for."""


@dataclass(frozen=True)
class Unclear:
    """Neither a value nor a question."""


@dataclass(frozen=True)
class Elsewhere:
    """Something else is asked: it is answered first."""


Heard = Filled | Stopped | Begun | SameAgain | Unclear | Elsewhere


def hear(turn: Turn, step: Step | None, *, text: str, pressed: str | None = None, language: Locale | None = None) -> Heard:
    """Tell what `text` (as typed) or `pressed` (a button's entry) means while `step` is open; no step: the check begins."""
    if step is None or pressed == SELF_CHECK:
        return Begun({**_notice_meant(turn), **({} if pressed else _values(turn, None, text))})
    if pressed is not None and not pressed.startswith(PREFIX):
        return Elsewhere()
    words = label(turn.library, pressed, turn.locale) if pressed else text
    plain = " ".join(re.findall(r"[\w']+(?:-\w+)*", fold(words)))
    if pressed == STOP or plain in lexicon().stop:
        return Stopped()
    if pressed == SKIP or plain in lexicon().skip:
        return Filled({step: Said()})
    if language is not None:
        return SameAgain()
    values = _notice_of(turn, pressed, plain) if step == "notice" else _values(turn, step, words)
    return _judged(turn, step, text, values, pressed=pressed is not None)


def _judged(turn: Turn, step: Step, text: str, values: Mapping[Step, Said], *, pressed: bool) -> Heard:
    if step in values:
        return Filled(values) if pressed or not _asks_elsewhere(turn, step, text) else Elsewhere()
    if pressed:  # a button of an earlier question
        return Unclear()
    return Elsewhere() if _asks(turn, step, text) else Filled(values) if values else Unclear()


def buttons(library: Library, step: Step) -> tuple[str, ...]:
    """Return the entries behind the buttons of a question; the notices have one each."""
    if step == "notice":
        return tuple(NOTICE + reference for reference in library.notices)
    return library.entries[PREFIX + step].related


def label(library: Library, button: str, locale: Locale) -> str:
    """Return what a button says; pressing it says the same as typing it."""
    reference = button.removeprefix(NOTICE)
    if button.startswith(NOTICE) and reference in library.notices:
        return f"{library.notices[reference].words('office-name', locale)} ({reference})"
    entry = library.entries.get(button)
    return entry.question[locale] if entry else ""


def choosable(library: Library, identifier: str) -> bool:
    """Tell whether an entry may be chosen by its id: one of the library, or the button of a notice."""
    return identifier in library.entries or (identifier.startswith(NOTICE) and identifier.removeprefix(NOTICE) in library.notices)


def criterion_entry(library: Library, step: Step) -> Entry | None:
    """Return the entry that states the criterion that `step` asks about."""
    wanted = CRITERIA.get(step, ())[:1]
    return next((entry for entry in library.entries.values() if entry.criterion in wanted), None)


def _values(turn: Turn, step: Step | None, words: str) -> dict[Step, Said]:
    """Return what `words` say to `step`, and to other questions beyond doubt."""
    offices = office_names(turn.library)
    entities = find_entities(words, turn.locale, offices)
    found: dict[Step, Said] = {}
    for each in STEPS[1:]:
        kinds = _KINDS[each] if each == step else _BESIDE.get(each, frozenset())
        if each == "nationality" and step in {None, "notice"}:  # later on «French literature» is no nationality
            kinds = _KINDS[each] - {"country"}
        own = tuple(entity for entity in entities if entity.kind in kinds)
        if not own and each == step:
            own = _completed(each, words, turn.locale) or (_all_languages(turn) if each == "languages" and of_both(words) else ())
        if own and not (each == "nationality" and step == "languages"):  # «French» is both
            found[each] = Said(own)
    return found


def _completed(step: Step, words: str, locale: Locale) -> tuple[Entity, ...]:
    for whole in _UNSAID.get(step, ()):
        own = tuple(entity for entity in find_entities(whole.format(words), locale) if entity.kind in _KINDS[step] - {"number"})
        if own:
            return own
    return ()


def _all_languages(turn: Turn) -> tuple[Entity, ...]:
    facts = [notice.facts["languages"] for notice in turn.notices if "languages" in notice.facts]
    return tuple(Entity("language", code, code, 0) for code in dict.fromkeys(code for fact in facts for code in fact.value(turn.locale)))


def _notice_meant(turn: Turn) -> dict[Step, Said]:
    only = next(iter(turn.library.notices)) if len(turn.library.notices) == 1 else turn.meant_one
    return {"notice": Said(notice=only)} if only else {}


def _notice_of(turn: Turn, pressed: str | None, plain: str) -> dict[Step, Said]:
    if pressed:
        reference = pressed.removeprefix(NOTICE)
        return {"notice": Said(notice=reference)} if reference in turn.library.notices else {}
    named = turn.named
    if len(named) == 1:
        return {"notice": Said(notice=named[0])}
    labels = {button: label(turn.library, button, turn.locale) for button in buttons(turn.library, "notice")}
    button = chosen(plain, tuple(labels), labels)
    return {"notice": Said(notice=button.removeprefix(NOTICE))} if button else {}


def _understood(turn: Turn) -> list[Understood]:
    return [reading for reading in turn.readings if isinstance(reading, Understood) and reading.confidence >= SURE]


def _asks_elsewhere(turn: Turn, step: Step, text: str) -> bool:
    """Tell whether a message with a value in it asks for something else: «do you pay the flight from Sweden?»."""
    if not asks(text, turn.locale):
        return any(kind_of(reading.intent) == "refusal" for reading in _understood(turn))
    own = _own_entries(turn.library, step)
    return any(entry_of(reading.intent) not in own for reading in _understood(turn))


def _asks(turn: Turn, step: Step, text: str) -> bool:
    """Tell whether a message without a value asks something at all."""
    if step != "notice" and not re.search(r"[^\W\d_]", text):
        return False  # «250» is no age, and no question either
    asking = asks(text, turn.locale)
    if any(isinstance(reading, Ambiguous) for reading in turn.readings):
        return asking
    own = _own_entries(turn.library, step)
    return any(asking or kind_of(reading.intent) == "refusal" or (entry_of(reading.intent) not in own and _says_enough(reading, text)) for reading in _understood(turn))


def _says_enough(reading: Understood, text: str) -> bool:
    return kind_of(reading.intent) in {"not_in_notice", "smalltalk"} or (kind_of(reading.intent) == "answer" and len(text.split()) <= FEW)


def _own_entries(library: Library, step: Step) -> set[str]:
    criteria: Sequence[str] = CRITERIA.get(step, ())
    return {*(entry.id for entry in library.entries.values() if entry.criterion in criteria), *_WHOLE}
