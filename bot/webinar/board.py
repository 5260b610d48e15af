"""What moderators and participants are shown of a session: plain values, ready for JSON. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.i18n.locale import LOCALES
from bot.webinar.describing import Description, describe, match_of
from bot.webinar.session import Group, Question, Session, SetAside

View = dict[str, Any]
ANSWERED = ("answered-live", "answered-in-writing")
PUBLIC = ("next", "answering", *ANSWERED)  # with these a moderator has let a question be seen
AT_ONCE = 0.6  # probability of an entry from which on its answer is given without a moderator
MOST_SHOWN = 60  # questions that a participant's list holds


def group_view(session: Session, group: Group, intents: Sequence[str], *, votes: int, first: datetime | None) -> View:
    """Return what a moderator sees of `group`, which has members, at a glance."""
    found = describe(session, group, intents)
    members = [session.questions[member] for member in group.members]
    spoken = Counter(question.locale for question in members)
    return {
        "id": group.id,
        "changed": group.changed,
        "head": found.head.text,
        "headId": found.head.id,
        "locale": found.head.locale,
        "asked": len(members),
        "languages": {locale: spoken[locale] for locale in LOCALES if spoken[locale]},
        "votes": votes + sum(question.votes for question in members),
        "urgent": found.urgent,
        **_matched(group, found),
        "state": group.state or "new",
        "star": group.star is not None,
        "assignee": group.assignee,
        "shown": is_public(group, found.match.entry),
        "first": first.isoformat(timespec="seconds") if first else None,
        "order": int(group.id[1:]),
    }


def _matched(group: Group, found: Description) -> View:
    chosen = group.entry is not None
    return {"entry": found.match.entry, "confidence": round(found.match.confidence, 2), "near": found.match.near, "chosen": chosen}


def is_public(group: Group, entry: str | None) -> bool:
    """Tell whether participants may see `group`: its own words only once a moderator let them, an approved question at once."""
    return group.state != "dismissed" and (entry is not None or group.shown is not None or group.state in PUBLIC)


def member_view(question: Question, *, votes: int, arrived: datetime | None) -> View:
    """Return one question of a group."""
    moment = question.asked_at or arrived
    return {"id": question.id, "text": question.text, "locale": question.locale, "urgent": question.urgent, "votes": votes + question.votes, "at": _iso(moment)}


def aside_views(session: Session) -> list[View]:
    """Return the questions out of the way, the newest first, each with the reason."""
    found = [(question, place) for name, place in session.places.items() if isinstance(place, SetAside) and (question := session.questions[name])]
    return [{"id": question.id, "text": question.text, "locale": question.locale, "why": place.why} for question, place in reversed(found)]


def totals(session: Session, views: Iterable[View]) -> View:
    """Return the figures over the board."""
    states = Counter(view["state"] for view in views)
    aside = sum(isinstance(place, SetAside) for place in session.places.values())
    return {"messages": session.messages, "groups": sum(states.values()), "aside": aside, "states": dict(states)}


def public_views(views: Iterable[View], label: Callable[[str], str | None]) -> list[View]:
    """Return what participants see, the most wanted first; groups that one entry answers are one question, in the approved words that `label` gives."""
    shown: dict[str, View] = {}
    for view in sorted((view for view in views if view["shown"]), key=lambda view: -view["asked"]):
        entry = view["entry"] if view["entry"] and label(view["entry"]) else None
        key = entry or view["id"]
        if known := shown.get(key):
            shown[key] = {**known, "asked": known["asked"] + view["asked"], "votes": known["votes"] + view["votes"], "state": _further(known["state"], view["state"])}
        else:
            text = label(entry) if entry else view["head"]
            shown[key] = {"id": key, "question": view["headId"], "text": text, "locale": None if entry else view["locale"], "entry": entry}
            shown[key] |= {"asked": view["asked"], "votes": view["votes"], "state": view["state"]}
    return sorted(shown.values(), key=lambda one: -(one["asked"] + one["votes"]))[:MOST_SHOWN]


def _further(one: str, other: str) -> str:
    order = ("new", "next", "answering", "answered-in-writing", "answered-live")
    return max(one, other, key=order.index)


def answers_at_once(questions: Collection[Question], session: Session, intents: Sequence[str]) -> list[str]:
    """Return the entries that answer `questions`, which came in one message: a moderator's choice for the group, else a sure match."""
    found: list[str] = []
    for question in questions:
        place = session.places[question.id]
        group = None if isinstance(place, SetAside) else session.groups[place.group]
        if group is not None and group.entry is not None:
            found += [group.entry] if group.entry else []
            continue
        match = match_of([question], intents)
        if match.entry is not None and match.confidence >= AT_ONCE:
            found.append(match.entry)
    return list(dict.fromkeys(found))


def voters(group: Group, votes: Mapping[str, set[bytes]]) -> int:
    """Return how many participants voted for any question of `group`."""
    return len(set().union(*(votes[member] for member in group.members if member in votes)))


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
