"""One session while it goes on: kept in the records first, then in memory; thrown away and read again whenever the two might differ."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from bot.records import webinar_log, webinar_models, webinar_votes, webinars
from bot.records.database import Database
from bot.records.webinar_votes import Ballot
from bot.records.webinars import Webinar
from bot.webinar import board
from bot.webinar.board import View
from bot.webinar.grouping import Grouper
from bot.webinar.kept import Memory, event_of, kept, latest, line_of, questions_of
from bot.webinar.moderation import Refused
from bot.webinar.receiving import Understood, receive
from bot.webinar.session import Chosen, Event, InGroup, Moved, Placed, Question, Session, replay
from bot.webinar.understanding import Understands

Wish = Callable[[Session], Event | Refused]


class NotReady(Exception):
    """No model is loaded yet: nothing new can be understood."""


class Ended(Exception):
    """The session takes nothing in any more: it has ended, or is gone."""


@dataclass(frozen=True)
class Changes:
    """What is new on the board since some tick: views of groups, and groups that are empty now."""

    tick: int
    groups: list[View]
    gone: list[str]
    totals: View


class Live:
    """A session with its board. Calls block; every one may come from any thread.

    Without a model (`understands` is None) all is shown, moved and voted for as it was kept; only `receive` has to wait for `learn`.
    """

    def __init__(self, database: Database, webinar: Webinar, understands: Understands | None = None, *, model: str = "") -> None:
        self.webinar, self.understands, self.tick = webinar, understands, 0
        self._database, self._model, self._noted = database, model, False
        self._memory = Memory(model, understands.intents if understands else (), understands)
        self._lock = threading.RLock()
        self._grouper: Grouper | None = None
        self._votes: dict[str, set[bytes]] = {}
        self._arrived: dict[str, datetime] = {}
        self._at: dict[str, int] = {}
        self._views: dict[str, View] = {}

    @property
    def session(self) -> Session:
        """The session as it now stands."""
        return self._ready().session

    @property
    def intents(self) -> Sequence[str]:
        """What the probabilities of the questions speak of, in order."""
        self._ready()
        return self._memory.intents

    def learn(self, understands: Understands, model: str) -> None:
        """Let new questions in from now on, by `model`; the board goes on while what another model made is made anew."""
        memory = Memory(model, understands.intents, understands)
        with self._lock:
            self._ready()
            if self._memory.model == model and tuple(self._memory.intents) == tuple(understands.intents):  # all that is kept was made by it
                self.understands, self._model, self._memory = understands, model, memory
                self._mark(())
                return
        with self._database.read() as connection:
            rows = webinar_log.questions(connection, self.webinar.id)
        questions = questions_of(rows, memory)
        with self._lock, self._database.read() as connection:
            self.understands, self._model, self._memory = understands, model, memory
            self._grouper = self._rebuilt(connection, questions)

    def known_keys(self) -> set[str]:
        """Return the keys of what imports have brought."""
        return self.session.keys()

    def receive(self, understood: Sequence[Understood], *, now: datetime) -> list[tuple[Question, ...]]:
        """Let messages in; return the questions of each, none for one that an import brought before. Raises `Ended`, `NotReady`, `Unavailable`."""
        if self.understands is None:
            raise NotReady
        with self._writing() as (connection, grouper):
            known, taken, all_events = grouper.session.keys(), list[tuple[Question, ...]](), list[Event]()
            for one in understood:
                fresh = not one.asked.key or one.asked.key not in known
                events = receive(grouper, one, self._memory.intents) if fresh else ()
                known.add(one.asked.key)
                all_events += events
                taken.append(tuple(event.question for event in events if isinstance(event, Placed)))
            self._keep(connection, grouper, all_events, now)
        self._announce(all_events)
        return taken

    def hand(self, wish: Wish, *, seen: Mapping[str, int], now: datetime) -> Event | Refused:
        """Do what a moderator wishes, unless one of the groups `seen` (each with its `changed`) has changed in other hands meanwhile."""
        with self._writing() as (connection, grouper):
            session = grouper.session
            if any(name not in session.groups or not session.groups[name].members or session.groups[name].changed != changed for name, changed in seen.items()):
                return Refused("changed-since")
            event = wish(session)
            if isinstance(event, Refused):
                return event
            grouper.apply(event)
            self._keep(connection, grouper, [event], now)
        self._announce([event])
        return event

    def vote(self, ballots: Iterable[Ballot]) -> None:
        """Count votes for questions that are there; twice counts once."""
        with self._lock:
            session = self.session
            wanted = [ballot for ballot in ballots if ballot[0] in session.questions]
            with self._database.begin(hasty=True) as connection:
                self._hold(connection)
                new = webinar_votes.add(connection, self.webinar.id, wanted)
            for question, participant in new:
                self._votes.setdefault(question, set()).add(participant)
            self._mark(self._groups_of(question for question, _ in new))

    def take_back(self, question: str, participant: bytes) -> None:
        """Take back what `participant` voted for there: in all groups that the audience sees as the one question, for groups grow together."""
        with self._lock:
            place = self.session.places.get(question)
            if not isinstance(place, InGroup):
                return
            entry = self._view(place.group)["entry"]
            groups = {place.group, *(view["id"] for view in self._all_views() if entry and view["entry"] == entry)}
            named = [name for group in groups for name in self.session.groups[group].members]
            with self._database.begin(hasty=True) as connection:
                self._hold(connection)
                webinar_votes.take_back(connection, self.webinar.id, named, participant)
            for name in named:
                self._votes.get(name, set()).discard(participant)
            self._mark(groups)

    def changes(self, since: int = 0) -> Changes:
        """Return what changed after tick `since`; 0 for everything."""
        with self._lock:
            session = self.session
            names = sorted((name for name, tick in self._at.items() if tick > since), key=lambda name: int(name[1:]))
            filled = [name for name in names if session.groups[name].members]
            return Changes(self.tick, [self._view(name) for name in filled], [name for name in names if name not in filled], board.totals(session, self._all_views()))

    def views(self) -> list[View]:
        """Return all groups that have questions."""
        with self._lock:
            return self._all_views()

    def follow(self) -> None:
        """Take in what other processes have written meanwhile."""
        with self._lock:
            grouper = self._ready()
            with self._database.read() as connection:
                self._catch_up(connection, grouper)
                if webinar_votes.counts(connection, self.webinar.id) != {name: len(found) for name, found in self._votes.items() if found}:
                    before, self._votes = self._votes, _by_question(webinar_votes.votes(connection, self.webinar.id))
                    self._mark(self._groups_of(name for name in {*before, *self._votes} if before.get(name) != self._votes.get(name)))

    def members(self, group: str) -> list[View] | None:
        """Return the questions of `group`, the newest last; None where there is no such group."""
        with self._lock:
            session = self.session
            if group not in session.groups:
                return None
            found = [session.questions[name] for name in session.groups[group].members]
            return [board.member_view(one, votes=len(self._votes.get(one.id, ())), arrived=self._arrived.get(one.id)) for one in found]

    def arrivals(self) -> dict[str, datetime]:
        """Return when each question came in."""
        with self._lock:
            self._ready()
            return dict(self._arrived)

    def voted(self, participant: bytes) -> set[str]:
        """Return the groups, and the entries that answer them, that `participant` voted for."""
        with self._lock:
            self._ready()
            voted = [question for question, participants in self._votes.items() if participant in participants]
            views = [self._view(group) for group in self._groups_of(voted)]
            return {view["id"] for view in views} | {view["entry"] for view in views if view["entry"]}

    def _all_views(self) -> list[View]:
        return [self._view(group.id) for group in self.session.open_groups()]

    def _view(self, name: str) -> View:
        if name not in self._views:
            session = self.session
            group = session.groups[name]
            first = min((self._arrived[member] for member in group.members if member in self._arrived), default=None)
            self._views[name] = board.group_view(session, group, self._memory.intents, votes=board.voters(group, self._votes), first=first)
        return self._views[name]

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, Grouper]]:
        """Hold the session, brought up to date; should anything fail, what is in memory is no longer trusted."""
        with self._lock:
            grouper = self._ready()
            try:
                with self._database.begin() as connection:
                    self._hold(connection)
                    self._catch_up(connection, grouper)
                    yield connection, grouper
            except BaseException:
                self._grouper, self._noted = None, False
                raise

    def _hold(self, connection: Connection) -> None:
        if not webinars.lock(connection, self.webinar.id):
            raise Ended

    def _keep(self, connection: Connection, grouper: Grouper, events: Sequence[Event], now: datetime) -> None:
        before = grouper.session.version - len(events)
        lines = [line_of(event, before + place, now=now) for place, event in enumerate(events, 1)]
        questions = [event.question for event in events if isinstance(event, Placed)]
        if questions and not self._noted:
            webinar_models.note(connection, self.webinar.id, self._model, self._memory.intents)
        webinar_log.append(connection, self.webinar.id, lines, [kept(question, self._model) for question in questions])
        self._arrived.update({question.id: now.astimezone(UTC) for question in questions})
        self._noted = self._noted or bool(questions)

    def _ready(self) -> Grouper:
        with self._lock:
            if self._grouper is None:
                with self._database.read() as connection:
                    self._grouper = self._rebuilt(connection)
            return self._grouper

    def _rebuilt(self, connection: Connection, known: Mapping[str, Question] | None = None) -> Grouper:
        lines = webinar_log.lines(connection, self.webinar.id)
        rows = webinar_log.questions(connection, self.webinar.id)
        if self.understands is None:
            self._memory = latest(rows, webinar_models.orders(connection, self.webinar.id))
        known = known or {}
        questions = {**known, **questions_of({name: row for name, row in rows.items() if name not in known}, self._memory)}
        grouper = Grouper(self._memory.intents, replay(event_of(line, questions) for line in lines))
        self._arrived = {question.id: line.at for line in lines if (question := _let_in(event_of(line, questions)))}
        self._votes = _by_question(webinar_votes.votes(connection, self.webinar.id))
        self._mark(grouper.session.groups)
        return grouper

    def _catch_up(self, connection: Connection, grouper: Grouper) -> None:
        """Follow what another process has written meanwhile."""
        lines = webinar_log.lines(connection, self.webinar.id, after=grouper.session.version)
        if not lines:
            return
        rows = webinar_log.questions(connection, self.webinar.id)
        questions = questions_of({name: row for name, row in rows.items() if name not in grouper.session.questions}, self._memory)
        events = [event_of(line, {**grouper.session.questions, **questions}) for line in lines]
        for line, event in zip(lines, events, strict=True):
            grouper.apply(event)
            if question := _let_in(event):
                self._arrived[question.id] = line.at
        self._announce(events)

    def _announce(self, events: Iterable[Event]) -> None:
        found: list[str] = []
        for event in events:
            if isinstance(event, Chosen):
                found.append(event.group)
            elif isinstance(event, Moved):
                found += [place.group for move in event.moves for place in (move.before, move.after) if isinstance(place, InGroup)]
            elif isinstance(event.place, InGroup):
                found.append(event.place.group)
        self._mark(found)

    def _groups_of(self, questions: Iterable[str]) -> set[str]:
        return {place.group for name in questions if isinstance(place := self.session.places[name], InGroup)}

    def _mark(self, groups: Iterable[str]) -> None:
        with self._lock:
            self.tick += 1
            for name in groups:
                self._at[name] = self.tick
                self._views.pop(name, None)


def _let_in(event: Event) -> Question | None:
    return event.question if isinstance(event, Placed) else None


def _by_question(ballots: Iterable[Ballot]) -> dict[str, set[bytes]]:
    found: dict[str, set[bytes]] = {}
    for question, participant in ballots:
        found.setdefault(question, set()).add(participant)
    return found
