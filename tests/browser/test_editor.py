"""Editors' whole journeys: a fact changed and seen, a wrong figure stopped, two editors, publishing and rolling back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from bot.records import missed
from bot.records.missed import Asked
from tests.browser.editing import Newsroom, answer, newsroom, publish, save
from tests.conftest import BETWEEN

ANSWER = "Interns receive a grant of {stipend} a month."


@pytest.fixture
def room(assistant, settings, browser, tmp_path) -> Iterator[Newsroom]:
    with newsroom(assistant, settings, browser, tmp_path) as made:
        yield made


def test_a_changed_fact_is_read_in_the_widget(room):
    edith = room.come("edith", "/editor/notices/250697")
    edith.locator("#fact-hours-per-week > summary").click()
    edith.locator("#hours-per-week-en").fill("35")
    expect(edith.locator("[data-said='hours-per-week']")).to_have_text("35")
    save(edith)
    assert "38" in room.asked(edith, "hours")  # a draft is seen by nobody
    publish(edith, "The office works shorter weeks.")
    edith.goto(f"{room.server.url}/?lang=en&notice=250697#guichet/hours")
    expect(edith.locator("guichet-assistant .answer").first).to_contain_text("35 hours")


def test_a_wrong_french_figure_is_stopped(room):
    edith = room.come("edith", "/editor/entries/stipend?language=en")
    french = answer(edith, "fr")
    french.fill(french.input_value().replace("{stipend}", "1 300 euros"))
    told = edith.locator(".words", has=french).locator(".problems .fault").first
    expect(told).to_contain_text("1 300 euros")
    expect(french).to_have_attribute("aria-invalid", "true")
    save(edith)
    edith.goto(f"{room.server.url}/editor/publish")
    expect(edith.get_by_role("heading", name=re.compile("hold the release back"))).to_be_visible()
    expect(edith.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    assert room.content.number == 1
    edith.goto(f"{room.server.url}/editor/entries/stipend?language=fr")
    expect(edith.locator(".words", has=answer(edith, "fr")).locator(".problems .fault").first).to_contain_text("Ce chiffre n’est dans aucune donnée")


def test_a_fact_is_inserted_by_keyboard_and_shown_with_what_it_says(room):
    edith = room.come("edith", "/editor/entries/stipend?language=en")
    english = answer(edith, "en")
    english.fill("Interns receive ")
    english.press("{")
    box = edith.get_by_role("combobox", name=re.compile("Which fact"))
    expect(box).to_be_focused()
    box.type("stip")
    expect(edith.get_by_role("option").first).to_contain_text("€1,286.09")
    box.press("Enter")
    assert english.input_value() == "Interns receive {stipend}"
    expect(english).to_be_focused()
    expect(edith.locator(".words", has=english).locator(".fact")).to_contain_text("€1,286.09")
    english.type(" a month.")
    expect(edith.locator("#preview .answer")).to_contain_text("Interns receive €1,286.09 a month.")


def test_the_preview_follows_day_and_notice(room):
    edith = room.come("edith", "/editor/entries/deadline?language=en")
    expect(edith.locator("#preview")).to_contain_text("The last day to apply is 22 June 2025")
    edith.locator("#day").fill("2025-07-10T12:00")
    expect(edith.locator("#preview")).to_contain_text("The deadline has passed")
    edith.locator("#notice").select_option("250813")
    expect(edith.locator("#preview")).to_contain_text("250813")
    edith.get_by_text("French", exact=True).last.click()
    expect(edith.locator("#preview")).to_contain_text("Le délai est dépassé")


def test_french_typography_is_helped(room):
    edith = room.come("edith", "/editor/entries/stipend?language=en")
    question = edith.locator("#question-fr")
    question.fill("Qu'est-ce qu'on gagne ?")
    edith.locator(".words", has=question).get_by_role("button", name="Typography").click()
    expect(question).to_have_value("Qu’est-ce qu’on gagne\u00a0?")


def test_unsaved_work_survives_a_reload_and_is_offered_back(room):
    edith = room.come("edith", "/editor/entries/stipend?language=en")
    answer(edith, "en").fill(ANSWER)
    expect(edith.locator("#state")).to_have_text("Not saved")
    edith.reload()
    expect(answer(edith, "en")).not_to_have_value(ANSWER)
    edith.get_by_role("button", name="Bring it back").click()
    expect(answer(edith, "en")).to_have_value(ANSWER)
    save(edith)
    edith.reload()
    expect(answer(edith, "en")).to_have_value(ANSWER)
    expect(edith.locator("#kept")).to_be_hidden()


def test_two_editors_are_told_of_each_other_and_neither_overwrites_the_other(room):
    edith, marc = room.come("edith", "/editor/entries/stipend?language=en"), room.come("marc", "/editor/entries/stipend?language=en")
    expect(edith.locator("#others")).to_contain_text("marc")
    expect(marc.locator("#others")).to_contain_text("edith")
    answer(edith, "en").fill(ANSWER)
    edith.locator("#notes").fill("edith was here")
    answer(marc, "en").fill("A grant of {stipend} is paid to interns each month.")
    save(edith)
    expect(marc.locator("#others")).to_contain_text("newer draft")
    marc.locator("#document button.primary").click()
    dialog = marc.get_by_role("dialog")
    expect(dialog).to_contain_text(ANSWER)
    expect(dialog).to_contain_text("A grant of {stipend} is paid")
    dialog.get_by_label(re.compile("^Theirs")).check()
    dialog.get_by_role("button", name="Go on with this").click()
    expect(answer(marc, "en")).to_have_value(ANSWER)
    expect(marc.locator("#notes")).to_have_value("edith was here")
    marc.locator("#notes").fill("and marc")
    save(marc)
    assert room.content.desk.draft("entries/stipend.yaml").by == "marc"


def test_someone_who_publishes_meanwhile_is_not_overwritten(room):
    edith, marc = room.come("edith", "/editor/entries/hours?language=en"), room.come("marc", "/editor/entries/hours?language=en")
    edith.locator("#notes").fill("published by edith")
    save(edith)
    publish(edith, "A note.")
    marc.locator("#question-en").fill("How many hours do interns work in a week?")
    marc.locator("#document button.primary").click()
    marc.get_by_role("dialog").get_by_role("button", name="Go on with this").click()
    expect(marc.locator("#notes")).to_have_value("published by edith")
    expect(marc.locator("#question-en")).to_have_value("How many hours do interns work in a week?")


def test_what_was_published_can_be_read_and_brought_back_in_one_press(room):
    edith = room.come("edith", "/editor/entries/hours?language=en")
    answer(edith, "en").fill("Interns have a week of {hours-per-week|unit}.")
    answer(edith, "fr").fill("La semaine des stagiaires est de {hours-per-week|unit}.")
    save(edith)
    publish(edith, "Shorter.")
    assert room.asked(edith, "hours").startswith("Interns have a week")
    edith.get_by_role("link", name="What changed 2").click()
    expect(edith.locator("ins").first).to_be_visible()
    expect(edith.locator("main")).to_contain_text("edith")
    edith.go_back()
    edith.get_by_role("button", name="Bring back 1").click()
    expect(edith.get_by_text("Release 3 is live.")).to_be_visible()
    assert not room.asked(edith, "hours").startswith("Interns have a week")


def test_a_new_entry_is_begun_listed_and_found(room):
    edith = room.come("edith", "/editor?language=en")
    edith.get_by_text("New entry", exact=True).click()
    edith.get_by_label("Short name of the entry").fill("parking-space")
    edith.get_by_role("button", name="Begin").click()
    edith.locator("#question-en").fill("Is there a car park?")
    edith.locator("#question-fr").fill("Y a-t-il un parking\u00a0?")
    answer(edith, "en").fill("The notice does not mention a car park.")
    answer(edith, "fr").fill("L’avis ne mentionne pas de parking.")
    save(edith)
    edith.goto(f"{room.server.url}/editor")
    edith.get_by_label("Search in both languages").type("parking")
    expect(edith.locator(".entry-row").first).to_contain_text("New · edith")
    edith.get_by_label("State").select_option("new")
    expect(edith.locator(".entry-row")).to_have_count(1)
    expect(edith).to_have_url(re.compile(r"q=parking&state=new"))
    edith.locator(".questions").click()
    expect(edith.locator("#question-fr")).to_have_value("Y a-t-il un parking\u00a0?")


def test_a_missed_question_becomes_a_phrasing_and_is_answered(room):
    with room.content.database.begin() as connection:
        missed.keep(connection, Asked("Do you hand out pocket money?", "en", "out_of_scope"), day=BETWEEN.date())
    edith = room.come("edith", "/editor/missed?language=en")
    card = edith.locator("article", has_text="pocket money")
    card.locator("select[name=entry]").select_option("stipend")
    card.get_by_role("button", name="Add to its phrasings").click()
    expect(edith.get_by_role("status").first).to_contain_text("Added to the draft")
    publish(edith, "Asked in vain.")
    edith.goto(f"{room.server.url}/?lang=en&notice=250697#guichet")
    field = edith.locator("guichet-assistant").get_by_role("textbox")
    field.fill("do you hand out pocket money")
    field.press("Enter")
    expect(edith.locator("guichet-assistant .answer").last).to_contain_text("€1,286.09")
