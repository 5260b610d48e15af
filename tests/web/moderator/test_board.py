"""The board's JSON: what moderators bring in, do and hear."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.web.moderator.conftest import Enter, Join, heard

QUESTIONS = "Is it paid?\nWhat is the salary?\nWhen is the deadline?\nQuelle est la date limite ?\nhello all\nIs there parking?"


async def test_pages_and_json_are_for_moderators_only(enter: Enter, join: Join):
    editor, moderator = await enter("edith"), await enter("maud")
    code = await moderator.begin()
    editor.code = code
    nobody = await join(code)
    for path in (
        "/moderator",
        f"/moderator/{code}",
        f"/moderator/{code}/present",
        f"/moderator/{code}/figures",
        f"/moderator/{code}/questions.csv",
        f"/moderator/api/{code}/board",
    ):
        assert (await moderator.get(path)).status == 200
        assert (await editor.get(path)).status == 403
        assert (await nobody.session.get(f"{nobody.base}{path}")).status == 401


async def test_a_wish_without_the_token_is_refused(enter: Enter):
    moderator = await enter("maud")
    await moderator.begin()
    moderator.token = "another"
    assert await moderator.do(do="undo") == 403
    assert (await moderator.session.post(moderator.url("/moderator"), data={"title": "x"})).status == 403


async def test_questions_come_in_by_text_and_by_hand_and_are_grouped(enter: Enter):
    moderator = await enter("maud")
    await moderator.begin()
    assert await moderator.bring(QUESTIONS) == {"read": 6, "new": 6, "faults": [], "more": 0}
    assert await moderator.bring(QUESTIONS) == {"read": 6, "new": 0, "faults": [], "more": 0}
    assert (await moderator.post("/questions", {"text": "Which salary?"})).status == 200
    board = await moderator.board()
    assert [(group["asked"], group["entry"], group["languages"]) for group in board.values()] == [
        (3, "stipend", {"en": 3}),
        (2, "deadline", {"en": 1, "fr": 1}),
        (1, None, {"en": 1}),
    ]
    aside = await (await moderator.get(f"/moderator/api/{moderator.code}/aside")).json()
    assert [(one["text"], one["why"]) for one in aside["aside"]] == [("hello all", "greeting")]


async def test_any_table_comes_in_with_a_mapping(enter: Enter):
    moderator = await enter("maud")
    await moderator.begin()
    told = await moderator.bring("wer;was\nAda Example;Wo ist es? Ada Example", question="was", person="wer")
    assert told["new"] == 1
    [group] = (await moderator.board()).values()
    assert "Ada" not in group["head"]
    assert (await moderator.bring("a,b\n1,2", question="c"))["faults"][0]["line"] == 0


async def test_the_answer_is_there_in_both_languages(enter: Enter):
    moderator = await enter("maud")
    await moderator.begin(notice="250697")
    said = await (await moderator.get(f"/moderator/api/{moderator.code}/answer?entry=deadline")).json()
    assert "June" in said["en"]["text"]
    assert "juin" in said["fr"]["text"]
    assert {source["notice"] for source in said["en"]["sources"]} == {"250697"}
    assert (await moderator.get(f"/moderator/api/{moderator.code}/answer?entry=nothing")).status == 422


async def test_two_moderators_lose_nothing_to_each_other(enter: Enter):
    maud, both = await enter("maud"), await enter("both")
    both.code = await maud.begin()
    await maud.bring(QUESTIONS)
    seen = {"g1": (await both.board())["g1"]["changed"]}
    assert await maud.do(do="choose", group="g1", what="state", value="answering", seen=seen) == 200
    assert await both.do(do="choose", group="g1", what="state", value="dismissed", seen=seen) == 409
    assert (await both.board())["g1"]["state"] == "answering"
    assert await both.do(do="merge", group="g2", others=["g1"], seen=seen) == 409
    seen = {"g1": (await both.board())["g1"]["changed"]}
    assert await both.do(do="choose", group="g1", what="assignee", value="maud", seen=seen) == 200
    assert await maud.do(do="undo") == 200
    group = (await maud.board())["g1"]
    assert (group["state"], group["assignee"]) == ("new", "maud")


async def test_split_merge_move_aside_and_undo(enter: Enter):
    moderator = await enter("maud")
    await moderator.begin()
    await moderator.bring(QUESTIONS)
    assert await moderator.do(do="split", questions=["q2"]) == 200
    assert await moderator.do(do="merge", group="g2", others=["g1"]) == 200
    assert {name: group["asked"] for name, group in (await moderator.board()).items()} == {"g2": 3, "g3": 1, "g4": 1}
    assert await moderator.do(do="move", question="q2", group="g3") == 200
    assert await moderator.do(do="aside", questions=["q6"]) == 200
    for _ in range(4):
        assert await moderator.do(do="undo") == 200
    assert {name: group["asked"] for name, group in (await moderator.board()).items()} == {"g1": 2, "g2": 2, "g3": 1}
    assert await moderator.do(do="undo") == 422


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        pytest.param({"do": "nothing"}, 400, id="no such deed"),
        pytest.param({"do": "choose", "group": "g1", "what": "members", "value": "x"}, 400, id="no such thing to choose"),
        pytest.param({"do": "choose", "group": "g1", "what": "state", "value": "done"}, 422, id="no such state"),
        pytest.param({"do": "choose", "group": "g1", "what": "entry", "value": "<script>"}, 422, id="no such entry"),
        pytest.param({"do": "choose", "group": "g1", "what": "assignee", "value": "edith"}, 422, id="no moderator"),
        pytest.param({"do": "choose", "group": "g99", "what": "state", "value": "next"}, 409, id="no such group"),
        pytest.param({"do": "merge", "group": "g1", "others": []}, 400, id="merge with nothing"),
        pytest.param({"do": "split", "questions": [1]}, 400, id="questions that are no texts"),
        pytest.param({"do": "undo", "seen": {"g1": "x"}}, 400, id="seen that is no number"),
        pytest.param(["undo"], 400, id="no object"),
    ],
)
async def test_wishes_that_cannot_be_are_refused_and_change_nothing(enter: Enter, wish: object, status: int):
    moderator = await enter("maud")
    await moderator.begin()
    await moderator.bring(QUESTIONS)
    before = await moderator.board()
    answer = await moderator.post("/do", wish)
    assert answer.status == status
    assert answer.content_type == "application/problem+json"
    assert await moderator.board() == before


async def test_changes_are_heard_within_a_second_and_only_they(enter: Enter):
    maud, both = await enter("maud"), await enter("both")
    both.code = await maud.begin()
    await maud.bring(QUESTIONS)
    stream = await both.get(f"/moderator/api/{both.code}/stream")
    first, board = await heard(stream)
    assert board["whole"] is True
    assert len(board["groups"]) == 3
    began = time.monotonic()
    assert await maud.do(do="choose", group="g2", what="star", value="yes") == 200
    _, change = await heard(stream)
    assert time.monotonic() - began < 1
    assert [(group["id"], group["star"]) for group in change["groups"]] == [("g2", True)]
    stream.close()
    await maud.bring("Is there a flat?")
    again = await both.get(f"/moderator/api/{both.code}/stream", headers={"Last-Event-ID": first})
    _, missed = await heard(again)
    assert missed["whole"] is False
    assert [group["id"] for group in missed["groups"]] == ["g2", "g4"]
    again.close()
    unknown = await both.get(f"/moderator/api/{both.code}/stream", headers={"Last-Event-ID": "0badcafe-7"})
    assert (await heard(unknown))[1]["whole"] is True
    unknown.close()


async def test_moderators_see_who_is_here(enter: Enter):
    maud, both = await enter("maud"), await enter("both")
    both.code = await maud.begin()
    streams = [await one.get(f"/moderator/api/{maud.code}/stream") for one in (maud, both)]
    async with asyncio.timeout(5):
        while (await heard(streams[0], "people"))[1] != ["both", "maud"]:
            pass
    for stream in streams:
        stream.close()


async def test_a_rehearsal_is_wiped_when_it_ends_and_a_session_is_kept(enter: Enter, tmp_path):
    moderator = await enter("maud")
    await moderator.begin(rehearsal="yes")
    await moderator.bring("Is there a zeppelin?")
    assert (await moderator.form("end")).url.path == "/moderator"
    assert (await moderator.get(f"/moderator/{moderator.code}")).status == 404
    assert not any(b"zeppelin" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    await moderator.begin()
    await moderator.bring("Is there a balloon?")
    await moderator.form("end")
    assert await moderator.do(do="undo") == 409
    assert len(await moderator.board()) == 1
    await moderator.form("reopen")
    assert await moderator.do(do="choose", group="g1", what="state", value="next") == 200
    await moderator.form("erase")
    assert (await moderator.get(f"/moderator/{moderator.code}")).status == 404


async def test_a_title_is_wanted_and_what_was_chosen_stays(enter: Enter):
    moderator = await enter("maud")
    answer = await moderator.session.post(moderator.url("/moderator"), data={"csrf": moderator.token, "title": "x" * 121})
    assert answer.status == 422
    assert "x" * 121 in await answer.text()


async def test_gaps_reach_the_editors_once(enter: Enter, database):
    from bot.records import missed

    moderator = await enter("both")
    await moderator.begin()
    await moderator.bring(QUESTIONS)
    for _ in range(2):
        assert (await moderator.form("hand-over")).status == 200
    with database.read() as connection:
        assert [(one.text, one.number) for one in missed.waiting(connection)] == [("Is there parking?", 1)]
