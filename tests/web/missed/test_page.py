"""The page of missed questions: verdicts go into drafts first and off the list then; hostile text is text."""

from __future__ import annotations

import html
import re

import pytest

from bot.content import FAQ
from bot.content.editing import form_of
from bot.records import deeds, missed
from bot.records.missed import Asked
from bot.web.missed.grouping import GROUPS, Groups
from bot.web.publishing.desk import Desk
from bot.web.publishing.files import first_release
from tests.conftest import BETWEEN
from tests.web.staff.staffroom import PAGE, log_in, token_in
from tests.webinar.small_model import understand

ADDRESS = "/editor/missed"
TODAY = BETWEEN.date()


@pytest.fixture
def desk(database):
    desk = Desk(database, lambda: BETWEEN)
    first_release(desk, FAQ)
    return desk


def keep(database, text="Is there housing?", locale="en", kind="not_in_notice"):
    with database.begin() as connection:
        missed.keep(connection, Asked(text, locale, kind, (("hours", 0.3),)), day=TODAY)


def waiting(database):
    with database.read() as connection:
        return missed.waiting(connection)


@pytest.fixture
async def client(make_client, desk):
    client = await make_client()
    understand(client.app)
    await log_in(client, "edith")
    return client


async def shown(client, query="") -> str:
    response = await client.get(ADDRESS + query, headers=PAGE)
    assert response.status == 200
    return await response.text()


async def decide(client, database, verdict, **fields):
    sent = {"csrf": token_in(await shown(client)), "verdict": verdict, "ids": ",".join(str(number) for question in waiting(database) for number in question.ids), **fields}
    return await client.post(ADDRESS, data=sent, headers=PAGE, allow_redirects=False)


async def test_groups_stand_with_counts_dates_and_reasons(client, database):
    keep(database)
    keep(database)
    keep(database, "Un logement ?", "fr", "unhelpful")
    page = await shown(client)
    assert page.count("<article") == 1
    assert "asked 3 times" in page
    assert '<h2 id="g1" lang="en">Is there housing?</h2>' in page
    assert '<span lang="fr">Un logement ?</span>' in page
    for word in ("not in the notices", "answer did not help", "15 Jun 2025"):
        assert word in page


async def test_the_page_can_be_narrowed_to_a_language(client, database):
    keep(database)
    keep(database, "Des animaux ?", "fr")
    assert "Is there housing?" not in await shown(client, "?in=fr")
    assert "Des animaux" in await shown(client, "?in=fr")


