"""Tables are read whatever they look like; names and addresses do not come through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.webinar.reading_in.asked import Fault, new_ones
from bot.webinar.reading_in.read import MAX_BYTES, read_in, typed

SECRET = b"of this test"
REPORT = """Question Report
Report Generated:,"Jun 11, 2025 6:26 PM"
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes)
Info session,847 5984 1045,"Jun 11, 2025 4:00 PM",62

Question Details
#,Question,Asker Name,Asker Email,Answer(s)
1,When is the deadline?,Ada Example,ada@example.org,Answered by Host: soon
2,"Is it paid, and
how much?",,,
3,,Ben Sample,ben@example.org,live answered
4,I said ""hello"" earlier,Ada Example,ada@example.org,
"""


def texts(data: bytes, **options: object) -> list[str]:
    return [asked.text for asked in read_in(data, secret=SECRET, **options).asked]  # type: ignore[arg-type]


def test_a_report_is_read_below_its_preamble():
    imported = read_in(REPORT.encode(), secret=SECRET)
    assert [(asked.number, asked.line) for asked in imported.asked] == [(1, 8), (2, 9), (3, 12)]
    assert imported.asked[1].text == "Is it paid, and\nhow much?"
    assert Fault(11, "empty") in imported.faults


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_found_out(encoding: str, delimiter: str):
    rows = [["N°", "Question posée", "Nom", "Adresse e-mail", "Réponse(s)"], ["1", "Où est-ce ?", "Zoé Exemple", "zoe@example.org", ""], ["2", "C’est payé ?", "", "", ""]]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    assert texts(data) == ["Où est-ce ?", "C’est payé ?"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param("Question\nWhere?", ["Where?"], id="one column"),
        pytest.param("Question,Asker Name,\nWhere?\nWhen?,A,B,C,D", ["Where?", "When?"], id="ragged rows"),
        pytest.param("Que\0stion,Na\0me\nWh\0ere?,A", ["Where?"], id="NULs"),
        pytest.param('Question,Answer\n=1+1,x\n"@SUM(A1)",x', ["=1+1", "@SUM(A1)"], id="formulas stay words"),
        pytest.param('Question,Name\n"Where is it,Ada\nWhen?,Ben', ["Where is it", "When?"], id="a quotation mark that is never closed"),
        pytest.param('Question,Name\nA 15" screen?,Ada\nWhen?,Ben', ["A 15 screen?", "When?"], id="a quotation mark as inches"),
        pytest.param("Name,Message,Sent at (UTC)\nAda,Where?,2025-06-11T14:00:00", ["Where?"], id="another tool's table"),
        pytest.param("QUESTION;RÉPONSE\nOù ?;", ["Où ?"], id="capitals and accents"),
        pytest.param("", [], id="empty file"),
    ],
)
def test_odd_tables(table: str, expected: list[str]):
    assert texts(table.encode()) == expected


def test_a_mapping_names_columns_that_headers_do_not():
    table = b"wer;was\nAda Example;Wo ist es? fragt Ada Example"
    assert texts(table, mapping={"question": "was", "person": "wer"}) == ["Wo ist es? fragt […]"]
    assert texts(b"x;Where?\ny;When?", mapping={"question": 1}) == ["Where?", "When?"]


def test_a_mapping_that_fits_nothing_is_told():
    assert read_in(b"a,b\n1,2", secret=SECRET, mapping={"question": "c"}).faults == (Fault(0, "no-questions"),)


def test_people_do_not_come_through():
    data = "Question,Asker Name,Asker Email\nMy mail is ada@example.org and Ada Example is my name; call +32 2 555 12 34,Ada Example,ada@example.org\n"
    kept = repr([replace(asked, key="") for asked in read_in(data.encode(), secret=SECRET).asked]).lower()
    assert not [word for word in ("ada", "example", "555") if word in kept]


def test_the_same_import_again_brings_nothing():
    first = read_in(REPORT.encode(), secret=SECRET)
    longer = REPORT + "5,When is the deadline?,Eve Other,,\n"
    again = read_in(longer.encode("utf-16"), secret=SECRET)
    assert [asked.number for asked in new_ones(again, [asked.key for asked in first.asked])] == [4]


def test_keys_say_nothing_without_the_secret():
    one, other = read_in(REPORT.encode(), secret=b"one"), read_in(REPORT.encode(), secret=b"other")
    assert not {asked.key for asked in one.asked} & {asked.key for asked in other.asked}


def test_what_is_typed_twice_is_asked_twice():
    one, other = typed("Where?", number=1, secret=SECRET), typed("Where?", number=2, secret=SECRET)
    assert one.asked[0].key != other.asked[0].key


def test_a_file_beyond_the_limit_is_refused_whole():
    assert read_in(b"x" * (MAX_BYTES + 1), secret=SECRET).faults == (Fault(0, "too-large"),)


def test_a_huge_cell_is_cut_and_told():
    imported = read_in(b"Question\n" + b"why " * 60_000, secret=SECRET)
    assert len(imported.asked[0].text) <= 2_000
    assert Fault(2, "cut") in imported.faults
