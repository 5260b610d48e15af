"""Facts of an import taken into a notice: the chosen ones, as the file has them, and nothing made up."""

from __future__ import annotations

import pytest

from bot.content import FAQ
from bot.content.editing import form_of
from bot.content.notice_import.accept import accepted, lacking
from bot.content.notice_import.draft import DraftFact, Imported

OLD = form_of((FAQ / "notices" / "250697.yaml").read_text(encoding="utf-8"))


def imported(*facts: DraftFact) -> Imported:
    return Imported(facts, (), ())


def both(key: str, value, comparison=(None, None)) -> list[DraftFact]:
    return [DraftFact(key, "en", value, "x", 1, "", comparison[0]), DraftFact(key, "fr", value, "x", 2, "", comparison[1])]


@pytest.mark.parametrize(
    ("facts", "held"),
    [
        (both("hours-per-week", 37), 37),
        ([DraftFact("hours-per-week", "en", 37, "x", 1)], {"en": 37, "fr": 38}),
        ([DraftFact("grade", "en", "B1", "x", 1)], {"en": "B1", "fr": "INTERN"}),
        (both("start-dates", ["2027-03"]), ["2027-03"]),
        (both("drafting-language", "en"), ["en"]),
    ],
)
def test_a_value_takes_the_place_of_the_old_one(facts, held):
    new = accepted(imported(*facts), OLD, [facts[0].id], OLD)["facts"]
    assert new[facts[0].id]["value"] == held
    assert {key for key in new if new[key] != OLD["facts"].get(key)} <= {facts[0].id}


def test_what_was_not_chosen_stays():
    assert accepted(imported(*both("hours-per-week", 37)), OLD, [], OLD)["facts"] == OLD["facts"]


def test_a_bound_takes_its_comparison():
    new = accepted(imported(*both("minimum-age", 20, ("at-least", "at-least"))), OLD, ["minimum-age"], OLD)["facts"]["minimum-age"]
    assert (new["value"], new["comparison"]) == (20, "at-least")


def test_a_new_notice_shares_the_sections_and_states_only_what_the_text_states():
    text = imported(*both("reference", "300001"), *both("hours-per-week", 37))
    new = accepted(text, {}, ["reference", "hours-per-week"], OLD)
    assert (new["id"], set(new["facts"])) == ("300001", {"reference", "hours-per-week"})
    assert new["sections"] == OLD["sections"]
    assert new["facts"]["hours-per-week"]["section"] == OLD["facts"]["hours-per-week"]["section"]


def test_what_a_notice_states_nowhere_is_asked_for_and_taken_in_both_languages():
    text = imported(*both("reference", "300001"), *both("title", "An internship"))
    assert lacking(text, {}) == ("office-name", "office-short")
    assert lacking(text, OLD) == ()
    assert lacking(imported(DraftFact("title", "en", "An internship", "x", 1)), {}) == ("title", "office-name", "office-short")
    given = {"office-name": {"en": "Office of Maps", "fr": "Bureau des cartes"}, "office-short": {"en": "MAP 2", "fr": "CARTES"}}
    new = accepted(text, {}, ["title"], OLD, given)
    assert {key: fact["value"] for key, fact in new["facts"].items() if key in given} == given
    assert new["office"] == "map-2"  # another office than the notice's that it was modelled on
