"""Releases are kept whole, numbered and unchangeable, in both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.content.release import Override, Release, digest_of
from bot.records import deeds, releases
from bot.records.database import Database
from bot.records.releases import Damaged, Overtaken, Proposal

NOW = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
TEXTS = {"entries/a.yaml": "id: a\n", "entries/b.yaml": "id: b\n"}


def proposal(documents: dict[str, str] = TEXTS, **values) -> Proposal:
    return Proposal(documents, values.pop("by", "edith"), values.pop("why", "because"), NOW, **values)


def publish(database: Database, expected: int | None, documents: dict[str, str] = TEXTS, **values) -> Release | Overtaken:
    with database.begin() as connection:
        return releases.publish(connection, proposal(documents, **values), expected=expected)


def live(database: Database) -> Release | None:
    with database.read() as connection:
        return releases.live(connection)


def test_before_the_first_there_is_none(database):
    assert live(database) is None


def test_what_was_published_comes_back(database):
    override = Override("entries/a.yaml", "length", "it has to be said")
    kept = publish(database, None, overrides=(override,))
    found = live(database)
    assert found == kept
    assert found.documents == TEXTS
    assert (found.head.number, found.head.by, found.head.why, found.head.at, found.head.overrides) == (1, "edith", "because", NOW, (override,))
    assert found.head.version.startswith("1-")


def test_numbers_go_up_and_equal_texts_are_kept_once(database):
    publish(database, None)
    publish(database, 1, {**TEXTS, "entries/b.yaml": "id: c\n"})
    publish(database, 2, TEXTS, origin="rollback", back_to=1)
    with database.read() as connection:
        assert [head.number for head in releases.history(connection)] == [3, 2, 1]
        assert connection.execute(text("SELECT count(*) FROM blob")).scalar_one() == 3
        assert releases.release(connection, 3).documents == releases.release(connection, 1).documents != releases.release(connection, 2).documents
        assert releases.release(connection, 4) is None
        assert [deed.what for deed in deeds.recent(connection)] == ["rolled-back", "published", "published"]


def test_a_release_made_on_another_than_the_live_one_is_not_kept(database):
    publish(database, None)
    assert publish(database, None) == Overtaken(1)
    assert publish(database, 7) == Overtaken(1)
    with database.read() as connection:
        assert len(releases.history(connection)) == 1


def test_of_many_who_publish_at_once_one_does(database):
    publish(database, None)
    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(lambda index: publish(database, 1, {"entries/a.yaml": f"id: {index}\n"}), range(8)))
    assert sum(isinstance(end, Release) for end in ends) == 1
    assert live(database).head.number == 2


def test_a_version_leads_to_its_release(database):
    first = publish(database, None)
    publish(database, 1, {"entries/a.yaml": "id: x\n"})
    with database.read() as connection:
        assert releases.release_of_version(connection, first.head.version) == first
        assert releases.release_of_version(connection, first.head.version.partition("-")[2]) == first  # as files had it
        assert releases.release_of_version(connection, "1-000000000000") is None
        assert releases.release_of_version(connection, "9-000000000000") is None
        assert releases.release_of_version(connection, "%") is None


@pytest.mark.parametrize("harm", ["UPDATE blob SET text = 'id: z' WHERE digest = :digest", "DELETE FROM release_document"])
def test_a_release_that_is_not_what_was_published_is_not_served(database, harm):
    publish(database, None)
    with database.begin() as connection:
        connection.execute(text(harm), {"digest": digest_of("id: a\n")} if ":digest" in harm else {})
    with pytest.raises(Damaged):
        live(database)


def test_an_exception_on_the_way_leaves_nothing(database):
    publish(database, None)

    def fails_after_publishing() -> None:
        with database.begin() as connection:
            releases.publish(connection, proposal({"entries/a.yaml": "id: other\n"}), expected=1)
            raise KeyError

    with pytest.raises(KeyError):
        fails_after_publishing()
    assert live(database).head.number == 1
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM blob")).scalar_one() == 2


def test_files_are_noted_as_they_were_taken_over(database):
    with database.begin() as connection:
        releases.note_imported(connection, {"x": "a", "y": "b"})
        releases.waive(connection, "y", "c")
        releases.waive(connection, "z", "d")
    with database.begin() as connection:
        assert releases.imported(connection) == ({"x": digest_of("a"), "y": digest_of("b"), "z": ""}, {"y": digest_of("c"), "z": digest_of("d")})
        releases.note_imported(connection, {"x": None, "y": "c"})
    with database.read() as connection:
        assert releases.imported(connection) == ({"y": digest_of("c"), "z": ""}, {"z": digest_of("d")})


def test_of_many_first_starts_at_once_one_makes_release_1(database):
    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(lambda _: publish(database, None), range(4)))
    assert sorted(str(type(end).__name__) for end in ends) == ["Overtaken", "Overtaken", "Overtaken", "Release"]
    assert live(database).head.number == 1


def test_old_releases_go_with_their_texts_and_the_live_one_stays(database):
    publish(database, None, {"entries/a.yaml": "id: old\n"})
    publish(database, 1)
    with database.begin() as connection:
        assert releases.expire(connection, NOW + timedelta(days=5), days=5) == 0
        assert releases.expire(connection, NOW + timedelta(days=5, seconds=1), days=5) == 1
        assert connection.execute(text("SELECT count(*) FROM blob")).scalar_one() == 2
    assert live(database).documents == TEXTS
    assert publish(database, 2).head.number == 3
