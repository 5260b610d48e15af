"""What a session comes to: how many asked, what curated answers covered, in which languages, on which topics, over time. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.webinar.board import ANSWERED, View
from bot.webinar.session import InGroup, Session

BARS = 40  # at most, over time
STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1_440)  # minutes that one bar may stand for


@dataclass(frozen=True)
class Bar:
    """What came in from `start` on, for one step: questions and of them those that a curated answer covers."""

    start: datetime
    asked: int
    covered: int


@dataclass(frozen=True)
class Topic:
    """A topic with its questions; those that the notices leave open are `gaps`."""

    id: str
    covered: int
    gaps: int


@dataclass(frozen=True)
class Figures:
    """A session in numbers. `messages` came in; `questions` are the things asked in them; `aside` asked nothing."""

    messages: int
    aside: int
    questions: int
    covered: int
    groups: int
    groups_covered: int
    answered: int
    votes: int
    languages: Mapping[str, int]
    states: Mapping[str, int]
    topics: tuple[Topic, ...]
    step: int
    bars: tuple[Bar, ...]


def figures(session: Session, views: Sequence[View], arrived: Mapping[str, datetime], topic_of: Callable[[str], str | None]) -> Figures:
    """Count; `topic_of` an entry is None where the content no longer has it."""
    by_group = {view["id"]: view for view in views}
    placed = {name: by_group[place.group] for name, place in session.places.items() if isinstance(place, InGroup)}
    covered = {name for name, view in placed.items() if view["entry"]}
    step, bars = _over_time({name: session.questions[name].asked_at or arrived[name] for name in placed if name in arrived}, covered)
    return Figures(
        messages=session.messages,
        aside=len(session.places) - len(placed),
        questions=len(placed),
        covered=len(covered),
        groups=len(views),
        groups_covered=sum(1 for view in views if view["entry"]),
        answered=sum(1 for view in views if view["state"] in ANSWERED),
        votes=sum(view["votes"] for view in views),
        languages=Counter(session.questions[name].locale or "other" for name in placed),
        states=Counter(view["state"] for view in views),
        topics=_topics(views, topic_of),
        step=step,
        bars=bars,
    )


def _topics(views: Sequence[View], topic_of: Callable[[str], str | None]) -> tuple[Topic, ...]:
    covered, gaps = Counter[str](), Counter[str]()
    for view in views:
        if view["entry"]:
            covered[topic_of(view["entry"]) or "not-said"] += view["asked"]
        else:
            gaps["not-said"] += view["asked"]
    return tuple(sorted((Topic(topic, covered[topic], gaps[topic]) for topic in {*covered, *gaps}), key=lambda topic: (-topic.covered - topic.gaps, topic.id)))


def _over_time(moments: Mapping[str, datetime], covered: set[str]) -> tuple[int, tuple[Bar, ...]]:
    """Return the minutes that one bar stands for, and the bars, without holes."""
    if not moments:
        return STEPS[0], ()
    first, last = min(moments.values()), max(moments.values())
    minutes = (last - first).total_seconds() / 60
    step = next((step for step in STEPS if minutes / step < BARS - 1), STEPS[-1])
    start = first.replace(minute=0, second=0, microsecond=0)
    start += timedelta(minutes=(first - start).total_seconds() // 60 // step * step)
    counts, good = Counter[int](), Counter[int]()
    for name, moment in moments.items():
        place = int((moment - start).total_seconds() // 60 // step)
        counts[place] += 1
        good[place] += name in covered
    last_bar = min(max(counts), BARS * 10)  # one stray date must not make a thousand empty bars
    return step, tuple(Bar(start + timedelta(minutes=step * place), counts[place], good[place]) for place in range(last_bar + 1))
