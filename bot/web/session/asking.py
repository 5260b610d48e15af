"""What participants do: ask and vote; by script or by plain form, it is the same."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.i18n.locale import Locale
from bot.records.webinars import Webinar
from bot.web.api import ASSISTANT, CLOCK
from bot.web.moderator.answers import answer_json
from bot.web.moderator.host import host_of
from bot.web.problem import Refused
from bot.web.session.participants import DOORS, participant
from bot.webinar import board
from bot.webinar.live import Live
from bot.webinar.parts import MAX_PARTS
from bot.webinar.reading_in.read import typed
from bot.webinar.session import InGroup, Question

MAX_TEXT = 500


@dataclass(frozen=True)
class Told:
    """What there is to say to a question at once: curated answers, and how many others asked; `aside`: it seemed to ask nothing."""

    answers: list[dict[str, Any]]
    others: int
    aside: bool
    divided: int


async def open_webinar(request: web.Request) -> Webinar:
    """Return the session that the address names; raises 404, and `Refused` once it has ended."""
    webinar = await host_of(request).webinar(request.match_info["code"])
    if not webinar.is_open:
        raise Refused(409, "session-error-ended")
    return webinar


async def ask(request: web.Request, text: object, *, key: str | None = None) -> tuple[Live, Sequence[Question]]:
    """Let a question in and return it, divided; `key` is that of a form."""
    webinar = await open_webinar(request)
    who = await participant(request, webinar, key=key)
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_TEXT:
        raise Refused(422, "session-error-text")
    imported = typed(text, number=secrets.randbits(63), secret=webinar.secret)
    if not imported.asked:
        raise Refused(422, "session-error-text")
    await request.app[DOORS].asks.check_one(who.hex())
    live = await host_of(request).live(webinar.code)
    [questions] = await host_of(request).intake.ask(live, imported.asked)
    return live, questions


async def vote(request: web.Request, question: object, *, wanted: bool, key: str | None = None) -> str:
    """Count a vote once, or take it back."""
    webinar = await open_webinar(request)
    who = await participant(request, webinar, key=key)
    live = await host_of(request).live(webinar.code)
    if not isinstance(question, str) or question not in live.session.questions:
        raise Refused(422, "session-error-vote")
    await host_of(request).intake.vote(live, (question, who), wanted=wanted)
    return question


def message(live: Live, number: int) -> list[Question]:
    """Return the questions of one message."""
    names = [f"q{number}", *(f"q{number}.{part}" for part in range(1, MAX_PARTS + 1))]
    return [live.session.questions[name] for name in names if name in live.session.questions]


def told(request: web.Request, live: Live, questions: Sequence[Question], locale: Locale) -> Told:
    """Return what there is to say to `questions`, which came in one message."""
    library, webinar = request.app[ASSISTANT].library, live.webinar
    entries = board.answers_at_once(questions, live.session, live.intents)
    answers = [answer_json(library, library.entries[entry], webinar.notice, locale, now=request.app[CLOCK]()) for entry in entries if entry in library.entries]
    placed = [place.group for question in questions if isinstance(place := live.session.places[question.id], InGroup)]
    others = max((len(live.session.groups[name].members) - 1 for name in placed), default=0)
    return Told(answers, others, not placed, len(questions))
