"""Every page of the editors: free of axe's findings in both languages and every guise, wide enough for no screen, walked by keyboard; tables and notices brought in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.content.conditions import TESTS
from tests.browser.editing import Newsroom, answer, newsroom, save
from tests.content.small_notice import BOTH

PAGES = ("/editor", "/editor/entries/deadline", "/editor/notices", "/editor/notices/250697", "/editor/try", "/editor/tables", "/editor/publish", "/editor/releases/1")


@pytest.fixture(scope="module")
def room(assistant, settings, browser, tmp_path_factory) -> Iterator[Newsroom]:
    with newsroom(assistant, settings, browser, tmp_path_factory.mktemp("newsroom")) as made:
        edith = made.come("edith", "/editor/entries/stipend?language=en")
        answer(edith, "fr").fill("Les stagiaires reçoivent 1 300 euros par mois.")
        save(edith)
        yield made


def stands_still(page: Page) -> None:
    """Wait until a page that checks what it shows has done so."""
    if page.locator("#summary").count():
        expect(page.locator("#summary")).not_to_be_empty()


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "light", 1280), ("fr", "dark", 390)])
def test_every_page_is_accessible_and_fits(room, violations, language, scheme, width):
    page = room.come("marc", color_scheme=scheme, viewport={"width": width, "height": 844})
    found = {}
    for path in PAGES:
        page.goto(f"{room.server.url}{path}?language={language}")
        stands_still(page)
        for summary in page.locator(".fact-row > summary").all()[:4]:
            summary.click()
        found[path] = violations(page) + [f"wide: {wide}" for wide in [page.evaluate("document.documentElement.scrollWidth")] if wide > width]
        expect(page.locator("html")).to_have_attribute("lang", language)
    assert found == {path: [] for path in PAGES}


def test_the_list_of_facts_is_accessible_while_it_is_open(room, violations):
    page = room.come("marc", "/editor/entries/hours?language=en")
    page.get_by_role("button", name="Insert a fact").first.press("Enter")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(answer(page, "en")).to_be_focused()


def test_a_wording_is_added_given_a_condition_and_put_in_order(room):
    page = room.come("marc", "/editor/entries/grade?language=en")
    page.get_by_role("button", name="Add a wording").press("Enter")
    first = page.locator(".wording").first
    expect(first.locator("select").first).to_have_value("before")
    first.locator("select").first.select_option("after")
    first.locator("textarea").first.fill("It was {grade}.")
    first.locator("textarea").last.fill("C’était {grade}.")
    save(page)
    page.reload()
    expect(page.locator(".wording")).to_have_count(2)
    expect(page.locator(".wording").first.locator("select").first).to_have_value("after")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.locator(".wording")).to_have_count(1)


def test_a_condition_of_every_kind_is_shown_and_kept(room):
    page = room.come("marc", "/editor/entries/age?language=en")
    conditions = page.locator(".conditions", has=page.locator("[data-way=when][value^='differs']"))
    expect(conditions.locator("select").first).to_have_value("differs")
    assert conditions.locator("select").first.locator("option").all_inner_texts()[TESTS.index("differs")] == "the two languages differ on"
    conditions.get_by_role("button", name="Add a condition").click()
    expect(conditions.locator("[data-way=when]")).to_have_value("differs minimum-age and before deadline")


def test_a_table_is_looked_at_and_then_makes_drafts(room, tmp_path):
    page = room.come("marc", "/editor/tables?language=en")
    with page.expect_download() as started:
        page.get_by_role("link", name="Export as CSV").click()
    exported = Path(started.value.path()).read_text(encoding="utf-8-sig")
    assert "{deadline|date}" in exported
    table = tmp_path / "translated.csv"
    table.write_text('id,"Notes",Reviewer\nduration,"ask the office",x\nnowhere at all,"x",x\n', encoding="utf-8")
    page.locator("#table-file").set_input_files(table)
    page.get_by_role("button", name="See what would change").click()
    expect(page.locator("#outcome")).to_contain_text("ask the office")
    expect(page.locator("#outcome")).to_contain_text("“nowhere at all” is no entry")
    assert room.content.desk.draft("entries/duration.yaml") is None
    page.get_by_role("button", name="Make drafts of these").click()
    expect(page.get_by_text("Drafts made: 1")).to_be_visible()
    assert "ask the office" in room.content.desk.draft("entries/duration.yaml").text


def test_a_notice_is_read_and_what_was_chosen_becomes_a_draft(room):
    page = room.come("marc", "/editor/tables?language=en")
    page.locator("#published-text").fill(BOTH)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#outcome h2")).to_contain_text(re.compile(r"Facts: \d+"))
    expect(page.locator("#outcome")).to_contain_text(re.compile(r"line \d+"))
    for box in page.locator("[name=fact]").all()[3:]:
        box.uncheck()
    for field in page.locator("[id^=give-office]").all():
        field.fill("Maps")
    page.get_by_role("button", name="Take what is ticked into a draft").click()
    expect(page.get_by_text("is a draft now")).to_be_visible()
    page.get_by_role("link", name="Look at its facts").click()
    expect(page.locator(".fact-row")).to_have_count(5)  # and the two that it was asked for


def test_the_draft_is_tried_with_what_speaks_for_it(room):
    page = room.come("marc", "/editor/try?language=en")
    page.locator("#text").fill("combien gagne un stagiaire ?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#said .answer")).to_contain_text("Les stagiaires reçoivent 1 300 euros par mois.")
    expect(page.locator("#ranking li").first).to_contain_text("How much are interns paid?")
    expect(page.locator("#ranking li").first).to_contain_text("Nearest phrasing")


def test_without_a_role_there_is_no_way_in(room):
    context = room.browser.new_context()
    room.contexts.append(context)
    page = context.new_page()
    page.goto(f"{room.server.url}/editor/publish")
    assert "/login" in page.url
    for method, path in (("put", "/editor/api/drafts"), ("post", "/editor/api/look"), ("post", "/editor/api/table"), ("get", "/editor/export/entries.csv")):
        assert getattr(page.request, method)(room.server.url + path).status in {401, 403}
