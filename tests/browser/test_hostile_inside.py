"""Pages behind the log-in, over content that is hostile in every field, drafts, questions and titles as well: all of it is shown as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.records import missed
from bot.records.missed import Asked
from tests.browser.test_hostile_words import HOSTILE, nothing_planted, page, plant  # noqa: F401 -- a fixture
from tests.conftest import BETWEEN
from tests.fuzz.inside import NAME, PASSWORD, Inside, inside

pytestmark = pytest.mark.browser
SHOWN = "<img src=x onerror="
PAGES = (
    "/editor",
    "/editor/new",
    "/editor/entries/stipend",
    "/editor/notices",
    "/editor/notices/250697",
    "/editor/try",
    "/editor/publish",
    "/editor/releases/1",
    "/editor/missed",
    "/editor/figures",
    "/editor/tables",
    "/moderator",
    "/moderator/{code}",
    "/moderator/{code}/figures",
    "/moderator/{code}/print",
    "/moderator/{code}/present",
    "/session/{code}",
)
SILENT = {"/editor/figures", "/editor/tables", "/moderator/{code}/present", "/editor/new", "/editor/try", "/editor/releases/1"}  # show no words of the content by themselves


@pytest.fixture(scope="module")
def house(library, tmp_path_factory) -> Iterator[Inside]:
    with inside(library, tmp_path_factory.mktemp("hostile-inside"), plant) as somebody:
        opened = somebody.send("POST", "/moderator", data={"csrf": somebody.csrf, "title": HOSTILE[:110]}, token=False)
        somebody.code = opened.headers["Location"].split("/")[-1]
        assert somebody.send("POST", f"/moderator/api/{somebody.code}/questions", json={"text": f"Is it paid? {HOSTILE}"}).status_code == 200
        document = somebody.send("GET", "/editor/api/documents/entries/stipend.yaml").json()
        form: dict[str, Any] = document["form"]
        form["question"]["en"] += f" {HOSTILE}"
        form["notes"] = HOSTILE
        saved = somebody.send("PUT", "/editor/api/drafts", json={"path": "entries/stipend.yaml", "form": form, "revision": document["revision"], "base": document["base"]})
        assert saved.status_code == 200, saved.text
        with somebody.server._database.begin() as connection:
            missed.keep(connection, Asked(HOSTILE, "en", "not_in_notice", (("stipend", 0.4),)), day=BETWEEN.date())
        yield somebody


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_behind_the_log_in_shows_hostile_words_as_text(page: Page, house: Inside, language: str):  # noqa: F811 -- the fixture
    page.goto(f"{house.server.url}/login?language={language}")
    page.locator("#name").fill(NAME)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url("**/editor**")
    shown = set()
    for path in PAGES:
        page.goto(house.server.url + path.format(code=house.code))
        page.wait_for_load_state()
        nothing_planted(page)
        if SHOWN in page.locator("body").inner_text() or any(SHOWN in (field.input_value() or "") for field in page.locator("textarea, input[type=text], input:not([type])").all()):
            shown.add(path)
    assert set(PAGES) - shown <= SILENT
    page.goto(f"{house.server.url}/editor/entries/stipend")
    expect(page.get_by_text(SHOWN).first).to_be_attached()
    page.goto(f"{house.server.url}/moderator/{house.code}")
    page.locator("#groups .plain-line").first.click()
    expect(page.locator("body")).to_contain_text(SHOWN)
    nothing_planted(page)
