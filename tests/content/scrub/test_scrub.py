"""What tells who asked is gone before it is kept; what the question needs stays."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.scrub import KINDS, MOST, scrub, without_people
from bot.i18n.locale import LOCALES
from bot.nlu.importer import read_utterances
from tests.content.scrub.measuring import FOLDER, measure, texts

LANGUAGES = ("en", "fr")
PARTS = ("first", "second", "third")
LEAST_RECALL = 0.97
LEAST_OF_A_KIND = 0.9
LEAST_PRECISION = 0.97
MOST_WRONGLY_TOUCHED = 0.003  # of the applicants' questions that the model learns from


@pytest.mark.parametrize("language", LANGUAGES)
def test_enough_is_written_to_measure_by(language: str):
    assert sum(len(list(texts(language, part, "gone"))) for part in PARTS) >= 150
    assert sum(len(list(texts(language, part, "kept"))) for part in PARTS) >= 150


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_recall_and_precision(language: str, part: str):
    counts = measure(language, part)
    assert counts.recall() >= (LEAST_RECALL), counts.missed
    assert counts.precision >= LEAST_PRECISION, counts.wrong
    assert {kind: counts.recall(kind) for kind in KINDS if counts.marked[kind] >= 6 and counts.recall(kind) < LEAST_OF_A_KIND} == {}


def test_questions_of_applicants_stay_as_they_are():
    """The sentences that the model learns from hold few names and days of birth: nearly all must come through untouched."""
    asked = [utterance.text for utterance in read_utterances()]
    changed = [text for text in asked if without_people(text) != text.strip()]
    assert len(asked) > 10_000
    assert len(changed) / len(asked) <= MOST_WRONGLY_TOUCHED, changed


def test_what_was_taken_is_named_in_the_language_of_the_text():
    scrubbed = scrub("I'm Jane Doe, jane@example.org", "en")
    assert (scrubbed.text, scrubbed.kinds) == ("I'm [name], [e-mail]", ("email", "name"))
    scrubbed = scrub("Je m’appelle Zoé, 06 12 34 56 78", "fr")
    assert (scrubbed.text, scrubbed.kinds) == ("Je m’appelle [nom], [téléphone]", ("phone", "name"))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("jane\u200b.doe@exam\u200bple.org", id="characters that are not seen"),
        pytest.param("jane.doe＠example.org", id="another at sign"),
        pytest.param("call +32\u00a0470\u202f12\u00a034\u202f56", id="no-break spaces"),
        pytest.param("call +３２ ４７０ １２ ３４ ５６", id="wide figures"),
        pytest.param("x" * (MOST + 1) + "jane@example.org", id="beyond the limit"),
    ],
)
def test_disguises(text: str, locale):
    left = scrub(text, locale).text
    assert "jane" not in left
    assert not any(character.isdigit() for character in left)


@given(st.text(max_size=300))
def test_scrubbing_twice_changes_nothing_more(text: str):
    once = scrub(text, "en")
    assert scrub(once.text, "en").text == once.text


@given(st.sampled_from([line for language in LANGUAGES for part in PARTS for line in texts(language, part, "gone")]), st.sampled_from(LOCALES))
def test_scrubbing_what_was_scrubbed_changes_nothing(text: str, locale):
    once = scrub(text.replace("{", "").replace("}", ""), locale)
    assert scrub(once.text, locale).text == once.text


PUMPS = [
    "a",
    "A",
    "1",
    "1 ",
    "+1 ",
    "a.",
    "a@",
    "@",
    "Aa ",
    "Aa-",
    "a'",
    "de ",
    "12 rue ",
    "rue Aa ",
    "1 Aa ",
    "my name is ",
    "Regards,\n",
    "né le ",
    "https://",
    "AB12 ",
    "passport ",
    "1,",
    "0",
    "(",
    "tel ",
    "live ",
]


@pytest.mark.parametrize("pump", PUMPS)
def test_time_grows_no_faster_than_the_text(pump: str):
    """Four times the text may take eight times as long, not sixteen: compared with itself, so that a slow machine changes nothing."""
    short, long = (min(_seconds((pump * MOST)[:length]) for _ in range(3)) for length in (MOST // 8, MOST // 2))
    assert long < 8 * short + 0.02


def _seconds(text: str) -> float:
    started = time.process_time()
    without_people(text)
    return time.process_time() - started


def test_the_figures_in_the_document_are_those_measured():
    table = (FOLDER.parents[2] / "docs" / "design" / "privacy.md").read_text(encoding="utf-8")
    for language in LANGUAGES:
        for part in PARTS:
            counts = measure(language, part)
            row = f"| {part} | {language} | {sum(counts.marked.values())} | {counts.kept} | {100 * counts.recall():.1f} | {100 * counts.precision:.1f} |"
            assert row in table, row
