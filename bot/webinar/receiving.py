"""Takes messages of the audience into a session: sets aside what asks nothing, divides what asks several things, places each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.i18n.locale import Locale
from bot.nlu.intents import entry_of
from bot.nlu.normalise import canonical
from bot.webinar.grouping import Grouper
from bot.webinar.likeness import Shelf, Traits, traits_of
from bot.webinar.noise import noise_in, talk_in
from bot.webinar.parts import parts
from bot.webinar.reading_in.asked import Asked
from bot.webinar.session import Event, Question
from bot.webinar.understanding import Probabilities, Understands
from bot.webinar.urgency import is_broken, is_urgent

# log-odds from which on two parts of a message are one question: nobody asks twice, but a clause often goes on with what the one before asked
ONE_QUESTION, ONE_SENTENCE = -1.0, -4.0
BROKEN, OVERRULED = "not-in-notice/technical-problem", 0.7  # the intent, and the share of the probability that goes to it
COMES_INTO_QUESTION = 0.2  # probability of an entry that can make a message urgent


@dataclass(frozen=True)
class Part:
    """A part of a message that asks one thing, with its traits."""

    text: str
    traits: Traits


@dataclass(frozen=True)
class Understood:
    """A message made ready: its parts, or why there are none."""

    asked: Asked
    locale: Locale | None
    parts: tuple[Part, ...] = ()
    why: str | None = None


def understand(messages: Sequence[Asked], understands: Understands) -> list[Understood]:
    """Return `messages` with their parts; all that is new is encoded in one go."""
    read = [_divided(asked, understands) for asked in messages]
    texts = [canonical(text) for _, _, found, _ in read for text in found]
    traits = iter(traits_for(texts, understands))
    result = []
    for asked, locale, found, why in read:
        known = tuple(Part(text, next(traits)) for text in found)
        result.append(_concluded(Understood(asked, locale, known, why), understands))
    return result


def traits_for(texts: Sequence[str], understands: Understands) -> list[Traits]:
    """Return the traits of `texts` (canonical)."""
    return traits_of(understands.vectors(texts), _told(texts, understands))


def receive(grouper: Grouper, understood: Understood, intents: Sequence[str]) -> tuple[Event, ...]:
    """Place one message, already understood, into the session of `grouper`; return what happened, already applied."""
    asked = understood.asked
    message = grouper.session.messages + 1
    question = Question(f"q{message}", asked.text, message, locale=understood.locale, asked_at=asked.asked_at, votes=asked.votes, key=asked.key)
    if understood.why is not None:
        return (grouper.set_aside(question, understood.why),)
    several = len(understood.parts) > 1
    events: list[Event] = []
    for number, part in enumerate(understood.parts, 1):
        urgent = is_urgent(part.text, likely_entries(part.traits, intents)) or (not several and is_urgent(asked.text, likely_entries(part.traits, intents)))
        one = replace(question, id=f"q{message}.{number}" if several else f"q{message}", text=part.text, traits=part.traits, part=number, urgent=urgent)
        events += grouper.place(one)
    return tuple(events)


def likely_entries(traits: Traits, intents: Sequence[str]) -> frozenset[str]:
    """Return the entries that come into question."""
    return frozenset(entry_of(intents[place]) for place in np.flatnonzero(traits.probabilities >= COMES_INTO_QUESTION))


def _told(texts: Sequence[str], understands: Understands) -> Probabilities:
    """Return the model's probabilities, overruled where words say it plainly: a link that is broken is no question about applying."""
    probabilities = np.array(understands.probabilities(texts))
    broken = [place for place, text in enumerate(texts) if is_broken(text)]
    if broken and BROKEN in understands.intents:
        probabilities[broken] *= 1 - OVERRULED
        probabilities[broken, list(understands.intents).index(BROKEN)] += OVERRULED
    return probabilities


def _divided(asked: Asked, understands: Understands) -> tuple[Asked, Locale | None, list[str], str | None]:
    why = noise_in(asked.text)
    if why is not None:
        return asked, None, [], why
    locale = understands.locale(canonical(asked.text))
    return asked, locale, parts(asked.text, locale or "en"), None


def _concluded(understood: Understood, understands: Understands) -> Understood:
    """Join parts that ask the same, and set aside what turns out to be small talk."""
    if understood.why is not None:
        return understood
    kept: list[Part] = []
    for part in understood.parts:
        likely = dict(zip(understands.intents, part.traits.probabilities.tolist(), strict=True))
        why = noise_in(part.text) or talk_in(part.text, likely, understood.locale or "en")
        if why is None:
            kept.append(part)
        elif len(understood.parts) == 1:
            return replace(understood, parts=(), why=why)
    if not kept:
        return replace(understood, parts=(), why="noise")
    return replace(understood, parts=tuple(_distinct(kept, understands.intents)))


def _distinct(found: Sequence[Part], intents: Sequence[str]) -> list[Part]:
    """Return one part for each thing asked; of parts that ask the same the one that says it most clearly speaks for all."""
    distinct: list[Part] = []
    for part in found:
        place = next((place for place, other in enumerate(distinct) if _same(part, other, intents)), None)
        if place is None:
            distinct.append(part)
            continue
        other = distinct[place]
        clearer = max(part, other, key=lambda one: float(one.traits.probabilities.max()))
        distinct[place] = Part(f"{other.text} {part.text}", clearer.traits)
    return distinct


def _same(part: Part, other: Part, intents: Sequence[str]) -> bool:
    shelf = Shelf(intents)
    shelf.add(other.traits)
    whole = part.text.endswith("?") and other.text.endswith("?")
    return bool(shelf.odds(part.traits)[0] >= (ONE_QUESTION if whole else ONE_SENTENCE))
