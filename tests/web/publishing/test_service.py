"""What is live: releases of other processes, files that git changes, and starts with something broken."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import text

from bot.content.library import FaultyContent, Live, load_library
from bot.records import releases
from bot.records.database import Database
from bot.web.publishing.files import keep_page, pending, write_documents
from bot.web.publishing.outcomes import Published
from bot.web.publishing.service import TRY_AGAIN, ContentService
from tests.web.publishing.conftest import HOURS, NOW, FakeTraining, reword
from tests.web.publishing.test_publisher import ENGLISH, FRENCH, reword_both


def another(database: Database, root) -> ContentService:
    return ContentService(database, Live(), lambda: NOW, root=root, training=FakeTraining())


def change(root, *pairs: tuple[str, str], path: str = HOURS) -> None:
    words = (root / path).read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in words
        words = words.replace(old, new)
    (root / path).write_text(words, encoding="utf-8")


def look(service: ContentService) -> None:
    """Look twice: files are taken up once they stand still."""
    service.poll()
    service.poll()


def said(service: ContentService) -> str:
    return service.live.library.entries["hours"].answers[0].words["en"]


def test_the_first_start_makes_the_files_release_1(service, root):
    assert service.number == 1
    assert service.live.library.entries == load_library(root).entries
    assert service.problems == ()
    [head] = service.publisher.history()
    assert (head.by, head.origin) == ("files", "files")
    assert service.training.wanted == [(service.live.library.version, 1)]


def test_a_second_start_serves_the_release_and_makes_none(service, database, root):
    reword_both(service.desk)
    service.publisher.publish(by="edith", why="")
    again = another(database, root)
    again.start()
    assert again.number == 2
    assert ENGLISH[1] in said(again)
    assert len(again.publisher.history()) == 2


def test_a_release_of_another_process_is_live_after_one_look(service, database, root):
    other = another(database, root)
    other.start()
    reword_both(other.desk)
    other.publisher.publish(by="edith", why="")
    assert ENGLISH[1] not in said(service)
    service.poll()
    assert ENGLISH[1] in said(service)
    assert service.training.wanted[-1][1] == 2


def test_files_that_pass_become_a_release_by_files(service, root):
    change(root, ENGLISH, FRENCH)
    service.poll()
    assert service.number == 1, "git may still be writing"
    service.poll()
    assert ENGLISH[1] in said(service)
    assert (service.publisher.history()[0].origin, service.publisher.history()[0].why) == ("files", HOURS)
    look(service)
    assert service.number == 2


def test_files_with_a_fault_leave_the_old_release_and_say_why(service, root):
    before = service.live.library
    change(root, ("{hours-per-week|unit} par", "39 heures par"))
    look(service)
    assert service.live.library is before
    assert {(problem.file, problem.rule) for problem in service.problems} >= {(HOURS, "figure-not-in-facts")}
    change(root, ("39 heures par", "{hours-per-week|unit} par"))
    look(service)
    assert service.problems == ()


@pytest.mark.parametrize("broken", [b"id: [", b"\xff\xfe", b"", b"x" * 300_000], ids=["unfinished", "not UTF-8", "empty", "too large"])
def test_a_broken_file_is_reported(service, root, broken):
    (root / HOURS).write_bytes(broken)
    look(service)
    assert service.number == 1
    assert HOURS in {problem.file for problem in service.problems}


def test_an_emptied_folder_takes_nothing_away(service, root):
    shutil.rmtree(root)
    look(service)
    assert service.number == 1
    assert len(service.live.library.entries) > 50
    assert service.problems


def test_files_and_page_are_merged_document_by_document(service, root):
    reword_both(service.desk)
    service.publisher.publish(by="edith", why="")
    change(root, ("2026-12-31", "2032-01-01"), path="entries/stipend.yaml")
    look(service)
    assert service.number == 3
    assert ENGLISH[1] in said(service)
    assert service.live.library.entries["stipend"].review_by.year == 2032
    assert service.problems == ()


def test_a_document_changed_on_both_sides_is_held_and_reported(service, root):
    reword_both(service.desk)
    service.publisher.publish(by="edith", why="")
    change(root, ("2026-12-31", "2032-01-01"))
    look(service)
    assert service.number == 2
    assert service.held == (HOURS,)
    assert [(problem.file, problem.rule) for problem in service.problems] == [(HOURS, "held-file")]
    change(root, ("2026-12-31", "2032-01-01"), path="entries/stipend.yaml")
    look(service)
    assert service.number == 3, "what is held keeps nothing else back"
    assert service.held == (HOURS,)


def test_what_is_held_is_settled_for_the_page(service, root):
    test_a_document_changed_on_both_sides_is_held_and_reported(service, root)
    keep_page(service.desk, root, HOURS)
    service.look_again()
    look(service)
    assert (service.held, service.problems, service.number) == ((), (), 3)
    assert ENGLISH[1] in said(service)


def test_what_is_held_is_settled_by_a_draft_of_the_file(service, root):
    test_a_document_changed_on_both_sides_is_held_and_reported(service, root)
    opened = service.desk.open(HOURS)
    (file,) = pending(service.desk, root)
    service.desk.save(HOURS, file.text, revision=opened.revision, by="edith")
    assert isinstance(service.publisher.publish(by="edith", why="", reasons={"*": "as in git"}), Published)
    look(service)
    assert (service.held, service.problems) == ((), ())
    change(root, ("2032-01-01", "2033-01-01"))
    look(service)
    assert service.held == (), "from now on the file is the document's again"
    assert service.live.library.entries["hours"].review_by.year == 2033


def test_exported_files_are_what_is_live(service, root):
    reword_both(service.desk)
    service.publisher.publish(by="edith", why="")
    assert write_documents(service.desk.live().documents, root) == [root / HOURS]
    look(service)
    assert (service.number, service.problems) == (2, ())
    change(root, (ENGLISH[1], ENGLISH[0]), (FRENCH[1], FRENCH[0]))
    look(service)
    assert service.number == 3
    assert service.held == ()


def test_files_changed_while_nothing_ran_are_taken_up_at_the_start(service, database, root):
    change(root, ENGLISH, FRENCH)
    again = another(database, root)
    again.start()
    assert again.number == 2
    assert ENGLISH[1] in said(again)


@pytest.mark.parametrize("damage", [b"this is no database", b"SQLite format 3\x00" + b"\x00" * 4000], ids=["no database", "zeros"])
def test_a_start_on_a_broken_database_serves_the_files_and_says_so(tmp_path, root, damage):
    (tmp_path / "guichet.db").write_bytes(damage)
    database = Database(f"sqlite:///{tmp_path / 'guichet.db'}")
    service = another(database, root)
    service.start()
    assert service.live.library == load_library(root)
    assert [problem.rule for problem in service.problems] == ["database"]
    database.close()


def test_a_database_that_comes_back_is_taken_up(tmp_path, root):
    place = tmp_path / "guichet.db"
    place.write_bytes(b"this is no database")
    database = Database(f"sqlite:///{place}")
    service = another(database, root)
    service.start()
    place.unlink()
    for _ in range(TRY_AGAIN):
        service.poll()
    assert (service.number, service.problems) == (1, ())
    database.close()


def test_a_start_on_a_damaged_release_serves_the_files_and_one_press_mends_it(service, database, root):
    reword_both(service.desk)
    service.publisher.publish(by="edith", why="")
    with database.begin() as connection:
        connection.execute(text("DELETE FROM release_document WHERE number = 2 AND path = 'entries/hours.yaml'"))
        connection.execute(text("UPDATE blob SET text = 'id: [' WHERE digest = (SELECT digest FROM release_document WHERE number = 2 AND path = 'entries/stipend.yaml')"))
    again = another(database, root)
    again.start()
    assert again.live.library == load_library(root)
    assert "release" in {problem.rule for problem in again.problems}


def test_a_damaged_release_published_elsewhere_is_not_served(service, database, root):
    with database.begin() as connection:
        documents = {**service.desk.live().documents, HOURS: "id: hours\n# other\n"}
        releases.publish(connection, releases.Proposal(documents, "max", "", NOW), expected=1)
        connection.execute(text("UPDATE blob SET text = 'x' WHERE text LIKE 'id: hours%# other%'"))
    before = service.live.library
    service.poll()
    assert service.live.library is before
    assert "release" in {problem.rule for problem in service.problems}
    assert isinstance(service.publisher.roll_back(1, by="max", why=""), Published)
    service.poll()
    assert "release" not in {problem.rule for problem in service.problems}


def test_without_database_and_files_nothing_starts(tmp_path):
    (tmp_path / "guichet.db").write_bytes(b"this is no database")
    (tmp_path / "faq" / "entries").mkdir(parents=True)
    (tmp_path / "faq" / "entries" / "x.yaml").write_text("id: [")
    service = another(Database(f"sqlite:///{tmp_path / 'guichet.db'}"), tmp_path / "faq")
    with pytest.raises(FaultyContent):
        service.start()


def test_a_database_gone_while_serving_is_reported_and_what_was_live_stays(service, tmp_path):
    before = service.live.library
    service.database.close()
    for path in tmp_path.glob("guichet.db*"):
        path.unlink()
    (tmp_path / "guichet.db").mkdir()
    service.poll()
    assert service.live.library is before
    assert [problem.rule for problem in service.problems] == ["database"]


def test_drafts_are_no_business_of_the_files(service, root):
    reword(service.desk, HOURS, *ENGLISH)
    change(root, ("2026-12-31", "2032-01-01"), path="entries/stipend.yaml")
    look(service)
    assert service.desk.review().paths == (HOURS,)
    assert service.desk.review().stale == ()
