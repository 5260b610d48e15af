"""Pasted panels, saved chats, plain lines and JSON."""

from __future__ import annotations

import json

import pytest

from bot.webinar.reading_in.asked import Fault
from bot.webinar.reading_in.read import read_in

SECRET = b"of this test"
PANEL = """Ada Example 04:02 PM
When is the deadline?

Ben Sample 04:03 PM
Is it paid?
How much?
Host 04:05 PM
It is, and here is the sum.

Anonymous Attendee 04:06 PM
Where is it?
This question has been answered live
"""
ZOOM = {
    "id": 1,
    "questions": [
        {
            "name": "Ada Example",
            "email": "ada@example.org",
            "question_details": [
                {"question_id": "a", "question": "Where?", "create_time": "2025-06-11T14:02:00Z", "question_status": "open", "answer": "live answered"},
                {"question_id": "b", "question": "Spam", "question_status": "deleted"},
            ],
        },
        {"name": "anonymous", "email": "anonymous", "question_details": [{"question": "When?", "answer_details": [{"name": "Host", "content": "Soon."}]}]},
    ],
}


def texts(data: str) -> list[str]:
    return [asked.text for asked in read_in(data.encode(), secret=SECRET).asked]


def test_a_panel_gives_its_questions_without_names_and_answers():
    assert texts(PANEL) == ["When is the deadline?", "Is it paid?\nHow much?", "Where is it?"]


@pytest.mark.parametrize("stamp", ["4:02 PM", "16:02", "04:02:33 p.m.", "16h02"])
def test_hours_are_written_in_many_ways(stamp: str):
    assert texts(f"Zoé Exemple {stamp}\nC’est payé ?\n\nX {stamp}\nOù ?") == ["C’est payé ?", "Où ?"]


def test_a_saved_chat_gives_what_was_said():
    chat = "16:02:11\t From Ada Example to Everyone : Where is it?\n16:03:00 De Zoé Exemple à Tous : C’est payé ?"
    assert texts(chat) == ["Where is it?", "C’est payé ?"]


def test_lines_are_questions_where_nothing_else_is_known():
    assert texts("Where is it?\n\nIs the session at 16:00\nYes, no; maybe?") == ["Where is it?", "Is the session at 16:00", "Yes, no; maybe?"]


def test_zooms_json_gives_questions_that_were_not_deleted():
    imported = read_in(json.dumps(ZOOM).encode(), secret=SECRET)
    assert [asked.text for asked in imported.asked] == ["Where?", "When?"]
    assert str(imported.asked[0].asked_at) == "2025-06-11 14:02:00+00:00"
    assert "ada" not in repr(imported).lower()


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param('["Where?", "When?"]', ["Where?", "When?"], id="a list of texts"),
        pytest.param('{"text": "Where?"}\n{"question": "When?"}', ["Where?", "When?"], id="one object a line"),
        pytest.param('[{"text": "Where?"}, 7, {"no": 1}]', ["Where?"], id="items that are no questions"),
        pytest.param("[" * 100_000, ["[" * 2_000], id="nesting made to hurt is a text"),
    ],
)
def test_other_json(document: str, expected: list[str]):
    assert texts(document) == expected


def test_what_is_no_question_in_json_is_told():
    assert Fault(2, "not-read") in read_in(b'["Where?", 7]', secret=SECRET).faults
