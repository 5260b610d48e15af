"""The list: found by words in either language, narrowed by what it needs."""

from __future__ import annotations

import pytest

from bot.web.editor.differing import pieces
from bot.web.editor.listing import Listed, Wanted, found, listed


@pytest.fixture(scope="module")
def rows(library) -> list[Listed]:
    return [listed(entry, "draft" if key == "stipend" else "published", faults=int(key == "grade"), style=int(key == "hours")) for key, entry in library.entries.items()]


@pytest.mark.parametrize(
    ("search", "first"),
    [
        ("stipend", "stipend"),
        ("payes", "stipend"),
        ("PAYÉS", "stipend"),
        ("aid", None),
        ("habilitation", "security-clearance"),
        ("habilitaton", "security-clearance"),
        ("how much paid", "stipend"),
    ],
)
def test_words_find_in_both_languages_without_accents_and_with_a_slip(rows, search, first):
    hits = [row.id for row in found(rows, Wanted(search=search))]
    assert first is None or first in hits


def test_nonsense_finds_nothing(rows):
    assert found(rows, Wanted(search="zxqwvk")) == []


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(state="draft"), ["stipend"]),
        (Wanted(needs="fault"), ["grade"]),
        (Wanted(needs="style"), ["hours"]),
        (Wanted(needs="any"), ["grade", "hours"]),
        (Wanted(language="fr"), []),
    ],
)
def test_filters_narrow_the_list(rows, wanted, ids):
    assert [row.id for row in found(rows, wanted)] == ids


def test_no_filter_shows_everything(rows):
    assert len(found(rows, Wanted())) == len(rows)


def test_an_address_with_unknown_values_asks_for_nothing():
    assert Wanted.of({"state": "?", "needs": "x", "in": "de"}) == Wanted()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a b c", "a x c", (("same", "a "), ("gone", "b"), ("new", "x"), ("same", " c"))),
        (None, "new", (("new", "new"),)),
        ("old", None, (("gone", "old"),)),
        (None, None, ()),
        ("at {deadline|time}", "at {deadline}", (("same", "at "), ("gone", "{deadline|time}"), ("new", "{deadline}"))),
    ],
)
def test_a_difference_is_told_word_by_word(before, after, expected):
    assert pieces(before, after) == expected
