"""What a release changes is told by entry, notice and criterion, in words."""

from __future__ import annotations

import copy

import yaml

from bot.content.difference import Change, FactChange, ValueChange, WordsChange, difference, understanding_changes
from bot.content.library import load_library
from tests.content.small_content import ENTRY, NOTICE, entry


def library(*entries: dict, notice: dict = NOTICE):
    documents = {f"entries/{one['id']}.yaml": one for one in entries or [ENTRY]} | {"notices/111111.yaml": notice}
    return load_library({path: yaml.safe_dump(one, allow_unicode=True, sort_keys=False) for path, one in documents.items()})


def test_the_same_content_differs_in_nothing():
    assert difference(library(), library()) == ()


def test_a_changed_wording_shows_both_and_only_its_language():
    after = library(entry(fr="Oui."))
    [change] = difference(library(), after)
    assert (change.kind, change.id, change.state) == ("entry", "pay", "changed")
    assert change.words == (WordsChange("answer", "fr", ENTRY["answers"][0]["fr"], "Oui."),)
    assert not understanding_changes(library(), after)


def test_a_changed_fact_shows_both_values_in_both_languages():
    notice = copy.deepcopy(NOTICE)
    notice["facts"]["stipend"]["value"]["amount"] = "1000.00"
    [change] = difference(library(), library(notice=notice))
    assert change.facts == (FactChange("stipend", {"en": "€955.40", "fr": "955,40\u00a0€"}, {"en": "€1,000.00", "fr": "1\u202f000,00\u00a0€"}),)


def test_a_comparison_is_part_of_a_fact():
    notice = copy.deepcopy(NOTICE)
    notice["facts"]["age"]["comparison"] = "at-least"
    [change] = difference(library(), library(notice=notice))
    assert change.facts[0].before["fr"] != change.facts[0].after["fr"]


def test_phrasings_added_and_removed_are_listed():
    before, after = library(entry(phrasings={"en": ["Money?", "Cash?"]})), library(entry(phrasings={"en": ["Cash?"], "fr": ["Des sous ?"]}))
    [change] = difference(before, after)
    assert change.phrasings_added == {"fr": ("Des sous ?",)}
    assert change.phrasings_removed == {"en": ("Money?",)}
    assert understanding_changes(before, after)


def test_a_new_entry_and_one_taken_away():
    other = entry(id="other", question={"en": "Another?", "fr": "Une autre ?"})
    assert [(one.id, one.state) for one in difference(library(), library(ENTRY, other))] == [("other", "added")]
    [gone] = difference(library(ENTRY, other), library())
    assert gone.state == "removed"
    assert all(words.after is None for words in gone.words)


def test_other_values_are_named():
    [change] = difference(library(), library(entry(review_by="2032-01-01", links=[])))
    assert set(change.values) == {ValueChange("review_by", "2031-01-01", "2032-01-01"), ValueChange("links", "page", None)}
    assert isinstance(change, Change)
    assert change.as_json()["id"] == "pay"
