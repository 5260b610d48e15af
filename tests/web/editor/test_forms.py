"""An entry and a notice's facts as forms, and back: nothing that was not touched changes."""

from __future__ import annotations

import pytest

from bot.content import FAQ
from bot.content.editing import edited, form_of
from bot.web.editor.fact_forms import facts_changes, facts_form
from bot.web.editor.forms import BadForm, entry_changes, entry_form

ENTRIES = sorted((FAQ / "entries").rglob("*.yaml"))
NOTICES = sorted((FAQ / "notices").rglob("*.yaml"))


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_an_untouched_entry_changes_nothing(path):
    values = form_of(path.read_text(encoding="utf-8"))
    assert entry_changes(entry_form(values), values) == {}


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_untouched_facts_change_nothing(path):
    values = form_of(path.read_text(encoding="utf-8"))
    assert facts_changes(facts_form(values), values) == {}


def stipend() -> tuple[str, dict]:
    text = (FAQ / "entries" / "stipend.yaml").read_text(encoding="utf-8")
    return text, form_of(text)


def test_one_word_is_one_small_change_in_the_file():
    text, values = stipend()
    form = entry_form(values)
    form["answers"][0]["en"] = form["answers"][0]["en"].replace("a month", "each month")
    new = edited(text, entry_changes(form, values))
    assert form_of(new)["answers"][0]["en"] == form["answers"][0]["en"]
    assert [line for line in text.splitlines() if "fr" in line[:9]] == [line for line in new.splitlines() if "fr" in line[:9]]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("notices", ["250697"], {"notices": ["250697"]}),
        ("together", True, {"scope": "together"}),
        ("closes", True, {"closes": True}),
        ("related", [], {"related": None}),
        ("notes", " see the notice ", {"notes": "see the notice"}),
        ("phrasings", {"en": ["how much?"], "fr": []}, {"phrasings": {"en": ["how much?"]}}),
        ("kind", "refusal", {"kind": "refusal"}),
        ("review_by", "", {"review_by": None}),
    ],
)
def test_each_field_is_said_as_a_file_says_it(key, value, said):
    _, values = stipend()
    assert entry_changes(entry_form(values) | {key: value}, values) == said


@pytest.mark.parametrize(
    "form", [None, [], "x", {"answers": "x"}, {"answers": [1]}, {"question": {"en": 1}}, {"related": [1]}, {"notes": 3}, {"phrasings": []}, {"notes": "x" * 20_001}]
)
def test_what_is_no_form_is_refused(form):
    with pytest.raises(BadForm):
        entry_changes(form, {})


def notice() -> dict:
    return form_of(NOTICES[0].read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("fact", "part", "value", "held"),
    [
        ("deadline", "value", {"en": "2025-07-01T12:00", "fr": "2025-07-01T12:00"}, "2025-07-01T12:00+02:00"),
        ("deadline", "value", {"en": "2025-12-01T12:00", "fr": "2025-12-01T12:00"}, "2025-12-01T12:00+01:00"),
        ("deadline", "value", {"en": "soon", "fr": "soon"}, "soon"),
        ("hours-per-week", "value", {"en": "40", "fr": "40"}, 40),
        ("hours-per-week", "value", {"en": "many", "fr": "many"}, "many"),
        ("hours-per-week", "value", {"en": "40", "fr": "39"}, {"en": 40, "fr": 39}),
        ("start-dates", "value", {"en": ["2027-03"], "fr": ["2027-03"]}, ["2027-03"]),
        (
            "stipend",
            "value",
            {"en": {"amount": "1300", "currency": "EUR", "per": "month"}, "fr": {"amount": "1300", "currency": "EUR", "per": "month"}},
            {"amount": "1300", "currency": "EUR", "per": "month"},
        ),
        ("grade", "value", {"en": "X", "fr": "X"}, {"en": "X", "fr": "X"}),
    ],
)
def test_a_value_is_kept_as_its_type_asks(fact, part, value, held):
    before = notice()
    form = facts_form(before)
    form["facts"][fact][part] = value
    facts = facts_changes(form, before)["facts"]
    assert facts[fact]["value"] == held
    assert {key: facts[key] for key in facts if key != fact} == {key: before["facts"][key] for key in facts if key != fact}


def test_a_comparison_can_differ_between_the_languages():
    before = notice()
    form = facts_form(before)
    form["facts"]["minimum-age"]["comparison"] = {"en": "at-least", "fr": "at-least"}
    assert facts_changes(form, before)["facts"]["minimum-age"]["comparison"] == "at-least"


def test_a_fact_taken_out_is_gone():
    before = notice()
    form = facts_form(before)
    del form["facts"]["grade"]
    assert "grade" not in facts_changes(form, before)["facts"]
