"""The desk: drafts over what is live, and what is wrong with them."""

from __future__ import annotations

import pytest

from bot.content.document import MAX_BYTES
from bot.records.drafts import Conflict, Draft
from bot.web.publishing.outcomes import Unfit
from tests.web.publishing.conftest import HOURS, reword


def test_a_document_opens_as_it_is_live_and_then_as_it_was_drafted(desk):
    opened = desk.open(HOURS)
    assert opened.text == opened.live
    assert (opened.revision, opened.stale) == (0, False)
    saved = desk.save(HOURS, opened.text + "# mine\n", revision=0, by="edith")
    again = desk.open(HOURS)
    assert (again.text, again.revision, again.by, again.stale) == (saved.text, saved.revision, "edith", False)
    assert again.live == opened.live


def test_two_editors_of_one_entry_lose_nothing(desk):
    opened = desk.open(HOURS)
    assert desk.see(HOURS, "edith") == ()
    assert desk.see(HOURS, "max") == ("edith",)
    theirs = desk.save(HOURS, opened.text + "# max\n", revision=opened.revision, by="max")
    conflict = desk.save(HOURS, opened.text + "# edith\n", revision=opened.revision, by="edith")
    assert conflict == Conflict(opened.text + "# edith\n", theirs)
    assert desk.save(HOURS, opened.text + "# both\n", revision=theirs.revision, by="edith").text.endswith("# both\n")


def test_a_form_changes_its_keys_only(desk):
    before = desk.open(HOURS)
    saved = desk.save_form(HOURS, {"review_by": "2032-01-01"}, revision=0, by="edith")
    assert saved.text == before.text.replace('review_by: "2026-12-31"', 'review_by: "2032-01-01"')
    assert isinstance(desk.save_form(HOURS, {"review_by": "2033-01-01"}, revision=0, by="max"), Conflict)


def test_a_new_entry_is_a_form_at_a_new_place(desk):
    form = {"id": "lunch", "topic": "conditions", "review_by": "2032-01-01", "question": {"en": "Is lunch included?", "fr": "Le repas est-il compris\u00a0?"}}
    saved = desk.save_form("entries/lunch.yaml", form, revision=0, by="edith")
    assert isinstance(saved, Draft)
    assert [row.state for row in desk.overview().rows if row.path == "entries/lunch.yaml"] == ["new"]
    assert {problem.rule for problem in desk.review().faults} >= {"missing-words"}


@pytest.mark.parametrize(
    "path", ["../settings.py", "/etc/passwd", "entries/../x.yaml", "entries/A.yaml", "other/x.yaml", "entries/x.yml", "entries/.yaml", "entries/" + "x" * 300 + ".yaml"]
)
def test_a_document_stands_nowhere_else(desk, path):
    assert isinstance(desk.save(path, "id: x\n", revision=0, by="edith"), Unfit)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * (MAX_BYTES + 1)], ids=["NUL", "half a character", "too large"])
def test_what_cannot_be_kept_is_told_and_not_kept(desk, text):
    assert isinstance(desk.save(HOURS, text, revision=0, by="edith"), Unfit)
    assert desk.draft(HOURS) is None


def test_a_broken_draft_is_kept_and_its_faults_are_told(desk):
    assert isinstance(desk.save(HOURS, "id: [", revision=0, by="edith"), Draft)
    assert {problem.rule for problem in desk.review().faults} >= {"yaml"}
    assert desk.check_text(HOURS, "id: [")[0].file == HOURS
    assert isinstance(desk.save_form(HOURS, {"topic": "offer"}, revision=desk.open(HOURS).revision, by="edith"), Unfit)


def test_a_wrong_french_figure_is_told_while_it_is_typed(desk):
    text = desk.open(HOURS).text.replace("{hours-per-week|unit} par", "39 heures par")
    assert {"figure-not-in-facts"} <= {problem.rule for problem in desk.check_text(HOURS, text) if problem.severity == "fault"}
    assert desk.check_text(HOURS, desk.open(HOURS).text) == ()


def test_a_review_names_what_changes_and_nothing_else(desk):
    assert desk.review().changes == ()
    reword(desk, HOURS, "no daily timetable", "no timetable for the day")
    review = desk.review()
    assert [(change.id, [words.language for words in change.words]) for change in review.changes] == [("hours", ["en"])]
    assert [problem.rule for problem in review.styles] == ["one-language-changed"]
    assert (review.faults, review.stale, review.paths) == ((), (), (HOURS,))


def test_a_draft_equal_to_what_is_live_is_nothing_to_publish(desk):
    opened = desk.open(HOURS)
    desk.save(HOURS, opened.text, revision=0, by="edith")
    assert desk.review().paths == ()


def test_windows_line_ends_are_no_change(desk):
    desk.save(HOURS, desk.open(HOURS).text.replace("\n", "\r\n"), revision=0, by="edith")
    assert desk.review().paths == ()


def test_discarding_what_someone_saved_meanwhile_is_a_conflict(desk):
    first = desk.save(HOURS, "id: hours\n", revision=0, by="edith")
    second = desk.save(HOURS, "id: hours\ntopic: offer\n", revision=first.revision, by="max")
    assert desk.discard(HOURS, revision=first.revision) == Conflict(None, second)
    assert desk.discard(HOURS, revision=second.revision) is None
    assert desk.open(HOURS).revision == 0
