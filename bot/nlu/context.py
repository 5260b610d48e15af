"""A message that leans on the turn before: «and for the other one?», «à quelle heure ?», «et en français ?», «2»."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from bot.content.model import Entry
from bot.i18n.locale import Locale
from bot.nlu.entity import Entity
from bot.nlu.intents import entry_of, intent_of
from bot.nlu.lexicon import lexicon
from bot.nlu.normalise import fold
from bot.nlu.reading import Candidate
from bot.nlu.self_check import slot_of

SHORT = 7  # words; a longer message speaks for itself
CLOSER = 4.0  # how much likelier a short follow-up asks for what is related to the answer before
SAME_TOPIC = 1.6
SAME_ENTRY = 2.0
PLAIN = 0.95  # how sure a bare question is of what it leans on
LIKE_A_CHOICE = 82  # rapidfuzz's token_set_ratio, 0..100

_WORDS = re.compile(r"\w+(?:['-]\w+)*")
_FRAME = re.compile(r"^(?:(?:and|et|but|mais|ok|okay|oui|yes|alors|so|donc|then|well|bon|ah|oh)\s+)+|(?:\s+(?:please|pls|svp|stp|exactly|then|alors|donc))+$")
_MORE = re.compile(r"^(?:more|tell me more|go on|plus|encore|dis m'en plus|dites-m'en plus|en savoir plus|(?:plus de |more )?details?)\W*(?:please|svp|stp)?\W*$")
_WHY = re.compile(r"^(?:and|et|but|mais|ok)?\W*(?:why(?: not| is that| so)?|how so|how come|pourquoi(?: pas| ca)?|comment ca|ah bon)\W*$")
_NAMED: dict[Locale, re.Pattern[str]] = {"en": re.compile(r"\b(?:english|anglais|eng)\b"), "fr": re.compile(r"\b(?:french|francais|francaise|fr)\b")}
_BOTH = re.compile(
    r"\b(?:both|same (?:for|in|at|with)|which of the (?:two|offices|posts)|the same|"
    r"les deux|tous les deux|toutes les deux|lequel des|laquelle des|des deux|pareil|idem|(?:le|la) meme)\b"
)
_THE_OTHER = re.compile(r"\b(?:the other (?:one|office|vacancy|post|position|notice|internship|job)?|other one|l'autre|le second|la seconde|the second one)\b")
_NOT = re.compile(r"\b(?:not|rather than|instead|pas|plutot|au lieu)\b")
_AGAIN = r"(?:and|et|same|idem|now|maintenant|also|could you say that|can you repeat(?: that| it)?|say (?:it|that)|repeat (?:it|that)|(?:pouvez-vous )?(?:le )?repete[zr]?(?: ca)?)"
_THE_SAME = r"(?:la meme(?: chose)?|meme (?:reponse|chose)|same answer|the same|ok|please|svp|pls)"
_ASKS_LANGUAGE = re.compile(
    rf"^\W*(?:(?:{_AGAIN}|{_THE_SAME})\W+)*(?:in|en|to)?\W*(?:english|anglais|french|francais)\W*(?:(?:please|svp|pls|stp|s'il (?:vous|te) plait|too|aussi|then|alors)\W*)*$"
)
_INTO = re.compile(r"\b(?:in|en|into|to|vers)\b")
_CHOICE = re.compile(r"^\W*(?:(?:number|numero|no|n|option|choice|choix|the|le|la|l|question|#)\W*)*(\w+)(?:\W+(?:one|option|choix|please|svp|question))?\W*$")


@dataclass(frozen=True)
class Before:
    """What the turn before left: the entries answered, the choices offered."""

    entries: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    open_slot: str | None = None  # what the self-check has just asked for


Lean = Literal["again", "choice", "more", "language"]


@dataclass(frozen=True)
class FollowUp:
    """How a message leans on the turn before: the entries it asks for again, and in which language if it names one."""

    lean: Lean
    entries: tuple[str, ...]
    locale: Locale | None = None


def follow_up(text: str, entities: Sequence[Entity], before: Before, questions: Mapping[str, str], *, other_one: bool, sure: bool) -> FollowUp | None:
    """Return how `text` leans on `before`, or None where it speaks for itself.

    `questions` words the choices in the applicant's language; `sure` tells that the message was understood without what came before.
    """
    plain = fold(text)
    if before.choices and (picked := chosen(plain, before.choices, questions)):
        return FollowUp("choice", (picked,))
    if not before.entries or words_in(plain) > SHORT:
        return None
    if _ASKS_LANGUAGE.match(plain):
        return FollowUp("language", before.entries, wanted_language(plain))
    if _MORE.match(plain):
        return FollowUp("more", before.entries)
    named = [entity for entity in entities if entity.kind == "notice"]
    if _WHY.match(plain) or points_only(plain, named, other_one=other_one):
        return FollowUp("again", before.entries)
    spoken = [entity for entity in entities if entity.kind != "number"]
    return None if sure and _content(plain, spoken) else _about_oneself(entities, before)


def points_only(plain: str, named: Sequence[Entity], *, other_one: bool) -> bool:
    """Tell whether a folded text points to an office, to the other one or to both, and asks nothing by itself."""
    return (bool(named) or other_one or of_both(plain)) and not _content(plain, named)


def closer(ranking: Sequence[Candidate], before: Before, entries: Mapping[str, Entry], text: str) -> list[Candidate]:
    """Return `ranking` with what is related to the answer before made likelier, for a short message; confidences again sum to what they did."""
    last = [entries[key] for key in before.entries if key in entries]
    target = bare_question(text, last)
    if target is not None and target in entries:
        return _first(ranking, intent_of(target, entries[target].kind))
    if not last or words_in(text) > SHORT:
        return list(ranking)
    related = {key for entry in last for key in entry.related}
    topics = {entry.topic for entry in last}

    def weight(candidate: Candidate) -> float:
        entry = entries.get(entry_of(candidate.intent))
        if entry is None:
            return 1.0
        if entry.id in before.entries:
            return SAME_ENTRY
        return CLOSER if entry.id in related else SAME_TOPIC if entry.topic in topics else 1.0

    weighted = [(candidate, candidate.confidence * weight(candidate)) for candidate in ranking]
    total = sum(candidate.confidence for candidate in ranking)
    scale = total / max(sum(value for _, value in weighted), 1e-9)
    return sorted((Candidate(candidate.intent, value * scale) for candidate, value in weighted), key=lambda candidate: -candidate.confidence)


def bare_question(text: str, last: Sequence[Entry]) -> str | None:
    """Return the entry that a question of a word or two («when?», «à quelle heure ?») asks for after the answers `last`."""
    after = lexicon().bare.get(_FRAME.sub("", " ".join(_WORDS.findall(fold(text)))))
    if after is None:
        return None
    keys = [key for entry in last for key in (entry.id, entry.topic)]
    return next((after[key] for key in [*keys, "any"] if key in after), None)


def words_in(text: str) -> int:
    """Count the words of a message without the conjunctions that it begins with: «mais», «et», «ok and»."""
    return len(_FRAME.sub("", " ".join(_WORDS.findall(fold(text)))).split())


def _first(ranking: Sequence[Candidate], intent: str) -> list[Candidate]:
    total = sum(candidate.confidence for candidate in ranking) or 1.0
    rest = [candidate for candidate in ranking if candidate.intent != intent]
    scale = (1 - PLAIN) * total / max(sum(candidate.confidence for candidate in rest), 1e-9)
    return [Candidate(intent, PLAIN * total), *(Candidate(candidate.intent, candidate.confidence * scale) for candidate in rest)]


def chosen(plain: str, choices: Sequence[str], questions: Mapping[str, str]) -> str | None:
    """Return which of `choices` a folded message picks, by its number or by the words of its question."""
    if found := _CHOICE.match(plain):
        for number, names in enumerate(lexicon().ordinals[: len(choices)]):
            if found[1] in names:
                return choices[number]
    likeness = [(fuzz.token_set_ratio(plain, fold(questions[key]), processor=default_process), key) for key in choices if key in questions]
    best, key = max(likeness, default=(0, ""))
    return key if best >= LIKE_A_CHOICE and len(plain.split()) > 1 else None


def of_both(text: str) -> bool:
    """Tell whether a message asks about both notices alike."""
    return _BOTH.search(fold(text)) is not None


def points_to_the_other(text: str) -> bool:
    """Tell whether a message speaks of «the other one»."""
    return _THE_OTHER.search(fold(text)) is not None


def is_contrast(text: str) -> bool:
    """Tell whether a message sets one thing against another: «not the NOR, the other one»."""
    return _NOT.search(fold(text)) is not None


def language_is_meant(text: str, before: Before) -> bool:
    """Tell whether a message names a language as such: «English» answers which languages one knows, «in English?» does not."""
    return before.open_slot == slot_of("languages") and _INTO.search(fold(text)) is None


def wanted_language(text: str) -> Locale | None:
    """Return the language that a message asks to change to, where it names one."""
    plain = fold(text)
    named: list[Locale] = [locale for locale, pattern in _NAMED.items() if pattern.search(plain)]
    return named[0] if len(named) == 1 else None


def _content(plain: str, named: Sequence[Entity]) -> list[str]:
    """Return the words that ask something by themselves, without the names of offices."""
    for entity in named:
        plain = plain.replace(entity.text, " ")
    return [word for word in re.findall(r"[^\W_]+", plain) if word not in lexicon().empty]


_ABOUT = {"age": ("age", "birth"), "nationality": ("nationality", "country"), "deadline-time-zone": ("zone",), "deadline": ("zone",)}


def _about_oneself(entities: Sequence[Entity], before: Before) -> FollowUp | None:
    """Tell a bare «and if I'm 20?», «my friend is Swiss», «in Québec» after an answer that it bears on."""
    kinds = {entity.kind for entity in entities}
    for entry in before.entries:
        if kinds & set(_ABOUT.get(entry, ())):
            return FollowUp("again", ("deadline-time-zone",) if entry == "deadline" else (entry,))
    return None
