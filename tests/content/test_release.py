"""Releases as values: what names them, and what files bring to them."""

from __future__ import annotations

import pytest

from bot.content import FAQ
from bot.content.document import read_folder
from bot.content.library import Live, library, load_library, pinned
from bot.content.release import FilesMerge, digest_of, merge_files, number_of, with_changes

A, B, C = "a", "b", "c"


def digests(**texts: str) -> dict[str, str]:
    return {path: digest_of(text) for path, text in texts.items()}


@pytest.mark.parametrize(
    ("files", "live", "imported", "expected"),
    [
        pytest.param({}, {}, {}, FilesMerge({}, ()), id="nothing anywhere"),
        pytest.param({"x": A}, {"x": A}, digests(x=A), FilesMerge({}, ()), id="nothing changed"),
        pytest.param({"x": B}, {"x": A}, digests(x=A), FilesMerge({"x": B}, ()), id="the file changed"),
        pytest.param({"x": A}, {"x": B}, digests(x=A), FilesMerge({}, ()), id="the page changed"),
        pytest.param({"x": B}, {"x": C}, digests(x=A), FilesMerge({}, ("x",)), id="both changed"),
        pytest.param({"x": B}, {"x": B}, digests(x=A), FilesMerge({}, ()), id="both changed to the same"),
        pytest.param({"x": A, "y": B}, {"x": A}, digests(x=A), FilesMerge({"y": B}, ()), id="a new file"),
        pytest.param({"x": B}, {"x": C}, {}, FilesMerge({}, ("x",)), id="new on both sides, differently"),
        pytest.param({}, {"x": A}, digests(x=A), FilesMerge({"x": None}, ()), id="the file is gone"),
        pytest.param({}, {"x": B}, digests(x=A), FilesMerge({}, ("x",)), id="the file is gone, the page changed it"),
        pytest.param({}, {}, digests(x=A), FilesMerge({}, ()), id="gone on both sides"),
        pytest.param({"x": A}, {}, digests(x=A), FilesMerge({}, ()), id="taken away on the page"),
        pytest.param({"x": B}, {}, digests(x=A), FilesMerge({}, ("x",)), id="taken away on the page, changed in git"),
    ],
)
def test_files_are_merged_document_by_document(files, live, imported, expected):
    assert merge_files(files, live, imported) == expected


def test_a_file_decided_against_is_left_alone_until_it_changes_again():
    waived = digests(x=B)
    assert merge_files({"x": B}, {"x": C}, digests(x=A), waived).held == ()
    assert merge_files({"x": "d"}, {"x": C}, digests(x=A), waived).held == ("x",)


def test_a_folder_and_its_texts_are_the_same_content():
    texts, faults = read_folder(FAQ)
    assert faults == []
    assert load_library(texts) == load_library(FAQ)


def test_the_version_names_the_release_and_its_words():
    texts, _ = read_folder(FAQ)
    first, again, next_one = load_library(texts, 7), load_library(dict(reversed(texts.items())), 7), load_library(texts, 8)
    assert first.version == again.version != next_one.version
    assert number_of(first.version) == 7
    assert number_of(load_library(texts).version) is None
    changed = with_changes(texts, {"entries/hours.yaml": texts["entries/hours.yaml"] + "# a comment\n"})
    assert load_library(changed, 7).version != first.version


def test_a_pinned_library_is_seen_by_all_and_only_within():
    texts, _ = read_folder(FAQ)
    live, other = Live(), load_library(texts, 99)
    before = live.library
    with pinned(other):
        live.swap(load_library(texts, 100))
        assert live.library is library() is other
    assert live.library.version.startswith("100-")
    assert before is not other
