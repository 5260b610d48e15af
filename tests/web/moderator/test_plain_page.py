"""The participants' page without scripts: its forms ask, vote and take back, under the same checks as the script's requests."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.web.moderator.conftest import Enter, Join, Participant
from tests.web.staff.staffroom import PAGE


class Plain:
    """A browser without scripts: reads the page, presses its buttons."""

    def __init__(self, participant: Participant, language: str) -> None:
        self.participant, self.language, self.html = participant, language, ""
        self.address = f"{participant.base}/session/{participant.code}"

    async def open(self, query: str = "") -> str:
        answer = await self.participant.session.get(f"{self.address}?language={self.language}{query}", headers=PAGE)
        self.html = unescape(await answer.text())
        return self.html

    async def send(self, form: str, *, headers: dict[str, str] | None = None, **fields: str) -> Any:
        key = re.search(r'name="key" value="([0-9a-f]+)"', self.html)
        assert key
        sent = {"key": key[1], **fields}
        answer = await self.participant.session.post(f"{self.address}/{form}?language={self.language}", data=sent, headers={**PAGE, **(headers or {})})
        self.html = unescape(await answer.text())
        return answer


@pytest.fixture(params=["en", "fr"])
async def plain(request: pytest.FixtureRequest, enter: Enter, join: Join) -> tuple[Any, Plain]:
    moderator = await enter("maud")
    page = Plain(await join(await moderator.begin()), request.param)
    await page.open()
    return moderator, page


async def test_a_question_is_answered_and_a_reload_sends_nothing_twice(plain: Any):
    moderator, page = plain
    answer = await page.send("ask", text="Is it paid?")
    assert answer.status == 200
    assert str(answer.url).startswith(f"{page.address}?language={page.language}&asked=1")
    assert "€" in page.html.split('id="reply"')[1]
    assert f'lang="{page.language}"' in page.html
    await page.open("&asked=1")
    assert (await moderator.board())["g1"]["asked"] == 1


async def test_votes_are_given_and_taken_back(plain: Any):
    moderator, page = plain
    await page.send("ask", text="Is it paid?")
    assert 'name="vote" value="q1"' in page.html, "the list is on the page, and as new as the question"
    assert (await page.send("vote", vote="q1")).status == 200
    assert 'name="take-back" value="q1"' in page.html
    assert (await moderator.board())["g1"]["votes"] == 1
    await page.send("vote", **{"take-back": "q1"})
    assert 'name="vote" value="q1"' in page.html
    assert (await moderator.board())["g1"]["votes"] == 0


async def test_an_answer_can_be_read(plain: Any):
    _, page = plain
    await page.send("ask", text="Is it paid?")
    assert "answer=stipend" in page.html
    assert "€" in (await page.open("&answer=stipend")).split('id="reply"')[1]
    assert "€" not in await page.open("&answer=nothing&asked=99")


async def test_what_is_refused_is_said_and_what_was_typed_stays(plain: Any):
    moderator, page = plain
    answer = await page.send("ask", text="paid? " * 100)
    assert answer.status == 422
    assert "paid? paid?" in page.html
    assert "notice bad" in page.html
    assert (await page.send("vote", vote="q99")).status == 422
    await moderator.form("end")
    assert (await page.send("ask", text="Where is it?")).status == 409


async def test_other_sites_can_send_none_of_it(plain: Any):
    moderator, page = plain
    await page.open()
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert (await page.send("ask", text="Where?", headers=elsewhere)).status == 403
    assert (await page.send("ask", text="Where?", key="0" * 32)).status == 403
    assert (await page.send("vote", vote="q1", key="é")).status == 403
    assert await moderator.board() == {}


async def test_words_stay_words(plain: Any):
    moderator, page = plain
    await page.send("ask", text="<b onclick=alert(1)>Is there parking?</b>")
    await moderator.do(do="choose", group="g1", what="shown", value="yes")
    listed = await page.participant.session.get(page.address, headers=PAGE)
    assert "<b onclick" not in await listed.text()
    refused = await page.send("ask", text="</textarea><b>" + "x" * 500)
    assert (refused.status, "</textarea><b>" in await refused.text()) == (422, False)