async def test_one_press_adds_a_wording_to_an_entrys_draft(client, database, desk):
    keep(database)
    keep(database, "Un logement ?", "fr")
    ticked = [("wording", str(question.ids[0])) for question in waiting(database)]
    token = token_in(await shown(client))
    sent = [("csrf", token), ("verdict", "phrasing"), ("entry", "location"), ("ids", ",".join(number for _, number in ticked)), *ticked]
    response = await client.post(ADDRESS, data=sent, headers=PAGE, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/editor/missed?done=phrasing&entry=location")
    draft = desk.draft("entries/location.yaml")
    assert draft.by == "edith"
    assert form_of(draft.text)["phrasings"] == {"en": ["Is there housing?"], "fr": ["Un logement ?"]}
    assert waiting(database) == ()
    page = await shown(client, "?done=phrasing&entry=location")
    assert 'role="status"' in page
    with database.read() as connection:
        assert next((deed.by, deed.what, deed.about) for deed in deeds.recent(connection) if deed.what.startswith("missed")) == ("edith", "missed-to-phrasing", "location")


async def test_a_wording_is_added_once_and_other_drafts_are_kept(client, database, desk):
    for text in ("Is there housing?", "is there HOUSING ?"):
        keep(database, text)
        assert (await decide(client, database, "phrasing", entry="location")).status == 303
    keep(database, "Where do I sleep?")
    await decide(client, database, "phrasing", entry="location")
    assert form_of(desk.draft("entries/location.yaml").text)["phrasings"] == {"en": ["Is there housing?", "Where do I sleep?"]}


async def test_a_new_entry_is_begun_as_a_draft(client, database, desk):
    keep(database)
    response = await decide(client, database, "entry", new="housing-help", topic="conditions")
    assert response.headers["Location"] == "/editor/missed?done=entry&entry=housing-help"
    form = form_of(desk.draft("entries/housing-help.yaml").text)
    assert (form["id"], form["topic"], form["question"]) == ("housing-help", "conditions", {"en": "Is there housing?", "fr": ""})
    assert waiting(database) == ()


@pytest.mark.parametrize(
    ("verdict", "fields", "status"),
    [
        pytest.param("entry", {"new": "stipend", "topic": "conditions"}, 409, id="an entry that is there"),
        pytest.param("entry", {"new": "../../etc", "topic": "conditions"}, 422, id="out of the folder"),
        pytest.param("entry", {"new": "", "topic": "conditions"}, 422, id="no name"),
        pytest.param("entry", {"new": "Été", "topic": "conditions"}, 422, id="letters that are not small"),
        pytest.param("entry", {"new": "housing-help", "topic": "nothing"}, 422, id="an unknown topic"),
        pytest.param("phrasing", {"entry": "no-such-entry"}, 409, id="an unknown entry"),
        pytest.param("phrasing", {"entry": ""}, 422, id="no entry"),
        pytest.param("burn", {}, 400, id="an unknown verdict"),
    ],
)
async def test_what_cannot_be_done_changes_nothing(client, database, desk, verdict, fields, status):
    keep(database)
    response = await decide(client, database, verdict, **fields)
    assert (response.status, response.content_type) == (status, "text/html")
    assert len(waiting(database)) == 1
    assert desk.documents()[1] == {}


async def test_what_is_dismissed_can_be_taken_back(client, database):
    keep(database)
    await decide(client, database, "dismissed")
    page = await shown(client, "?done=dismissed")
    assert "<article" not in page
    ids = re.search(r'action="/editor/missed/back".*?name="ids" value="([\d,]+)"', page, re.DOTALL)[1]
    await client.post(f"{ADDRESS}/back", data={"csrf": token_in(page), "ids": ids}, headers=PAGE)
    assert [question.text for question in waiting(database)] == ["Is there housing?"]


async def test_the_second_of_two_editors_is_told_and_changes_nothing(client, database, desk):
    keep(database)
    page = await shown(client)
    ids = ",".join(str(number) for question in waiting(database) for number in question.ids)
    await decide(client, database, "dismissed")
    sent = {"csrf": token_in(page), "verdict": "phrasing", "entry": "location", "ids": ids}
    response = await client.post(ADDRESS, data=sent, headers=PAGE, allow_redirects=False)
    assert response.headers["Location"] == "/editor/missed?done=late"
    assert desk.draft("entries/location.yaml") is None


@pytest.mark.parametrize("ids", ["", "x", "1;DROP TABLE missed", "-1", "9" * 40, "²"])
async def test_odd_ids_decide_nothing(client, database, ids):
    keep(database)
    await decide(client, database, "dismissed", ids=ids)
    assert len(waiting(database)) == 1


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{phrase}%s'


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_hostile_text_is_shown_as_text(client, database, language):
    keep(database, HOSTILE)
    page = await shown(client, f"?language={language}")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert html.escape(HOSTILE, quote=False)[:20] in page.replace("&#34;", '"')
    assert "{{ 7*7 }}" in page
    assert (await decide(client, database, "phrasing", entry="location")).status == 303


async def test_only_editors_see_it(client):
    client.session.cookie_jar.clear()
    assert (await client.get(ADDRESS, headers=PAGE, allow_redirects=False)).status == 303
    await log_in(client, "maud")
    assert (await client.get(ADDRESS, headers=PAGE)).status == 403
    assert (await client.get("/editor/figures", headers=PAGE)).status == 403


async def test_without_a_model_the_page_says_that_nothing_is_grouped(client, database):
    keep(database)
    understand(client.app, lambda: None)
    assert isinstance(client.app[GROUPS], Groups)
    assert "load the page again" in await shown(client)
