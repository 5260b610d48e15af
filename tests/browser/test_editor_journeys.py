"""Editors' longer ways: everything tested before publishing, an entry taken away, a file settled, a notice that lacks its office, and what is new understood at once."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.web.editor import trials
from bot.web.publishing.examiner import Examiner
from bot.web.publishing.known import known_phrasings
from bot.web.publishing.probes import golden_probes
from bot.web.publishing.stored import Stored
from tests.browser.editing import Newsroom, answer, newsroom, publish, save
from tests.content.small_notice import BOTH
from tests.web.publishing.conftest import HOURS

PATIENCE = 120_000  # milliseconds: a busy machine, and a model that has heard nothing yet
SOON = 30.0  # seconds within which what is published is understood


@pytest.fixture
def room(assistant, settings, browser, tmp_path) -> Iterator[Newsroom]:
    with newsroom(assistant, settings, browser, tmp_path) as made:
        yield made


def ask(page: Page, room: Newsroom, text: str) -> None:
    page.goto(f"{room.server.url}/?lang=en&notice=250697#guichet")
    field = page.locator("guichet-assistant").get_by_role("textbox")
    field.fill(text)
    field.press("Enter")


def test_a_draft_that_understands_less_is_told_and_held_back_whatever_reasons_are_given(room, assistant, monkeypatch):
    some = golden_probes()[::16]
    stolen = next(probe for probe in some if probe.wanted == ("deadline",) and probe.locale == "en")
    few = [one for one in known_phrasings() if one.entry in {"stipend", "grade"}]
    monkeypatch.setattr(trials, "golden_probes", lambda: some)
    room.content.examiner = Examiner(assistant, Stored(lambda: few))
    room.content.publisher.measure = room.content.examiner.gate(lambda: room.content.live.library, lambda: some, 1)
    edith = room.come("edith", "/editor/entries/thanks?language=en")
    edith.locator("#phrasings-en").fill(stolen.text)
    save(edith)
    edith.goto(f"{room.server.url}/editor/publish")
    expect(edith.locator("#running")).to_be_visible()
    edith.locator("#why").fill("Thanks.")  # the page is usable meanwhile
    expect(edith.locator("#trial")).to_contain_text("would not be published", timeout=PATIENCE)
    expect(edith.locator("#trial")).to_contain_text(stolen.text)
    rows = ["Questions", *["Golden questions"] * 2, *["own questions"] * 2, *["Stored"] * 2]
    expect(edith.get_by_role("region", name="Right answers").get_by_role("row")).to_contain_text(rows)
    for reason in edith.locator("[name^='reason:']").all():
        reason.fill("It is meant so.")
    edith.get_by_role("button", name="Publish", exact=True).click()
    expect(edith.get_by_role("alert")).to_contain_text("Nothing was published", timeout=PATIENCE)
    expect(edith.locator(".notice.bad", has_text="→").first).to_be_visible()
    assert room.content.number == 1


def test_an_entry_is_taken_away_with_everything_that_leans_on_it_named_and_brought_back(room, violations):
    edith = room.come("edith", "/editor/entries/hours?language=en")
    edith.get_by_role("button", name="Remove this entry…").press("Enter")
    dialog = edith.get_by_role("dialog")
    for told in ("These entries lead on to it", "250697", "How much are interns paid?", "Golden questions:", "To be mended before it can be published"):
        expect(dialog).to_contain_text(told)
    assert violations(edith) == []
    edith.keyboard.press("Escape")
    expect(edith.get_by_role("button", name="Remove this entry…")).to_be_focused()
    assert room.content.desk.draft(HOURS) is None
    edith.keyboard.press("Enter")
    edith.get_by_role("button", name="Remove it").click()
    expect(edith.locator("main")).to_contain_text("The removal of this entry is a draft of edith")
    assert violations(edith) == []
    edith.goto(f"{room.server.url}/editor?state=removed")
    expect(edith.locator(".entry-row")).to_contain_text("How many hours")
    edith.locator(".questions").click()
    edith.get_by_role("button", name="Bring the entry back").click()
    expect(edith.locator("#question-en")).to_have_value(re.compile("hours"))
    assert room.content.desk.draft(HOURS) is None


def test_a_file_of_any_kind_that_was_not_taken_over_is_seen_and_settled(room, violations):
    path = room.content.root / "criteria" / "age.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("says:", "says: [\n", 1), encoding="utf-8")
    for _ in range(2):
        room.content.poll()
    edith = room.come("edith", "/editor/publish?language=en")
    edith.get_by_role("link", name="criteria/age.yaml", exact=True).last.click()
    expect(edith.locator(".problems .fault").first).to_contain_text("Line")
    expect(edith.locator("ins").first).to_be_visible()
    assert violations(edith) == []
    edith.get_by_label("Text of the document").fill(before + "# mended\n")
    edith.get_by_role("button", name="Save this text as a draft").click()
    publish(edith, "Mended.")
    assert room.content.desk.live().documents["criteria/age.yaml"].endswith("# mended\n")
    edith.goto(f"{room.server.url}/editor/files/criteria/age.yaml")
    edith.get_by_role("button", name="Keep the text of this page").click()
    for _ in range(2):
        room.content.poll()
    edith.reload()
    expect(edith.get_by_role("link", name="criteria/age.yaml", exact=True)).to_have_count(0)
    assert room.content.problems == ()


def test_a_new_notice_is_asked_for_what_it_does_not_say(room):
    edith = room.come("edith", "/editor/tables?language=en")
    edith.locator("#published-text").fill(BOTH)
    edith.get_by_role("button", name="Read it").click()
    fields = edith.get_by_role("group", name="What the notice does not say by itself").get_by_role("textbox")
    expect(fields.first).to_be_visible()
    edith.get_by_role("button", name="Take what is ticked into a draft").click()
    expect(fields.first).to_be_focused()  # it is asked for, not refused afterwards
    for number, field in enumerate(fields.all()):
        field.fill(f"Maps {number}")
    edith.get_by_role("button", name="Take what is ticked into a draft").click()
    edith.get_by_role("link", name="Look at its facts").click()
    edith.locator("#fact-office-short summary").first.click()
    expect(edith.locator("#office-short-en")).to_have_value(re.compile(r"Maps \d"))


def test_a_new_entry_is_understood_within_seconds_while_the_old_model_answers(room, assistant):
    model = assistant.model
    edith = room.come("edith", "/editor/entries/bicycle-shed?language=en")
    edith.locator("#question-en").fill("Is there a shed for bicycles?")
    edith.locator("#question-fr").fill("Y a-t-il un abri à vélos\u00a0?")
    edith.locator("#phrasings-en").fill("Where can I leave my bike?")
    answer(edith, "en").fill("There is a bicycle shed.")
    answer(edith, "fr").fill("Il y a un abri à vélos.")
    save(edith)
    publish(edith, "Asked for.")
    pressed = time.monotonic()
    ask(edith, room, "where may i leave my bike")
    expect(edith.locator("guichet-assistant .answer").last).to_contain_text("There is a bicycle shed.", timeout=SOON * 1000)
    assert time.monotonic() - pressed < SOON
    ask(edith, room, "when is the deadline?")
    expect(edith.locator("guichet-assistant .answer").last).to_contain_text("22 June 2025")
    assert assistant.model == model
