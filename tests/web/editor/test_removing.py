"""Taking an entry away: what leans on it is named, nobody's work is lost, and it comes back."""

from __future__ import annotations

from bot.content.library import load_library
from bot.content.uses import Leaning, leaning_on
from bot.web.editor.removing import _leaning, _remove
from tests.web.publishing.conftest import HOURS, database, desk, reword, root, service  # noqa: F401 -- fixtures


def test_what_leans_on_an_entry_is_named():
    library = load_library()
    found = leaning_on(library, "hours")
    assert set(found.notices) == set(library.notices)
    assert all("hours" in library.entries[one].related for one in found.related)
    assert found.related
    assert leaning_on(library, "daily-work-osg").notices == ("250697",)
    assert leaning_on(library, "there-is-no-such-entry") == Leaning((), ())


def test_the_page_is_told_of_questions_follow_ups_and_what_breaks(desk):  # noqa: F811 -- the fixture
    told = _leaning(desk, "hours", "en", "edith")
    assert told["golden"] > 0
    assert {one["entry"] for one in told["related"]} >= {one["entry"] for one in told["problems"]} - {"hours"}
    assert told["problems"]
    assert told["draft"] == ""


def test_a_removal_is_a_draft_and_is_undone_by_discarding_it(desk):  # noqa: F811 -- the fixture
    opened = desk.open(HOURS)
    assert _remove(desk, HOURS, opened.revision, opened.base, "edith")
    assert "hours" not in desk.drafted().entries
    assert "hours" in desk.live().library.entries
    assert desk.discard(HOURS, revision=desk.open(HOURS).revision) is None
    assert "hours" in desk.drafted().entries


def test_anothers_draft_is_told_and_not_removed_unseen(desk):  # noqa: F811 -- the fixture
    opened = desk.open(HOURS)
    reword(desk, HOURS, "interns", "trainees", by="marc")
    assert _leaning(desk, "hours", "en", "edith")["draft"] == "marc"
    assert not _remove(desk, HOURS, opened.revision, opened.base, "edith")
    assert desk.draft(HOURS).by == "marc"
    assert "trainees" in desk.draft(HOURS).text
