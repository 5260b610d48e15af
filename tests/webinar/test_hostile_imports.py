"""Whatever is uploaded, reading it ends, soon, with values: never an exception, never a person's address."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.scrub import without_people
from bot.webinar.noise import noise_in
from bot.webinar.parts import parts
from bot.webinar.reading_in.read import read_in
from bot.webinar.urgency import is_urgent

SECRET = b"of this test"
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["=cmd|' /C calc'!A0", "+1", "@x", '"', '""', "\n", "a,b;c\td", "\0", "\ufeff", "…", "16:00"]
)


@given(st.binary(max_size=2_000))
@settings(deadline=None, max_examples=150)
def test_any_bytes_can_be_read(data: bytes):
    imported = read_in(data, secret=SECRET)
    assert [asked.number for asked in imported.asked] == list(range(1, len(imported.asked) + 1))


@given(st.lists(st.lists(CELLS, max_size=6), max_size=12), st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@settings(deadline=None, max_examples=150)
def test_any_table_can_be_read(rows: list[list[str]], delimiter: str, encoding: str):
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, escapechar="\\").writerows([["#", "Question", "Asker Name", "Asker Email"], *rows])
    imported = read_in(written.getvalue().encode(encoding), secret=SECRET)
    assert len({asked.key for asked in imported.asked}) == len(imported.asked)


@given(
    st.lists(
        st.text(st.characters(categories=["Lu", "Ll", "Nd", "Zs", "Po"]), min_size=1, max_size=60).filter(lambda text: any(c.isalnum() for c in text)), min_size=1, max_size=20
    )
)
@settings(deadline=None, max_examples=100)
def test_a_well_written_table_loses_no_question(questions: list[str]):
    written = io.StringIO()
    csv.writer(written).writerows([["Question", "Asker Name", "Asker Email"], *[[question, "", ""] for question in questions]])
    assert len(read_in(written.getvalue().encode(), secret=SECRET).asked) == len([question for question in questions if question.strip()])


@given(st.from_regex(r"\A[a-z][a-z0-9._+-]{0,20}@[a-z0-9-]{1,15}\.(?:org|com|be|fr)\Z"), st.text(max_size=40), st.text(max_size=40))
@settings(deadline=None, max_examples=100)
def test_no_address_comes_through(address: str, before: str, after: str):
    assert address not in without_people(f"{before} {address} {after}")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("thanks " * 285, id="thanks"),
        pytest.param("hello hello " * 160, id="greetings"),
        pytest.param("test " * 400, id="tests"),
        pytest.param("a" * 2_000, id="one word"),
        pytest.param("and what " * 220 + "?", id="joints"),
        pytest.param("error link " * 180, id="links"),
        pytest.param("1) " * 660, id="numbers"),
        pytest.param("+32 2 " * 330, id="telephones"),
        pytest.param("@" * 2_000, id="at signs"),
        pytest.param("a." * 1_000 + "@", id="half an address"),
        pytest.param(("Regards,\n" + "Ada " * 4) * 90, id="signatures"),
        pytest.param("lien " * 400, id="almost broken"),
    ],
)
def test_no_pattern_takes_long(text: str):
    read_as_a_message("warm")  # patterns are compiled and sentences found for the first time
    started = time.process_time()
    read_as_a_message(text)
    assert time.process_time() - started < 0.5


def read_as_a_message(text: str) -> None:
    without_people(text, ["Ada Example"])
    noise_in(text)
    parts(text, "en")
    parts(text, "fr")
    is_urgent(text, frozenset({"deadline"}))


@pytest.mark.parametrize("white", [" ", "\x0b", "\u2003", "\u200b"], ids=["spaces", "vertical tabs", "em spaces", "no width"])
def test_a_cell_of_white_space_takes_no_longer_than_a_breath(white: str):
    """It took the square of its length: 100,000 spaces between two words held the board up for 20 seconds."""
    begun = time.process_time()
    imported = read_in(f'Question,Asker Name\n"Is it{white * 100_000}paid?",Ada\n'.encode(), secret=b"s")
    assert time.process_time() - begun < 2
    assert "cut" in {fault.why for fault in imported.faults} or imported.asked
