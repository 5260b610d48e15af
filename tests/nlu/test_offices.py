"""A notice that the model has not learnt is not taken for another employer's."""

from __future__ import annotations

import pytest

from bot.nlu.offices import neutral

NAMES = {"260404": ("Bureau of Archives and Records", "Bureau des archives et des dossiers", "BAR"), "250697": ("Office of the Secretary General", "OSG")}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("how much is paid at the Bureau of Archives and Records?", "how much is paid at the office?"),
        ("what's the pay at bar", "what's the pay at office"),
        ("barely paid?", "barely paid?"),
        ("is the OSG better than the BAR", "is the OSG better than the office"),
    ],
)
def test_only_names_that_were_not_taught_are_made_plain(text, plain):
    assert neutral(text, NAMES, {"250697"}, "en") == plain


def test_each_language_has_its_own_plain_name():
    assert neutral("combien gagne-t-on au bureau des archives et des dossiers ?", NAMES, {"250697"}, "fr") == "combien gagne-t-on au bureau ?"


def test_nothing_changes_where_all_was_taught():
    assert neutral("the BAR and the OSG", NAMES, {"250697", "260404"}, "en") == "the BAR and the OSG"
