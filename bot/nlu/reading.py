"""Our conclusion about a message: which entries it asks for, which might be meant, or none. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.nlu.intents import ASKING_TALK, CHANGE_LANGUAGE, ELSEWHERE, FOREIGN, kind_of

MAX_CHOICES = 4
SEVERAL = 2  # questions
WORTH_OFFERING = 0.02  # a candidate under this is noise beside the entries that editors name as related


@dataclass(frozen=True)
class Candidate:
    """One retrieval intent and how sure the classifier is of it (calibrated, 0..1)."""

    intent: str
    confidence: float


@dataclass(frozen=True)
class Asked:
    """An intent that a message seems to ask for: in which segment, and how likely it is that it is asked indeed (0..1)."""

    intent: str
    place: int
    stands: float


@dataclass(frozen=True)
class Thresholds:
    """From which confidence on something is done; every one stands in `config.yml`."""

    answer: float
    choice: float
    order: float
    part: float
    surely: float
    certain: float


@dataclass(frozen=True)
class Understood:
    """The message asks for one entry; `others` came next and may be offered."""

    intent: str
    confidence: float
    text: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ambiguous:
    """Several entries are about as likely: ask which was meant."""

    intents: tuple[str, ...]
    confidence: float
    text: str = ""


@dataclass(frozen=True)
class NotUnderstood:
    """Nothing fits well enough to be offered."""

    confidence: float
    text: str = ""


Reading = Understood | Ambiguous | NotUnderstood
_TYPES: dict[str, type[Any]] = {"understood": Understood, "ambiguous": Ambiguous, "not_understood": NotUnderstood}


def read(ranking: Sequence[Candidate], thresholds: Thresholds, text: str = "") -> Reading:
    """Tell an understood part of a message from one to ask back about and one to admit defeat on."""
    if not ranking:
        return NotUnderstood(0.0, text)
    first = ranking[0]
    others = tuple(dict.fromkeys(c.intent for c in ranking[1:] if offered(c.intent) and c.confidence >= WORTH_OFFERING))
    if first.confidence >= thresholds.answer:
        return Understood(first.intent, first.confidence, text, others[: MAX_CHOICES - 1])
    declined = sum(c.confidence for c in ranking if not offered(c.intent))
    if first.confidence < thresholds.choice or declined > 0.5:
        best = max((c for c in ranking if not offered(c.intent)), key=lambda c: c.confidence, default=None)
        return Understood(best.intent, best.confidence, text, others[: MAX_CHOICES - 1]) if best and declined > 0.5 else NotUnderstood(first.confidence, text)
    choices = tuple(dict.fromkeys(c.intent for c in ranking if offered(c.intent)))[:MAX_CHOICES]
    return Ambiguous(choices, first.confidence, text)


def offered(intent: str) -> bool:
    """Tell whether an entry can be offered as a choice: answers, and topics that the notices leave open."""
    return kind_of(intent) in {"answer", "not_in_notice"}


def read_message(whole: Sequence[Candidate], asked: Sequence[tuple[Asked, str]], thresholds: Thresholds, text: str = "") -> tuple[Reading, ...]:
    """Return one reading for each thing that the message asks.

    `whole` is the ranking of the message as one; `asked` are the things that its parts may ask, in their order, each with the part's text. Where several
    are certainly asked, everything is said in the order of the message. Else what is surely asked comes before what only may be, and what the message as a
    whole asks before both: a story may stand before its question. Last comes what is asked of the assistant itself («are you a person?») or is certainly about
    something else; it is all that is heard of a message which as a whole says nothing clear. A message that as a whole wants something written is refused.
    """
    single = read(whole, thresholds, text)
    clear = bool(whole) and offered(whole[0].intent) and whole[0].confidence >= thresholds.surely
    bar = thresholds.certain if clear else thresholds.surely  # of talk, and of an order: nobody is refused for half a sentence beside a clear question
    heard = [Understood(one.intent, one.stands, part) for one, part in asked if one.stands >= (thresholds.part if offered(one.intent) else bar)]
    order = _order(whole, thresholds)
    if order is not None and _wants_writing(order, asked, thresholds):
        refused = single if isinstance(single, Understood) and single.intent == order.intent else Understood(order.intent, order.confidence, text)
        surely = [one for one in heard if offered(one.intent) and one.confidence >= thresholds.surely]
        return (refused, *surely)  # a part that names the letter or the CV is no way round
    found = [one for one in heard if offered_or_refused(one.intent)]
    if _is_one(found, whole, thresholds):
        readings: list[Reading] = [single]
    elif sum(one.confidence >= thresholds.certain for one in found) >= SEVERAL:
        readings = [*found]
    else:
        readings = [*sorted(found, key=lambda one: _precedence(one, whole, thresholds))]
    beside = _beside(asked, thresholds)
    if not isinstance(readings[0], Understood):
        return tuple(one for one in beside if one.confidence >= thresholds.certain) or tuple(readings)
    return (*readings, *(one for one in beside if one.intent != readings[0].intent))


def _precedence(one: Understood, whole: Sequence[Candidate], thresholds: Thresholds) -> tuple[int, float]:
    """Return what a thing is sorted by when it is not certain that the message asks several: what comes first is least."""
    if whole and whole[0].confidence >= thresholds.answer and one.intent == whole[0].intent:
        return 0, 0.0
    return (1, 0.0) if one.confidence >= thresholds.surely else (2, -one.confidence)


def _order(whole: Sequence[Candidate], thresholds: Thresholds) -> Candidate | None:
    """Return the order to write that the message may be: one that is answered costs more than a question that is refused, so it need not come first."""
    found = next((one for one in whole if kind_of(one.intent) == "refusal"), None)
    if found is None or found.confidence < (thresholds.order if offered_or_refused(whole[0].intent) else thresholds.answer):
        return None
    return found


def _wants_writing(order: Candidate, asked: Sequence[tuple[Asked, str]], thresholds: Thresholds) -> bool:
    """Tell whether the message as a whole wants something written, and is not a list of questions in which letters and CVs are only named."""
    wanted = max((one.stands for one, _ in asked if one.intent == order.intent), default=0.0)
    questions = [one for one, _ in asked if offered(one.intent) and one.stands >= thresholds.surely]
    return wanted >= thresholds.part or len(questions) < SEVERAL


def _beside(asked: Sequence[tuple[Asked, str]], thresholds: Thresholds) -> list[Understood]:
    """Return what is asked of the assistant itself, or is certainly about something else."""
    bars = dict.fromkeys(ASKING_TALK, thresholds.answer) | {FOREIGN: thresholds.surely, CHANGE_LANGUAGE: thresholds.certain, ELSEWHERE: thresholds.certain}
    return [Understood(one.intent, one.stands, part) for one, part in asked if one.intent in bars and one.stands >= bars[one.intent]]


def _is_one(found: Sequence[Understood], whole: Sequence[Candidate], thresholds: Thresholds) -> bool:
    """Tell whether the message is best read as one, whatever its parts seem to ask."""
    if not found:
        return True
    if len(found) == 1 and (found[0].confidence < thresholds.answer or (whole and found[0].intent == whole[0].intent and whole[0].confidence >= thresholds.answer)):
        return True
    if not whole or offered_or_refused(whole[0].intent):
        return False
    surest = max(one.confidence for one in found)
    talks = kind_of(whole[0].intent) == "smalltalk"
    if (talks or whole[0].intent == FOREIGN) and surest >= (thresholds.certain if talks and whole[0].confidence >= thresholds.certain else thresholds.surely):
        return False  # talk and a question, each in a part of its own
    return whole[0].confidence > surest  # rather talk, or about something else, than any part is a question


def offered_or_refused(intent: str) -> bool:
    """Tell whether a part that asks for `intent` stands for itself: a greeting beside a question does not."""
    return offered(intent) or kind_of(intent) == "refusal"


def as_json(reading: Reading) -> dict[str, Any]:
    """Return plain values for Rasa's tracker."""
    name = next(name for name, type_ in _TYPES.items() if isinstance(reading, type_))
    return {"type": name, **asdict(reading)}


def from_json(raw: dict[str, Any]) -> Reading:
    """Return the reading that `as_json` wrote."""
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items() if key != "type"}
    reading: Reading = _TYPES[raw["type"]](**values)
    return reading
