"""A new season's notice is data alone: a third office, other dates and facts, and everything works with it."""

from __future__ import annotations

import json
from datetime import date, datetime
from urllib.request import urlopen

import pytest

from bot.content.check import problems
from bot.content.reader import Reader
from bot.content.render import render
from bot.dialogue.compose import say
from bot.dialogue.self_check import buttons
from bot.dialogue.turn import Memory, Turn
from bot.dialogue.verify import verify
from bot.i18n.locale import LOCALES
from bot.nlu.entities import find_entities
from bot.nlu.offices import office_names
from bot.web.assistant import Assistant, Question, clock_of
from bot.web.site.export import export_site
from tests.conftest import Server
from tests.content.third import REFERENCE, third_library, with_third_notice

BEFORE = datetime.fromisoformat("2026-02-01T12:00:00+01:00")
AFTER = datetime.fromisoformat("2026-04-15T12:00:00+02:00")


@pytest.fixture(scope="module")
def third(tmp_path_factory):
    return third_library(tmp_path_factory.mktemp("content"))


@pytest.fixture(scope="module")
def talker(third, settings, model):
    assistant = Assistant(third, settings, clock_of(settings))
    assistant.load(model)
    yield assistant
    assistant.close()


def ask(assistant, text=None, conversation=None, **more):
    answered = assistant.ask_now(Question(text, conversation=conversation, now=more.pop("now", BEFORE), **more))
    return answered["conversation"], answered["reply"]


def test_it_is_in_order(tmp_path):
    reader = Reader(with_third_notice(tmp_path))
    found = problems(reader.library(), reader, today=date(2026, 2, 1))
    assert not [problem for problem in found if problem.severity == "fault"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("now", [BEFORE, AFTER], ids=["open", "closed"])
def test_every_entry_can_be_said_of_it(third, locale, now):
    for page in (REFERENCE, None):
        for entry in third.entries.values():
            if entry.kind != "step":
                reply = say(Turn(third, locale, now, page=page), [entry.id])
                assert {proof.verdict for proof in verify([reply.as_json()], {third.version: third}.get)} == {"confirmed"}, entry.id


def test_what_it_does_not_give_is_said_to_be_missing(third):
    said = render(third, third.entries["webinar-when"], list(third.notices.values()), "en", now=BEFORE)
    assert "Bureau of Archives and Records (260404):\nThe notice does not say" in said.text
    assert "16:00" in said.text


def test_entries_that_differ_say_so(third):
    text = render(third, third.entries["stipend"], list(third.notices.values()), "en", now=BEFORE).text
    assert "Office of the Secretary General (250697) and NATO Office of Resources (250813):" in text
    assert "€1,400.00" in text
    assert "at least 18" in render(third, third.entries["age"], [third.notices[REFERENCE]], "en", now=BEFORE).text


def test_only_the_closed_ones_are_said_to_be_closed(third):
    text = render(third, third.entries["vacancy-reference"], list(third.notices.values()), "en", now=BEFORE).text
    assert text.count("closed on 22") == 1
    assert text.endswith("Office of the Secretary General (250697) and NATO Office of Resources (250813): Applications for this notice closed on 22\xa0June 2025.")


def test_a_value_is_compared_with_each(third):
    turn = Turn(third, "en", BEFORE, entities=tuple(find_entities("I'm 20", "en")))
    block = say(turn, ["age"]).blocks[0]
    assert [check.outcome for check in block.checks] == ["depends"]
    assert "Bureau of Archives and Records (260404): At 20 you have the minimum age" in block.text
    only = Turn(third, "en", BEFORE, entities=turn.entities, page=REFERENCE)
    assert [check.outcome for check in say(only, ["age"]).blocks[0].checks] == ["meets"]


def test_the_other_ones_are_both_others(third):
    turn = Turn(third, "en", BEFORE, memory=Memory(notice=REFERENCE), other_one=True)
    assert [notice.reference for notice in turn.notices] == ["250697", "250813"]


def test_it_has_a_button_in_the_self_check(third):
    assert f"self-check/notice/{REFERENCE}" in buttons(third, "notice")
    assert office_names(third)[REFERENCE] == ("Bureau of Archives and Records", "Bureau des archives et des dossiers", "BAR")


def test_it_is_understood_by_its_name_and_number(talker):
    for words in ("how much is the grant at the Bureau of Archives and Records?", "à combien s'élève la bourse pour le 260404 ?", "what's the pay at BAR"):
        _, reply = ask(talker, words)
        assert list(reply["notices"]) == [REFERENCE], words
        assert any("1,400" in block["text"] or "1\u202f400" in block["text"] for block in reply["blocks"]), words


def test_a_conversation_moves_to_it(talker):
    conversation, reply = ask(talker, "how much is the grant at OSG?")
    assert list(reply["notices"]) == ["250697"]
    _, reply = ask(talker, "and at the bureau of archives and records?", conversation)
    assert list(reply["notices"]) == [REFERENCE]
    assert "1,400" in reply["blocks"][0]["text"]


def test_it_is_checked_step_by_step(talker):
    conversation, _ = ask(talker, entry="self-check", language="en")
    for words in ("260404", "Belgian", "19", "3 years"):
        _, reply = ask(talker, words, conversation, language="en")
    _, reply = ask(talker, "French", conversation, language="en")
    assert {check["criterion"]: check["outcome"] for check in reply["blocks"][0]["checks"]} == {"nationality": "meets", "age": "meets", "studies": "meets", "languages": "meets"}


def test_it_is_listed_and_on_the_static_pages(talker, third, settings, tmp_path):
    server = Server(talker, settings)
    try:
        with urlopen(f"{server.url}/api/v1/notices?language=fr") as answered:
            listed = {notice["reference"]: notice for notice in json.load(answered)["notices"]}
    finally:
        server.close()
    assert listed[REFERENCE]["deadline"] == "2026-03-29T23:30+02:00"
    assert listed[REFERENCE]["office"] == "Bureau des archives et des dossiers"
    pages = [path.read_text(encoding="utf-8") for path in export_site(third, tmp_path, now=BEFORE, assistant=None) if path.suffix == ".html"]
    assert sum("Bureau of Archives and Records" in page for page in pages) >= 1
    assert any("1,400" in page for page in pages)
