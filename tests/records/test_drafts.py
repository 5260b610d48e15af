"""Drafts outlive restarts, and nobody's is overwritten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from bot.records import drafts
from bot.records.database import Database
from bot.records.drafts import NO_DRAFT, PRESENT_FOR, Conflict, Draft

NOW = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
PATH = "entries/a.yaml"


def save(database: Database, text: str | None, revision: int, by: str = "edith") -> Draft | Conflict:
    with database.begin() as connection:
        return drafts.save(connection, PATH, text, revision=revision, base="b", by=by, now=NOW)


def kept(database: Database) -> Draft | None:
    with database.read() as connection:
        return drafts.draft(connection, PATH)


def test_a_draft_outlives_a_restart(database, url):
    saved = save(database, "one", NO_DRAFT)
    database.close()
    again = Database(url)
    again.upgrade()
    assert kept(again) == saved
    again.close()


def test_each_save_has_a_revision_of_its_own(database):
    first = save(database, "one", NO_DRAFT)
    second = save(database, "two", first.revision)
    assert second.revision > first.revision
    assert kept(database).text == "two"


def test_a_stale_save_overwrites_nothing_and_shows_both(database):
    first = save(database, "one", NO_DRAFT)
    theirs = save(database, "two", first.revision, by="max")
    assert save(database, "three", first.revision) == Conflict("three", theirs)
    assert save(database, "three", NO_DRAFT) == Conflict("three", theirs)
    assert kept(database) == theirs


def test_the_same_text_again_is_no_conflict(database):
    first = save(database, "one", NO_DRAFT)
    assert save(database, "one", NO_DRAFT, by="max") == first


def test_a_revision_never_comes_back(database):
    first = save(database, "one", NO_DRAFT)
    with database.begin() as connection:
        assert drafts.discard(connection, PATH, revision=first.revision) is None
    assert save(database, "two", first.revision) == Conflict("two", None)
    assert save(database, "two", NO_DRAFT).revision > first.revision


def test_a_draft_may_ask_for_the_document_to_go(database):
    save(database, None, NO_DRAFT)
    assert kept(database).text is None


def test_only_the_draft_that_was_seen_is_discarded(database):
    first = save(database, "one", NO_DRAFT)
    second = save(database, "two", first.revision)
    with database.begin() as connection:
        assert drafts.discard(connection, PATH, revision=first.revision) == Conflict(None, second)
    assert kept(database) == second


def test_of_two_who_save_at_once_one_is_told(database):
    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(lambda index: save(database, f"text {index}", NO_DRAFT), range(8)))
    assert sum(isinstance(end, Draft) for end in ends) == 1
    assert all(isinstance(end, Draft) or end.theirs is not None for end in ends)


def test_what_is_published_must_be_what_was_checked(database):
    first = save(database, "one", NO_DRAFT)
    with database.begin() as connection:
        assert not drafts.drop(connection, {PATH: first.revision + 1})
        assert drafts.drop(connection, {PATH: first.revision})
    assert kept(database) is None


def test_who_has_it_open_is_told_of_the_others_until_they_are_silent(database):
    def see(by: str, after: timedelta) -> tuple[str, ...]:
        with database.begin() as connection:
            return drafts.see(connection, PATH, by, now=NOW + after)

    assert see("edith", timedelta()) == ()
    assert see("max", timedelta(seconds=1)) == ("edith",)
    assert see("edith", timedelta(seconds=2)) == ("max",)
    with database.read() as connection:
        assert drafts.present(connection, now=NOW + timedelta(seconds=2)) == {PATH: ("edith", "max")}
    assert see("max", PRESENT_FOR + timedelta(seconds=2)) == ()
    with database.begin() as connection:
        drafts.leave(connection, PATH, "max")
        assert drafts.present(connection, now=NOW + PRESENT_FOR + timedelta(seconds=2)) == {}


def test_a_draft_that_nobody_saves_again_comes_to_its_end(database):
    save(database, "one", NO_DRAFT)
    with database.begin() as connection:
        assert drafts.expire(connection, NOW + timedelta(days=365), days=365) == 0
        assert drafts.expire(connection, NOW + timedelta(days=365, seconds=1), days=365) == 1
    assert kept(database) is None
