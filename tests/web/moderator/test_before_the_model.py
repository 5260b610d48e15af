"""After a restart the board is there before the model is: shown and moderated as it was kept; new questions wait, and are placed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bot.records import webinars
from bot.web.moderator.host import HOST
from bot.webinar.live import Live, NotReady
from bot.webinar.session import InGroup
from tests.web.moderator.conftest import Enter, Join, Sessions, heard
from tests.web.staff.staffroom import Make
from tests.webinar.small_model import SmallModel, understand
from tests.webinar.test_live import NOW, ask

QUESTIONS = "Is it paid?\nWhat is the salary?\nWhen is the deadline?\nhello all\nIs there parking?"


class Later:
    """A model that is loaded when the test says so."""

    def __init__(self, site: Any) -> None:
        self.host, self.model, self.name, self.there = site.app[HOST], SmallModel(), "small", False
        understand(site.app, self.load)

    def load(self) -> tuple[SmallModel, str] | None:
        return (self.model, self.name) if self.there else None


@pytest.fixture
async def restarted(enter: Enter, site: Any) -> tuple[Any, Any, Later]:
    """A moderator with a session, its board as it was, and the process started anew without a model."""
    moderator = await enter("maud")
    await moderator.begin()
    await moderator.bring(QUESTIONS)
    assert await moderator.do(do="choose", group="g1", what="star", value="yes") == 200
    before = await moderator.board()
    site.app[HOST].forget(moderator.code)
    return moderator, before, Later(site)


async def test_the_board_is_shown_and_moderated_without_a_model(restarted: Any):
    moderator, before, later = restarted
    assert await moderator.board() == before
    assert before["g1"]["entry"] == "stipend"
    stream = await moderator.get(f"/moderator/api/{moderator.code}/stream")
    _, first = await heard(stream)
    assert first["ready"] is False
    assert await moderator.do(do="choose", group="g2", what="state", value="answering") == 200
    assert (await moderator.board())["g2"]["state"] == "answering"
    later.there = True
    async with asyncio.timeout(10):
        while not (await heard(stream))[1]["ready"]:
            pass
    stream.close()


async def test_new_questions_wait_for_the_model_and_are_placed(restarted: Any, join: Join):
    moderator, _, later = restarted
    participant = await join(moderator.code)
    assert (await participant.vote("q1")).status == 200
    asking = asyncio.create_task(participant.ask("Le stage est-il rémunéré ?"))
    bringing = asyncio.create_task(moderator.bring("Which salary?\nWhere is it?"))
    async with asyncio.timeout(10):
        while len(later.host.intake._asked) < 1:  # noqa: ASYNC110 -- one job waits in the worker's hands, one in the queue
            await asyncio.sleep(0.01)
    assert not asking.done()
    later.there = True
    told = await (await asking).json()
    assert [answer["entry"] for answer in told["answers"]] == ["stipend"]
    assert (await bringing)["new"] == 2
    board = await moderator.board()
    assert (board["g1"]["asked"], board["g1"]["star"], board["g1"]["votes"]) == (4, True, 1)


async def test_where_no_model_comes_the_question_is_refused_in_time(restarted: Any, join: Join):
    moderator, _, later = restarted
    later.host.patience = 0.1
    answer = await (await join(moderator.code)).ask("Where is it?")
    assert (answer.status, "Retry-After" in answer.headers) == (503, True)


async def test_a_newer_model_reads_anew_what_is_there_and_the_groups_stay(restarted: Any):
    moderator, before, later = restarted
    assert await moderator.board() == before
    later.name, later.there = "newer", True
    live = await later.host.live(moderator.code)
    await later.host.ready(live)
    assert len(later.model.encoded) == 4
    assert {name: group["asked"] for name, group in (await moderator.board()).items()} == {name: group["asked"] for name, group in before.items()}


class Turned(SmallModel):
    """The same model with its intents in another order, and one more."""

    intents = ("faq/new", *reversed(SmallModel.intents))

    def probabilities(self, texts: Any) -> Any:
        return np.concatenate([np.zeros((len(texts), 1)), SmallModel().probabilities(texts)[:, ::-1]], axis=1)


def test_what_two_models_made_is_shown_alike_without_either(database: Any):
    with database.begin() as connection:
        webinar = webinars.begin(connection, "Info session", notice=None, rehearsal=False, by="ada", now=NOW)
    ask(Live(database, webinar, SmallModel(), model="small"), "Is it paid?")
    turned = Live(database, webinar, Turned(), model="turned")
    ask(turned, "When is the deadline?")
    shown = Live(database, replace(webinar))
    assert {view["head"]: view["entry"] for view in shown.views()} == {"Is it paid?": "stipend", "When is the deadline?": "deadline"}
    assert shown.intents == Turned.intents
    with pytest.raises(NotReady):
        shown.receive([], now=NOW)
    assert isinstance(shown.session.places["q1"], InGroup)


async def test_a_restart_of_the_whole_application_shows_the_board_at_once(enter: Enter, make_client: Make, sessions: Sessions):
    moderator = await enter("maud")
    await moderator.begin()
    await moderator.bring(QUESTIONS)
    before = await moderator.board()
    other = await make_client(webinar_asks=1_000)  # another process; its assistant has no model
    moderator.base = str(other.make_url("")).rstrip("/")
    assert await moderator.board() == before
