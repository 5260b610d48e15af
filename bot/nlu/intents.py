"""How entries are named to Rasa: one retrieval intent per kind, the entry behind the slash."""

from __future__ import annotations

from bot.content.model import Kind

REST = "other"  # not-in-notice/other: the entry «not-in-notice», for what no topic names
OTHER_LANGUAGE = "other-language"
_BASES: dict[Kind, str] = {"answer": "faq", "not_in_notice": "not-in-notice", "smalltalk": "smalltalk", "out_of_scope": "out-of-scope", "refusal": "refusal", "step": "self-check"}
KIND_OF_BASE: dict[str, Kind] = {base: kind for kind, base in _BASES.items()}
SELF_CHECK = "self-check"  # the entry whose button begins the guided self-check, and the intent that goes on with it
# Talk that asks something, and is answered beside other questions too: an insult wants no reply there.
ASKING_TALK = frozenset({"smalltalk/bot-identity", "smalltalk/human-handoff", "smalltalk/feedback-complaint"})
GREETING = "smalltalk/greeting"
COURTESIES = (GREETING, "smalltalk/thanks", "smalltalk/goodbye")  # in the order in which they are returned
CHANGE_LANGUAGE = "smalltalk/change-language"
ELSEWHERE = "out-of-scope/general"  # about something else than the internship
FOREIGN = f"out-of-scope/{OTHER_LANGUAGE}"  # may one write in another language?
CLARIFY = "clarify"  # our own outcome: several entries are as likely


def base_intent(kind: Kind) -> str:
    """Return the intent that rules speak of for entries of `kind`."""
    return _BASES[kind]


def intent_of(entry: str, kind: Kind) -> str:
    """Return the retrieval intent of an entry: ``faq/deadline``."""
    if kind == "not_in_notice":
        return entry if "/" in entry else f"{entry}/{REST}"
    return f"{_BASES[kind]}/{entry}"


def entry_of(intent: str) -> str:
    """Return the id of the entry that a retrieval intent stands for."""
    base, _, key = intent.partition("/")
    if base == "not-in-notice":
        return base if key == REST else intent
    return "out-of-scope" if base == "out-of-scope" and key != OTHER_LANGUAGE else key


def kind_of(intent: str) -> Kind:
    """Return the kind of the entries under a retrieval intent."""
    return KIND_OF_BASE[intent.partition("/")[0]]
