"""A live session in real browsers: two moderators and participants at once, by keyboard, after a restart, with hostile words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.content.model import Library
from tests.browser.board import BoardServer, Desk

QUESTIONS = "Is it paid?\nWhat is the salary?\nLe stage est-il rémunéré ?\nWhen is the deadline?\nQuelle est la date limite ?\nhello all\nIs there parking?"
DEADLINE = re.compile("deadline|date limite")  # either may be the head of its group
Open = Callable[..., Desk]


@pytest.fixture(scope="module")
def live_server(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoardServer]:
    folder: Path = tmp_path_factory.mktemp("live")
    server = BoardServer(library, folder)
    yield server
    server.close()


@pytest.fixture
def desk(browser: Browser, live_server: BoardServer) -> Iterator[Open]:
    desks: list[Desk] = []
    faults: list[str] = []

    def open_one(**options: object) -> Desk:
        desks.append(Desk(browser, live_server, faults, **options))
        return desks[-1]

    yield open_one
    for one in desks:
        one.context.close()
    assert faults == []


def line(page: Page, text: str | re.Pattern[str]):
    return page.locator("#groups li").filter(has_text=text)


def test_two_moderators_and_participants_work_at_once(desk: Open):
    maud, ben, zoe, sam = desk(), desk(), desk(viewport={"width": 390, "height": 844}), desk(viewport={"width": 390, "height": 844})
    maud.log_in("maud")
    code = maud.begin()
    ben.log_in("ben")
    board, other = maud.page, ben.board(code)
    expect(board.locator("#people")).to_have_text("ben, maud")
    maud.bring(QUESTIONS)
    expect(other.locator("#groups li")).to_have_count(3)
    expect(line(other, "paid").locator(".count")).to_have_text("3")

    phone = zoe.join(code, "fr")
    phone.fill("#text", "Quel salaire ?")
    phone.click("#ask button")
    expect(phone.locator("#reply .answer")).to_contain_text("€")
    expect(phone.locator("#reply")).to_contain_text("3")
    expect(line(board, "paid").locator(".count")).to_have_text("4")
    second = sam.join(code)
    second.locator(".item", has_text="paid").locator(".vote").click()
    expect(line(other, "paid")).to_contain_text("Votes: 1")

    line(board, DEADLINE).locator(".plain-line").click()
    board.locator("[data-key=state-answering]").click()
    expect(line(other, DEADLINE)).to_contain_text("Answering")
    expect(phone.locator(".item.item").filter(has_text="Réponse en cours")).to_have_count(1, timeout=15_000)

    line(other, DEADLINE).locator(".plain-line").click()
    line(other, "parking").locator("input").check()
    other.locator("#merge").click()
    expect(board.locator("#groups li")).to_have_count(2)
    other.locator("#undo").click()
    expect(board.locator("#groups li")).to_have_count(3)
    assert line(board, DEADLINE).locator(".chip.state").inner_text() == "Answering"


def test_everything_can_be_done_by_keyboard(desk: Open):
    maud = desk(permissions=["clipboard-read", "clipboard-write"])
    maud.log_in("maud")
    maud.begin()
    page = maud.page
    page.keyboard.press("i")
    page.keyboard.type("Is it paid?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#bring-result .good")).to_be_visible()
    page.keyboard.press("Escape")
    maud.bring(QUESTIONS)
    expect(page.locator("#groups li")).to_have_count(3)
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.locator(".group.current .question")).to_contain_text("paid")
    page.keyboard.press("2")
    expect(page.locator(".group.current .state")).to_have_text("Next")
    page.keyboard.press("s")
    expect(page.locator(".group.current .star")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator("#note")).to_contain_text("both languages")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "EUR" in copied or "€" in copied
    assert "par mois" in copied
    assert "month" in copied
    page.keyboard.press("o")
    expect(page.locator("#card .spoken")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    page.locator("#pick button", has_text="ben").press("Enter")
    expect(page.locator(".group.current")).to_contain_text("With ben")
    page.keyboard.press("u")
    expect(page.locator(".group.current")).not_to_contain_text("With ben")
    page.keyboard.press("z")
    expect(page.locator("#groups li")).to_have_count(2)
    page.keyboard.press("a")
    expect(page.locator("#aside-list li")).to_have_count(5)
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator("#groups li")).to_have_count(3)
    page.keyboard.press("/")
    page.keyboard.type("parking")
    expect(page.locator("#groups li")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.locator("#keys-on").press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("2")
    expect(page.locator(".group .state")).to_have_count(0)


def test_a_board_outlives_a_restart_and_a_lost_connection(desk: Open, live_server: BoardServer):
    maud = desk()
    maud.log_in("maud")
    maud.begin()
    maud.bring(QUESTIONS)
    page = maud.page
    page.locator(".plain-line").first.click()
    page.locator("[data-key=star]").click()
    expect(page.locator(".chip.star").first).to_be_visible()
    live_server.stop()
    expect(page.locator("#line")).to_be_visible()
    page.locator("[data-key=state-next]").click()
    expect(page.locator("#note")).to_contain_text("cannot be reached")
    live_server.start()
    expect(page.locator("#line")).to_be_hidden(timeout=30_000)
    expect(page.locator(".group.current .star")).to_be_visible()
    page.locator("[data-key=state-next]").click()
    expect(page.locator(".group.current .state")).to_have_text("Next")
    page.reload()
    expect(page.locator("#groups li")).to_have_count(3)
    expect(page.locator(".chip.star").first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_participant_without_scripts_asks_reads_and_votes(desk: Open, language: str):
    maud, guest = desk(), desk(java_script_enabled=False, viewport={"width": 390, "height": 844})
    maud.log_in("maud")
    code = maud.begin()
    phone = guest.page
    phone.goto(f"{guest.server.url}/session/{code}?language={language}")
    phone.fill("#text", "Quel salaire ?")
    phone.click("#ask button")
    expect(phone.locator("#reply .answer")).to_contain_text("€")
    expect(phone.locator(".item")).to_have_count(1)
    phone.locator(".vote").click()
    expect(phone.locator(".chip.mine")).to_be_visible()
    expect(line(maud.page, "salaire")).to_contain_text("Votes: 1")
    phone.locator("button[name=take-back]").press("Enter")
    expect(phone.locator(".chip.mine")).to_have_count(0)
    expect(line(maud.page, "salaire")).not_to_contain_text("Votes: 1")
    phone.locator(".more").click()
    expect(phone.locator("#reply .answer")).to_contain_text("€")
    phone.reload()
    expect(line(maud.page, "salaire").locator(".count")).to_have_text("1")


def test_a_vote_is_taken_back_on_the_page(desk: Open):
    maud, zoe = desk(), desk(viewport={"width": 390, "height": 844})
    maud.log_in("maud")
    code = maud.begin()
    maud.bring(QUESTIONS)
    phone = zoe.join(code, "fr")
    item = phone.locator(".item").first
    item.locator(".vote").click()
    expect(item.locator(".chip.mine")).to_be_visible()
    phone.reload()
    expect(phone.locator(".chip.mine")).to_have_count(1)
    phone.locator(".item", has=phone.locator(".chip.mine")).locator(".vote").press("Enter")
    expect(phone.locator(".chip.mine")).to_have_count(0)
    expect(maud.page.locator("#groups")).not_to_contain_text("Votes: 1")


HOSTILE = [
    "<img src=x onerror=alert(1)> paid?",
    "</script><script>alert(2)</script> deadline?",
    '=HYPERLINK("http://evil.example") parking?',
    "\u202etxt.exe {{ 7*7 }} where?",
    "x" * 490,
]


def test_hostile_words_stay_words_everywhere(desk: Open):
    maud, guest = desk(), desk()
    maud.log_in("maud")
    code = maud.begin("<b onclick=alert(3)>Title</b>")
    phone = guest.join(code)
    for text in HOSTILE:
        phone.fill("#text", text)
        phone.click("#ask button")
        expect(phone.locator("#text")).to_have_value("")
    page = maud.page
    expect(page.locator("#groups li").first).to_be_visible()
    for place in range(page.locator("#groups li").count()):
        page.locator("#groups .plain-line").nth(place).click()
        page.locator("[data-key=state-next]").click()
        expect(page.locator(".group.current .state")).to_have_text("Next")
    expect(phone.locator(".item").first).to_be_visible(timeout=15_000)
    for path in (f"/moderator/{code}", f"/moderator/{code}/figures", f"/moderator/{code}/print", f"/moderator/{code}/present", f"/session/{code}", "/moderator"):
        page.goto(maud.server.url + path)
        page.wait_for_load_state()
        assert page.locator("img[src=x], main b, [onclick], [onerror]").count() == 0
        assert page.evaluate("document.querySelectorAll('script:not([src]):not([type=\"application/json\"])').length") == 0


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_accessible(desk: Open, violations: Callable[[Page], list[str]], language: str, scheme: str):
    maud, guest = desk(color_scheme=scheme), desk(color_scheme=scheme, viewport={"width": 390, "height": 844})
    page = maud.log_in("maud", language)
    assert violations(page) == []
    code = maud.begin()
    maud.bring(QUESTIONS)
    expect(page.locator("#groups li")).to_have_count(3)
    page.locator(".plain-line").first.click()
    page.locator("[data-key=state-answering]").click()
    expect(page.locator(".answer").first).to_be_visible()
    expect(page.locator(".member").first).to_be_visible()
    assert violations(page) == []
    for opener, dialog in (("#open-bring", "#bring"), ("#open-aside", "#aside"), ("#open-help", "#help"), ("[data-key=card]", "#card"), ("[data-key=pass]", "#pick")):
        page.click(opener)
        expect(page.locator(dialog)).to_be_visible()
        assert violations(page) == [], dialog
        page.locator(f"{dialog} [data-close]").click()
    phone = guest.join(code, language)
    phone.fill("#text", "Is it paid?")
    phone.click("#ask button")
    expect(phone.locator("#reply .answer")).to_be_visible()
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for path in ("figures", "print", "present"):
        page.goto(f"{maud.server.url}/moderator/{code}/{path}")
        page.wait_for_load_state()
        assert violations(page) == [], path
