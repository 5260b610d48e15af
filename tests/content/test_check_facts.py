"""Facts: named ones exist, none is written by hand, bounds keep their comparison."""

import copy

import pytest

from tests.content.small_content import ENTRY, NOTICE, checked, entry, rules


@pytest.mark.parametrize(
    ("english", "rule"),
    [
        pytest.param("Yes, {grant}.", "unknown-fact", id="no such fact"),
        pytest.param("Yes, {hours|date}.", "unknown-format", id="no such format"),
        pytest.param("Yes, {page}.", "unknown-format", id="a link in a text"),
        pytest.param("Yes, {Hours}.", "placeholder", id="capital letter"),
        pytest.param("Yes, {hours|unit.", "placeholder", id="bracket left open"),
        pytest.param("Work 33 hours.", "figure-by-hand", id="a fact by hand"),
        pytest.param("Work thirty-eight hours.", "figure-not-in-facts", id="in letters"),
        pytest.param("Work 34 hours.", "figure-not-in-facts", id="a figure near a fact"),
        pytest.param("You get €955.40.", "figure-by-hand", id="an amount by hand"),
        pytest.param("You get €955.", "figure-not-in-facts", id="an amount rounded"),
        pytest.param("Until 20 May 2031.", "figure-by-hand", id="a day by hand"),
        pytest.param("Until 6:30 pm.", "figure-by-hand", id="an hour by hand"),
        pytest.param("Be under {age|unit}.", "comparison-not-in-facts", id="the opposite comparison"),
    ],
)
def test_fault(tmp_path, english, rule):
    assert rule in rules(checked(tmp_path, entry(en=english, fr=english)), "fault")


def test_the_other_version_s_comparison_differs_between_the_languages(tmp_path):
    found = checked(tmp_path, entry(en="Be over {age|unit}.", fr="Soyez au moins {age|unit}."))
    assert "comparisons-differ" in rules(found, "fault")


def test_a_question_names_no_fact(tmp_path):
    assert "placeholder" in rules(checked(tmp_path, entry(question={"en": "Is {stipend} paid?", "fr": "Payé\u00a0?"})))


def test_a_fact_of_one_notice_needs_a_condition(tmp_path):
    other = copy.deepcopy(NOTICE) | {"id": "222222"}
    del other["facts"]["hours"]
    assert "unknown-fact" in rules(checked(tmp_path, others=[other]))


def test_a_condition_on_the_fact_is_enough(tmp_path):
    other = copy.deepcopy(NOTICE) | {"id": "222222"}
    del other["facts"]["hours"]
    made = copy.deepcopy(ENTRY)
    made["answers"] = [{"when": "with hours", **made["answers"][0]}, {"en": "The notice says {stipend} and {age}.", "fr": "L’avis dit {stipend} et {age}."}]
    assert "unknown-fact" not in rules(checked(tmp_path, made, others=[other]))


def test_what_is_said_once_holds_for_all_notices(tmp_path):
    other = copy.deepcopy(NOTICE) | {"id": "222222"}
    other["facts"]["hours"]["value"] = 20
    assert "together" in rules(checked(tmp_path, entry(scope="together"), others=[other]))


def test_an_unused_fact_is_mentioned(tmp_path):
    found = [one for one in checked(tmp_path, entry(links=[])) if one.rule == "unused-fact"]
    assert [(one.severity, one.file) for one in found] == [("style", "notices/111111.yaml")]
