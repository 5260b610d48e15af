"""The public page: asking, voting, limits; nobody can do it from another site, and no words are public before a moderator lets them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from bot.records import webinar_votes, webinars
from tests.web.moderator.conftest import Enter, Join, Participant, Sessions, with_small_model
from tests.web.staff.staffroom import Make


async def items(participant: Participant) -> list[dict[str, Any]]:
    """The list as soon as it is made anew."""
    await asyncio.sleep(1.05)  # FRESH_SECONDS: one list serves all for a second
    return list((await (await participant.listed()).json())["items"])


async def test_a_covered_question_is_answered_at_once(enter: Enter, join: Join):
    moderator = await enter("maud")
    participant = await join(await moderator.begin())
    told = await (await participant.ask("Is it paid?")).json()
    assert [answer["entry"] for answer in told["answers"]] == ["stipend"]
    assert "EUR" in told["answers"][0]["text"] or "€" in told["answers"][0]["text"]
    assert told["others"] == 0
    assert (await (await (await join(moderator.code)).ask("What salary?")).json())["others"] == 1


async def test_words_of_the_audience_are_public_only_once_a_moderator_lets_them(enter: Enter, join: Join):
    moderator = await enter("maud")
    participant = await join(await moderator.begin())
    told = await (await participant.ask("Is there parking, you idiots?")).json()
    assert told["answers"] == []
    await participant.ask("Is it paid?")
    [covered] = await items(participant)
    assert (covered["entry"], covered["locale"]) == ("stipend", None)  # the approved words, not the audience's
    assert covered["text"] != "Is it paid?"
    assert await moderator.do(do="choose", group="g1", what="shown", value="yes") == 200
    assert {one["text"] for one in await items(participant)} == {"Is there parking, you idiots?", covered["text"]}
    assert await moderator.do(do="choose", group="g1", what="state", value="dismissed") == 200
    assert [one["entry"] for one in await items(participant)] == ["stipend"]


async def test_a_participant_votes_once(enter: Enter, join: Join, database):
    moderator = await enter("maud")
    one, other = await join(await moderator.begin()), await join(moderator.code)
    await one.ask("Is it paid?")
    for participant in (one, one, other):
        assert (await participant.vote("q1")).status == 200
    assert (await moderator.board())["g1"]["votes"] == 2
    cookies = [cookie.value for participant in (one, other) for cookie in participant.session.cookie_jar]
    with database.read() as connection:
        webinar = webinars.find(connection, moderator.code)
        assert webinar is not None
        kept = webinar_votes.votes(connection, webinar.id)
    assert len(kept) == 2
    assert not any(cookie.encode() in participant for cookie in cookies for _, participant in kept)
    assert (await one.vote("q99")).status == 422


async def test_a_vote_can_be_taken_back(enter: Enter, join: Join):
    moderator = await enter("maud")
    one, other = await join(await moderator.begin()), await join(moderator.code)
    await one.ask("Is it paid?")
    await one.ask("Where is it?")
    for participant in (one, other):
        assert (await participant.vote("q1")).status == 200
    assert (await one.vote("q1", wanted=False)).status == 200
    assert (await one.vote("q1", wanted=False)).status == 200, "nothing to take back is no fault"
    assert (await moderator.board())["g1"]["votes"] == 1
    assert (await one.vote("q1")).status == 200
    assert (await moderator.board())["g1"]["votes"] == 2
    assert (await one.vote("q2", wanted="no")).status == 400


async def test_a_vote_is_taken_back_from_whatever_its_question_has_become(enter: Enter, join: Join):
    moderator = await enter("maud")
    participant = await join(await moderator.begin())
    for text in ("Is it paid?", "Where is it?", "What is the salary?"):
        await participant.ask(text)
    assert (await participant.vote("q2")).status == 200
    assert await moderator.do(do="merge", group="g1", others=["g2"]) == 200
    assert (await moderator.board())["g1"]["votes"] == 1
    assert (await participant.vote("q3", wanted=False)).status == 200
    assert (await moderator.board())["g1"]["votes"] == 0


async def test_the_last_of_many_presses_holds(enter: Enter, join: Join):
    moderator = await enter("maud")
    participant = await join(await moderator.begin())
    await participant.ask("Is it paid?")
    await asyncio.gather(*(participant.vote("q1", wanted=bool(number % 2)) for number in range(20)))
    await participant.vote("q1", wanted=False)
    assert (await moderator.board())["g1"]["votes"] == 0


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}], ids=["origin", "fetch metadata"])
async def test_another_site_can_neither_ask_nor_vote(enter: Enter, join: Join, headers: dict[str, str]):
    moderator = await enter("maud")
    participant = await join(await moderator.begin())
    await participant.ask("Is it paid?")
    assert (await participant.ask("Where?", **headers)).status == 403
    assert (await participant.vote("q1", **headers)).status == 403
    assert (await participant.session.post(f"{participant.base}/session/{moderator.code}/api/vote", data="question=q1")).status == 415
    assert (await moderator.board())["g1"]["votes"] == 0


async def test_without_the_pages_cookie_nothing_is_taken(enter: Enter, sessions: Sessions, join: Join):
    moderator = await enter("maud")
    stranger = Participant(sessions.new(), moderator.base, await moderator.begin())
    assert (await stranger.ask("Is it paid?")).status == 403


@pytest.mark.parametrize("text", ["", "   ", "x" * 501, None, 7])
async def test_what_is_no_question_is_refused(enter: Enter, join: Join, text: Any):
    moderator = await enter("maud")
    participant = await join(await moderator.begin())
    answer = await participant.ask(text)
    assert answer.status == 422
    assert (await answer.json())["title"]


async def test_one_participant_cannot_flood(make_client: Make, sessions: Sessions, enter: Enter):
    moderator = await enter("maud")  # brings the database its session
    code = await moderator.begin()
    strict: TestClient[Any, Any] = with_small_model(await make_client(webinar_asks=2, webinar_requests=5))
    base = str(strict.make_url("")).rstrip("/")
    participants = []
    for _ in range(2):
        participants.append(Participant(sessions.new(), base, code))
        await participants[-1].session.get(f"{base}/session/{code}")
    one, other = participants
    assert [(await one.ask("Is it paid?")).status for _ in range(3)] == [200, 200, 429]
    refused = await one.ask("Is it paid?")
    assert (refused.status, "Retry-After" in refused.headers) == (429, True)
    assert (await other.ask("Is it paid?")).status == 200
    assert (await other.ask("Is it paid?")).status == 429  # the address has had its fill, whatever the cookie


async def test_an_ended_session_says_so(enter: Enter, join: Join):
    moderator = await enter("maud")
    participant = await join(await moderator.begin())
    await participant.ask("Is it paid?")
    await moderator.form("end")
    answer = await participant.ask("Where?")
    assert answer.status == 409
    assert (await participant.vote("q1")).status == 409
    assert (await (await participant.listed()).json())["open"] is False


async def test_an_unknown_code_is_not_found(join: Join, enter: Enter):
    moderator = await enter("maud")
    for path in ("/session/bcdfgh", "/session/bcdfgh/api/list", "/session/..%2fmoderator"):
        assert (await moderator.get(path)).status == 404


async def test_a_list_that_has_not_changed_is_not_sent_again(enter: Enter, join: Join):
    moderator = await enter("maud")
    participant = await join(await moderator.begin())
    await participant.ask("Is it paid?")
    first = await participant.listed()
    assert (await participant.listed(**{"If-None-Match": first.headers["ETag"]})).status == 304


async def test_hundreds_of_participants_at_once(enter: Enter, join: Join):
    moderator = await enter("maud")
    code = await moderator.begin()
    participants = [await join(code) for _ in range(60)]
    told = await asyncio.gather(*(participant.ask(text) for participant in participants for text in ("Is it paid?", "Where is it?")))
    assert {answer.status for answer in told} == {200}
    heads = [group["headId"] for group in (await moderator.board()).values()]
    assert len(heads) == 2
    votes = await asyncio.gather(*(participant.vote(question) for participant in participants for question in heads))
    assert {answer.status for answer in votes} == {200}
    board = await moderator.board()
    assert sum(group["asked"] for group in board.values()) == 120
    assert all(group["votes"] == 60 for group in board.values())


async def test_every_page_keeps_the_policy_and_speaks_both_languages(enter: Enter, join: Join):
    moderator = await enter("maud")
    code = await moderator.begin("<script>alert(1)</script>")
    for path in (f"/session/{code}", f"/moderator/{code}", "/moderator", f"/moderator/{code}/present", f"/moderator/{code}/figures", f"/moderator/{code}/print"):
        for tag in ("en", "fr"):
            answer = await moderator.get(f"{path}?language={tag}")
            html = await answer.text()
            assert answer.status == 200
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "<script>alert" not in html
            assert f'<html lang="{tag}">' in html
