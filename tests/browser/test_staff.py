"""Editors in a real browser: logging in, the page of missed questions and the figures, by keyboard, in both languages, free of axe's findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.content import FAQ
from bot.content.editing import form_of
from bot.records import accounts, counts, missed
from bot.records.counts import Counted
from bot.records.database import Database
from bot.records.missed import Asked
from bot.records.passwords import Passwords
from bot.settings import Settings
from bot.web.assistant import Assistant
from bot.web.publishing.desk import Desk
from bot.web.publishing.files import first_release
from tests.conftest import BETWEEN, Server

PASSWORD = "a long enough password"
HOSTILE = '"><script>document.title = "owned"</script><img src=x onerror="document.title = 1">'
WORDS = {
    "en": {
        "log in": "Log in",
        "missed": "Asked in vain",
        "add": "Add to its phrasings",
        "added": "Added to the draft",
        "figures": "Figures",
        "out": "Log out",
        "wrong": "not right",
    },
    "fr": {
        "log in": "Se connecter",
        "missed": "Questions restées sans réponse",
        "add": "Ajouter à ses formulations",
        "added": "Ajouté au brouillon",
        "figures": "Chiffres",
        "out": "Se déconnecter",
        "wrong": "incorrect",
    },
}


@dataclass
class Office:
    """A server with an editor's account and questions that wait."""

    server: Server
    database: Database

    @property
    def desk(self) -> Desk:
        return Desk(self.database, lambda: BETWEEN)


@pytest.fixture
def office(assistant: Assistant, settings: Settings, tmp_path: Path) -> Iterator[Office]:
    database = Database(f"sqlite:///{tmp_path / 'guichet.db'}")
    database.upgrade()
    first_release(Desk(database, lambda: BETWEEN), FAQ)
    with database.begin() as connection:
        accounts.add(connection, "edith", PASSWORD, ["editor"], now=BETWEEN, passwords=Passwords())
        for text, locale in (("Is there a fitness room?", "en"), ("Y a-t-il une salle de sport ?", "fr"), ("May I bring my dog to work?", "en"), (HOSTILE, "en")):
            missed.keep(connection, Asked(text, locale, "not_in_notice"), day=BETWEEN.date())
        counts.add(connection, {Counted(BETWEEN.date(), "en", "answer"): 3, Counted(BETWEEN.date(), "fr", "answer", "conditions", "stipend"): 2})
    server = Server(assistant, replace(settings, logins_per_minute=1_000), database)
    yield Office(server, database)
    server.close()
    database.close()


@pytest.fixture
def open_page(office: Office, browser: Browser) -> Iterator[Callable[..., Page]]:
    contexts, faults = [], []

    def go(path: str, **options: object) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(office.server.url + path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def log_in(page: Page, language: str) -> None:
    """Log in by keyboard alone; the name has the focus when the page opens."""
    expect(page.get_by_role("textbox").first).to_be_focused()
    page.keyboard.type("edith")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=WORDS[language]["missed"])).to_be_visible()


def reach(page: Page, name: str) -> None:
    """Press Tab until the button called `name` has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.textContent"):
            return
    pytest.fail(f"{name} cannot be reached")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_editor_logs_in_and_adds_a_missed_question_by_keyboard(office, open_page, violations, language):
    words = WORDS[language]
    page = open_page(f"/editor/missed?language={language}")
    assert "/login" in page.url
    assert violations(page) == []
    log_in(page, language)
    assert violations(page) == []
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    card = page.locator("article").first
    entry = card.locator("select[name=entry]").input_value()
    reach(page, words["add"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text(words["added"])
    draft = office.desk.draft(f"entries/{entry}.yaml")
    assert draft.by == "edith"
    assert form_of(draft.text)["phrasings"]
    assert violations(page) == []


def test_questions_are_grouped_across_both_languages_by_the_real_model(open_page):
    page = open_page("/editor/missed")
    log_in(page, "en")
    sport = page.locator("article", has_text="fitness room")
    expect(sport).to_contain_text("salle de sport")


def test_hostile_text_stays_text(open_page):
    page = open_page("/editor/missed")
    log_in(page, "en")
    expect(page.get_by_text(HOSTILE[:30]).first).to_be_visible()
    assert page.locator("article script, article img").count() == 0
    expect(page).to_have_title(re.compile("Asked in vain"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_figures_are_read_with_their_tables_and_the_way_out_is_found(open_page, violations, language):
    page = open_page(f"/editor/missed?language={language}")
    log_in(page, language)
    page.get_by_role("navigation").get_by_role("link", name=WORDS[language]["figures"]).click()
    expect(page.get_by_role("img")).to_have_count(3)
    for summary in page.locator("main summary").all():
        summary.press("Enter")
    expect(page.get_by_role("table").first).to_be_visible()
    assert violations(page) == []
    page.locator(".menu summary").press("Enter")
    assert violations(page) == []
    page.get_by_role("button", name=WORDS[language]["out"]).press("Enter")
    expect(page.get_by_role("button", name=WORDS[language]["log in"])).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name=WORDS[language]["log in"])).to_be_visible()


@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}, {"forced_colors": "active"}], ids=["dark", "narrow", "forced colours"])
def test_every_guise_is_readable(open_page, violations, options):
    page = open_page("/editor/missed", **options)
    assert violations(page) == []
    log_in(page, "en")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(page.url.replace("/missed", "/figures"))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_wrong_password_is_told_and_the_name_is_kept(open_page, violations):
    page = open_page("/login?language=fr")
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type("edith")
    page.keyboard.press("Tab")
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(WORDS["fr"]["wrong"])
    expect(page.locator("#name")).to_have_value("edith")
    expect(page.locator("#password")).to_be_focused()
    assert violations(page) == []
