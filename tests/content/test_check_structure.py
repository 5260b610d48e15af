"""What entries name exists, and each wording can be said."""

import pytest

from tests.content.small_content import checked, entry, rules

DATED = {"en": "Until {deadline}.", "fr": "Jusqu’au {deadline}."}
BEFORE = {"when": "before deadline", **DATED}
PLAIN = {"en": "It is open.", "fr": "C’est ouvert."}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        pytest.param({"related": ["nobody"]}, "unknown-entry", id="related entry"),
        pytest.param({"related": ["pay"]}, "related", id="related to itself"),
        pytest.param({"criterion": "height"}, "unknown-criterion", id="criterion"),
        pytest.param({"sections": ["annex"]}, "unknown-section", id="section"),
        pytest.param({"links": ["hours"]}, "unknown-link", id="a link that is none"),
        pytest.param({"notices": ["999999"]}, "unknown-notice", id="notice"),
        pytest.param({"notices": []}, "unknown-notice", id="no notice"),
        pytest.param({"answers": [DATED]}, "before-and-after", id="a date with one wording"),
        pytest.param({"answers": [{"when": "before deadline", **DATED}]}, "no-last-answer", id="no wording for afterwards"),
        pytest.param({"answers": [PLAIN, {"when": "before deadline", **DATED}]}, "unreachable", id="a wording without condition first"),
        pytest.param({"answers": [BEFORE, {"when": "before deadline and with hours", **DATED}, PLAIN]}, "unreachable", id="the narrower condition second"),
        pytest.param({"answers": [{"when": "before hours", **PLAIN}, PLAIN]}, "condition", id="a number has no before"),
        pytest.param({"answers": [{"when": "during deadline", **PLAIN}, PLAIN]}, "condition", id="during a moment"),
        pytest.param({"answers": [{"when": "with parking", **PLAIN}, PLAIN]}, "unknown-fact", id="a condition on nothing"),
        pytest.param({"answers": [{"en": "Yes.", "fr": ""}]}, "missing-words", id="an empty wording"),
    ],
)
def test_fault(tmp_path, changes, rule):
    assert rule in rules(checked(tmp_path, entry(**changes)), "fault")


def test_wordings_for_before_and_after_are_fine(tmp_path):
    found = checked(tmp_path, entry(answers=[{"when": "before deadline", **DATED}, {"en": "It was open until {deadline}.", "fr": "C’était ouvert jusqu’au {deadline}."}]))
    assert rules(found, "fault") == set()


def test_a_published_entry_may_not_go_missing(tmp_path):
    assert [one.entry for one in checked(tmp_path, required=["pay", "hours"]) if one.rule == "missing-entry"] == ["hours"]


def test_two_entries_do_not_ask_the_same(tmp_path):
    assert "same-question" in rules(checked(tmp_path, entry(), entry(id="grant")))


def test_all_faults_are_told_at_once(tmp_path):
    found = checked(tmp_path, entry(related=["nobody"], criterion="height", en="It’s {grant} on 3 May.", fr=""), entry(id="other", topic="weather"))
    assert {"unknown-entry", "unknown-criterion", "unknown-fact", "missing-words", "topic"} <= rules(found)
