"""Missed questions and counts: what is kept, for how long, and what editors decide."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from bot.records import counts, deeds, missed
from bot.records.counts import Counted
from bot.records.deeds import Deed
from bot.records.missed import MAX_CHARACTERS, Asked
from bot.records.retention import ERASERS, expire
from bot.records.tables import METADATA
from bot.settings import Settings
from tests.conftest import BETWEEN

TODAY = BETWEEN.date()
DOG = Asked("May I bring my dog?", "en", "not_in_notice", (("not-in-notice/arrival", 0.41),))


def keep(database, asked=DOG, day=TODAY) -> bool:
    with database.begin() as connection:
        return missed.keep(connection, asked, day=day)


def waiting(database, **options):
    with database.read() as connection:
        return missed.waiting(connection, **options)


def test_the_same_words_are_one_question_counted_with_its_days(database):
    keep(database, day=TODAY - timedelta(days=3))
    keep(database)
    keep(database, Asked("  may I bring  MY dog? ", "en", "not_in_notice"))
    keep(database, Asked(DOG.text, "en", "unhelpful"))
    (question,) = waiting(database)
    assert (question.text, question.number, question.first, question.last) == (DOG.text, 4, TODAY - timedelta(days=3), TODAY)
    assert set(question.kinds) == {"not_in_notice", "unhelpful"}
    assert len(question.ids) == 3
    assert question.ranking == ()  # that of the latest, which came without one


def test_the_same_words_in_another_language_are_another_question(database):
    keep(database, Asked("stage ?", "en", "clarify"))
    keep(database, Asked("stage ?", "fr", "clarify"))
    assert {question.locale for question in waiting(database)} == {"en", "fr"}


def test_the_latest_come_first_and_no_more_than_asked_for(database):
    for number in range(5):
        keep(database, Asked(f"question {number}", "en", "clarify"), day=TODAY - timedelta(days=number))
    assert [question.text for question in waiting(database, limit=2)] == ["question 0", "question 1"]


@pytest.mark.parametrize("text", ["x" * 5000, "\ud800 dog?", "🙂", "dog'); DROP TABLE missed; --"])
def test_odd_texts_are_kept_and_cut(database, text):
    kept = keep(database, Asked(text.encode("utf-8", "replace").decode(), "en", "clarify"))
    assert kept
    assert len(waiting(database)[0].text) <= MAX_CHARACTERS


def test_a_flood_is_not_kept(database, monkeypatch):
    monkeypatch.setattr(missed, "MOST_A_DAY", 3)
    assert [keep(database, Asked(f"question {number}", "en", "clarify")) for number in range(4)] == [True, True, True, False]
    assert keep(database, Asked("question 0", "en", "clarify"))
    assert keep(database, Asked("question 4", "en", "clarify"), day=TODAY + timedelta(days=1))


def test_a_verdict_takes_a_question_off_the_list_once(database):
    keep(database)
    (question,) = waiting(database)
    with database.begin() as connection:
        assert missed.decide(connection, question.ids, "phrasing", entry="stipend", by="edith", now=BETWEEN) == 1
        assert missed.decide(connection, question.ids, "dismissed", by="maud", now=BETWEEN) == 0
        (decided,) = missed.decided(connection)
        assert (decided.verdict, decided.entry, decided.by, decided.ids) == ("phrasing", "stipend", "edith", question.ids)
        assert next((deed.by, deed.what, deed.about) for deed in deeds.recent(connection)) == ("edith", "missed-to-phrasing", "stipend")
    assert waiting(database) == ()


def test_a_verdict_can_be_taken_back(database):
    keep(database)
    (question,) = waiting(database)
    with database.begin() as connection:
        missed.decide(connection, question.ids, "dismissed", by="edith", now=BETWEEN)
        assert missed.reopen(connection, question.ids, by="maud", now=BETWEEN) == 1
    assert waiting(database) == (question,)


def test_what_was_dismissed_stays_dismissed_and_nothing_else_does(database):
    keep(database)
    keep(database, Asked("Is there a gym?", "en", "not_in_notice"))
    dog = next(question for question in waiting(database) if question.text == DOG.text)
    gym = next(question for question in waiting(database) if question.text != DOG.text)
    with database.begin() as connection:
        missed.decide(connection, dog.ids, "dismissed", by="edith", now=BETWEEN)
        missed.decide(connection, gym.ids, "phrasing", entry="x", by="edith", now=BETWEEN)
    keep(database, day=TODAY + timedelta(days=1))
    keep(database, Asked("Is there a gym?", "en", "not_in_notice"), day=TODAY + timedelta(days=1))
    assert [question.text for question in waiting(database)] == ["Is there a gym?"]


def test_counts_add_up_from_many_writers(database):
    one, other = Counted(TODAY, "en", "answer"), Counted(TODAY, "fr", "answer", "offer", "stipend")

    def add(_: int) -> None:
        with database.begin(hasty=True) as connection:
            counts.add(connection, {one: 1, other: 2})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(25)))
    with database.read() as connection:
        assert counts.between(connection, TODAY, TODAY) == {one: 25, other: 50}
        assert counts.between(connection, TODAY - timedelta(days=9), TODAY - timedelta(days=1)) == {}


@pytest.mark.parametrize(
    ("days", "left"),
    [
        pytest.param(89, {"missed": 1, "counts": 1, "deeds": 1}, id="before any end"),
        pytest.param(90, {"missed": 1, "counts": 1, "deeds": 1}, id="on the last day of missed questions"),
        pytest.param(91, {"missed": 0, "counts": 1, "deeds": 1}, id="the day after it"),
        pytest.param(366, {"missed": 0, "counts": 1, "deeds": 0}, id="after the deeds' end"),
        pytest.param(731, {"missed": 0, "counts": 0, "deeds": 0}, id="after every end"),
    ],
)
def test_everything_is_erased_when_its_end_has_come(database, days, left):
    keep(database)
    with database.begin() as connection:
        counts.add(connection, {Counted(TODAY, "en", "answer"): 1})
        deeds.record(connection, Deed(BETWEEN, "edith", "log-in", "edith"))
    expire(database, BETWEEN + timedelta(days=days), Settings())
    with database.read() as connection:
        numbers = {"missed": len(missed.waiting(connection)), "counts": len(counts.between(connection, date.min, date.max)), "deeds": len(deeds.recent(connection))}
    assert numbers == left


def test_a_clock_set_back_erases_nothing(database):
    keep(database)
    expire(database, BETWEEN - timedelta(days=1000), Settings())
    assert len(waiting(database)) == 1


def test_every_table_of_records_about_what_people_wrote_has_its_end():
    assert {"missed", "counts", "deeds", "logins"} <= set(ERASERS)
    assert {"missed", "daily_count", "deed", "login"} <= set(METADATA.tables)
