"""Publishing is all or nothing, held back for good reasons, and undone in one press."""

from __future__ import annotations

import pytest

from bot.content.draft_check import ANY, key_of
from bot.records import deeds
from bot.web.publishing.outcomes import HeldBack, NoSuchRelease, NothingToPublish, Published
from bot.web.publishing.publisher import Publisher
from tests.web.publishing.conftest import HOURS, reword

ENGLISH = ("no daily timetable", "no timetable for the day")
FRENCH = ("d’horaire pour la journée", "d’horaire journalier")


def reword_both(desk):
    reword(desk, HOURS, *ENGLISH)
    reword(desk, HOURS, *FRENCH)


def test_a_new_wording_is_live_and_in_the_history(service, desk, publisher):
    reword_both(desk)
    published = publisher.publish(by="edith", why="plainer")
    assert isinstance(published, Published)
    assert (published.head.number, published.head.by, published.head.why, published.trains) == (2, "edith", "plainer", False)
    assert ENGLISH[1] in service.live.library.entries["hours"].answers[0].words["en"]
    assert service.live.library.version == published.head.version
    assert [head.number for head in publisher.history()] == [2, 1]
    assert publisher.published(2) == Published(published.head, published.changes)
    assert desk.open(HOURS).revision == 0
    with desk.database.read() as connection:
        assert deeds.recent(connection)[0].what == "published"


def test_without_drafts_there_is_nothing_to_publish(publisher):
    assert publisher.publish(by="edith", why="") == NothingToPublish()


def test_a_fault_is_never_published_whatever_the_reason(service, desk, publisher):
    before = service.live.library
    reword(desk, HOURS, "{hours-per-week|unit} par", "39 heures par")
    held = publisher.publish(by="edith", why="", reasons={ANY: "I know better"})
    assert isinstance(held, HeldBack)
    assert {"figure-not-in-facts"} <= {problem.rule for problem in held.review.faults}
    assert service.live.library is before
    assert len(publisher.history()) == 1
    assert desk.open(HOURS).text != desk.open(HOURS).live


def test_a_problem_of_style_is_published_with_a_reason_that_is_kept(desk, publisher):
    reword(desk, HOURS, *ENGLISH)
    held = publisher.publish(by="edith", why="")
    assert isinstance(held, HeldBack)
    [problem] = held.review.styles
    assert isinstance(publisher.publish(by="edith", why="", reasons={key_of(problem): "  "}), HeldBack)
    published = publisher.publish(by="edith", why="", reasons={key_of(problem): "the French says it already"})
    assert [(one.rule, one.reason) for one in published.head.overrides] == [("one-language-changed", "the French says it already")]
    assert publisher.history()[0].overrides == published.head.overrides


def test_only_the_chosen_drafts_are_published(desk, publisher):
    reword_both(desk)
    desk.save_form("entries/stipend.yaml", {"review_by": "2032-01-01"}, revision=0, by="max")
    published = publisher.publish(by="edith", why="", paths=[HOURS])
    assert [change.id for change in published.changes] == ["hours"]
    assert desk.review().paths == ("entries/stipend.yaml",)


def test_figures_that_fall_hold_it_back(desk):
    reword_both(desk)
    strict = Publisher(desk, lambda _: None, lambda review: ["right-first (fr): 80 %, live 90 %"])
    held = strict.publish(by="edith", why="")
    assert held.shortfalls == ("right-first (fr): 80 %, live 90 %",)
    assert len(strict.history()) == 1


def test_a_draft_on_an_older_text_waits_until_both_were_looked_at(desk, publisher):
    reword_both(desk)
    publisher.publish(by="edith", why="")
    old = publisher.desk.open(HOURS)
    desk.save_form(HOURS, {"review_by": "2032-01-01"}, revision=0, by="max")
    publisher.roll_back(1, by="edith", why="")
    held = publisher.publish(by="max", why="")
    assert held.review.stale == (HOURS,)
    opened = desk.open(HOURS)
    assert opened.stale
    assert old.live != opened.live
    desk.save(HOURS, opened.live.replace("2026-12-31", "2032-01-01"), revision=opened.revision, base=opened.base, by="max")
    assert isinstance(publisher.publish(by="max", why=""), Published)


def test_who_publishes_while_another_does_is_told(desk, publisher, monkeypatch):
    reword_both(desk)
    check = desk.review_of

    def meanwhile(*arguments):
        monkeypatch.setattr(desk, "review_of", check)
        assert isinstance(publisher.roll_back(1, by="max", why=""), Published)
        return check(*arguments)

    monkeypatch.setattr(desk, "review_of", meanwhile)
    held = publisher.publish(by="edith", why="")
    assert held.moved
    assert [head.by for head in publisher.history()] == ["max", "files"]
    assert desk.review().paths == (HOURS,)


def test_what_was_saved_after_the_check_is_not_published(desk, publisher, monkeypatch):
    reword_both(desk)
    check = desk.review_of

    def meanwhile(*arguments):
        opened = desk.open(HOURS)
        desk.save(HOURS, opened.text + "# later\n", revision=opened.revision, by="max")
        return check(*arguments)

    monkeypatch.setattr(desk, "review_of", meanwhile)
    assert publisher.publish(by="edith", why="").moved
    assert desk.open(HOURS).text.endswith("# later\n")
    assert len(publisher.history()) == 1


def test_one_press_brings_an_older_release_back(service, desk, publisher):
    before = service.live.library
    reword_both(desk)
    publisher.publish(by="edith", why="")
    desk.save_form("entries/stipend.yaml", {"review_by": "2032-01-01"}, revision=0, by="max")
    back = publisher.roll_back(1, by="max", why="too plain")
    assert (back.head.number, back.head.origin, back.head.back_to) == (3, "rollback", 1)
    assert [change.id for change in back.changes] == ["hours"]
    assert service.live.library.entries == before.entries
    assert service.live.library.version.partition("-")[2] == before.version.partition("-")[2]
    assert desk.draft("entries/stipend.yaml") is not None


@pytest.mark.parametrize("number", [0, 2, -1])
def test_there_is_no_way_back_to_what_never_was(publisher, number):
    assert publisher.roll_back(number, by="max", why="") == NoSuchRelease(number)
    assert publisher.published(number) == NoSuchRelease(number)


def test_new_phrasings_ask_for_training(service, desk, publisher):
    desk.save_form(HOURS, {"phrasings": {"en": ["how long do you sit in the office each week"]}}, revision=0, by="edith")
    assert publisher.publish(by="edith", why="").trains
    assert service.training.wanted[-1] == (service.live.library.version, 2)
