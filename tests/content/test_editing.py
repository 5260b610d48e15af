"""Editing a document in a form leaves all the rest of its text as it stands."""

from __future__ import annotations

import copy
import difflib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content import FAQ
from bot.content.document import read_folder
from bot.content.editing import CannotEdit, edited, form_of

TEXTS, _ = read_folder(FAQ)
DEADLINE = TEXTS["entries/deadline.yaml"]


def changed_lines(before: str, after: str) -> list[str]:
    return [line for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0) if line[:1] in "+-" and line[:3] not in {"+++", "---"}]


@pytest.mark.parametrize("path", sorted(TEXTS))
def test_a_form_given_back_unchanged_changes_no_byte(path):
    assert edited(TEXTS[path], form_of(TEXTS[path])) == TEXTS[path]


@pytest.mark.parametrize("path", sorted(path for path in TEXTS if path.startswith("entries/")))
def test_another_review_date_changes_one_line(path):
    after = edited(TEXTS[path], {"review_by": "2031-05-06"})
    assert [line[0] for line in changed_lines(TEXTS[path], after)] == ["-", "+"]
    assert form_of(after)["review_by"] == "2031-05-06"


def test_a_fact_changes_one_line_and_comments_stay():
    path = "criteria/nationality.yaml"
    form = form_of(TEXTS[path])
    form["says"][next(iter(form["says"]))]["en"] = "Other words."
    after = edited(TEXTS[path], form)
    assert form_of(after) == form
    assert [line for line in TEXTS[path].splitlines() if line.lstrip().startswith("#")] == [line for line in after.splitlines() if line.lstrip().startswith("#")]


def test_one_wording_leaves_the_others_alone():
    form = form_of(DEADLINE)
    form["answers"][1]["en"] += " This sentence is new, and so long that the line has to be broken somewhere before its end is reached at last."
    after = edited(DEADLINE, form)
    assert form_of(after) == form
    assert after.count("\n    fr: >-") == DEADLINE.count("\n    fr: >-")
    assert max(len(line) for line in after.splitlines()) < 140
    assert all("fr" not in line.split(":")[0] for line in changed_lines(DEADLINE, after))


def test_phrasings_come_where_every_file_has_them():
    after = edited(DEADLINE, {"phrasings": {"en": ["When does it end?"], "fr": ["Ça finit quand ?"]}})
    assert [line for line in after.splitlines() if line[:1] not in {" ", ""}][-2:] == ["phrasings:", "answers:"]
    assert edited(after, {"phrasings": None}) == DEADLINE


def test_a_wording_put_first_moves_the_others_untouched():
    form = form_of(DEADLINE)
    form["answers"].insert(0, {"when": "after deadline", "en": "Yes:\n• one\n• two", "fr": "Oui"})
    after = edited(DEADLINE, form)
    assert form_of(after) == form
    assert all(line.startswith("+") for line in changed_lines(DEADLINE, after))


def test_a_new_document_reads_as_its_form():
    form = {"answers": [{"en": "a " * 90 + "end.", "fr": "b"}], "id": "new", "question": {"en": "Why: not?", "fr": "Pourquoi #2 ?"}, "topic": "conditions", "notes": None}
    text = edited("", form)
    assert form_of(text) == {key: value for key, value in form.items() if value is not None}
    assert text.startswith("id: new\n")


def test_a_broken_text_is_no_form():
    with pytest.raises(CannotEdit):
        edited("id: [", {"topic": "offer"})


words = st.text(min_size=1, max_size=200).filter(lambda text: text.strip() == text)


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(english=words, french=words, phrasings=st.lists(words, max_size=4))
def test_whatever_is_typed_reads_back_as_typed_or_is_refused(english, french, phrasings):
    form = copy.deepcopy(form_of(DEADLINE))
    form["answers"][0] |= {"en": english, "fr": french}
    form["phrasings"] = {"en": phrasings}
    try:
        after = edited(DEADLINE, form)
    except CannotEdit:
        return
    assert form_of(after) == form
