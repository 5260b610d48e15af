"""Parts of a message that lean on the part before them."""

from __future__ import annotations

import pytest

from bot.content.model import Library
from bot.nlu.entities import find_entities
from bot.nlu.leaning import lean_on_parts
from bot.nlu.lexicon import lexicon
from bot.nlu.offices import office_names
from bot.nlu.reading import Ambiguous, Understood

CLEARANCE, PROCESS = "faq/security-clearance", "not-in-notice/clearance-process"
NOR, OSG = "faq/daily-work-nor", "faq/daily-work-osg"


def lean(library: Library, parts: list[str], asked: dict[int, str], locale: str = "en") -> tuple[list[str], bool]:
    """What is asked after leaning, where `asked` gives the intent of some parts by their place; -1 is the message as a whole."""
    readings = [Understood(intent, 0.9, parts[place] if place >= 0 else ", ".join(parts)) for place, intent in asked.items()]
    found = lean_on_parts(readings, parts, find_entities(", ".join(parts), locale, office_names(library)), library)
    return [reading.intent for reading in found.readings], found.other_too


@pytest.mark.parametrize(
    ("parts", "asked", "expected", "both"),
    [
        pytest.param(["what clearance do I need", "how long does that take"], {0: CLEARANCE, 1: "faq/duration"}, [CLEARANCE, PROCESS], False, id="a bare part"),
        pytest.param(["what clearance do I need", "how long does that take"], {-1: CLEARANCE}, [CLEARANCE, PROCESS], False, id="after the message as a whole"),
        pytest.param(["how long does that take", "what clearance do I need"], {1: CLEARANCE}, [CLEARANCE], False, id="nothing before it"),
        pytest.param(["is there an info session", "when", "how"], {0: "faq/webinar-when"}, ["faq/webinar-when", "faq/webinar-register"], False, id="one after the other"),
        pytest.param(
            ["are you a person?", "what does NOR do", "and the other one?", "is it paid"],
            {1: "faq/office-nor-what", 3: "faq/stipend", 0: "smalltalk/bot-identity"},
            ["faq/office-nor-what", "faq/office-osg-what", "faq/stipend", "smalltalk/bot-identity"],
            True,
            id="in the order asked, before talk",
        ),
        pytest.param(["what do interns do at NOR", "and the other office?"], {0: NOR}, [NOR, OSG], True, id="the other office"),
        pytest.param(["what do interns do at NOR", "and at OSG?"], {0: NOR, 1: "faq/office-osg-what"}, [NOR, OSG], False, id="an office by its name"),
        pytest.param(["how much is the pay at NOR", "and the other one?"], {0: "faq/stipend", 1: OSG}, ["faq/stipend"], True, id="one entry speaks of both"),
        pytest.param(["not the NOR", "the other one", "what would I do"], {2: NOR}, [NOR], False, id="set against each other"),
        pytest.param(["my internship at the UN", "until when"], {-1: "out-of-scope/general"}, ["out-of-scope/general"], False, id="something else is no ground"),
        pytest.param(["what clearance do I need", "is the other office bigger"], {0: CLEARANCE}, [CLEARANCE], False, id="asks something of its own"),
    ],
)
def test_lean_on_parts(library, parts, asked, expected, both):
    assert lean(library, parts, asked) == (expected, both)


def test_a_message_that_is_not_understood_leans_on_nothing(library):
    unsure = (Ambiguous(("faq/hours", "faq/age"), 0.3), Understood(CLEARANCE, 0.9, "what clearance"))
    assert lean_on_parts(unsure, ["what clearance", "how long does that take"], (), library).readings == unsure


def test_every_bare_question_leads_to_an_entry(library):
    topics = {entry.topic for entry in library.entries.values()}
    for words, after in lexicon().bare.items():
        assert set(after.values()) <= set(library.entries), words
        assert set(after) - {"any"} <= topics | set(library.entries), words
