"""Every entry, in both languages, for each notice and for all, on three days: complete and right for the day."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from bot.content.library import load_library
from bot.content.model import Library
from bot.content.render import render
from bot.i18n.locale import LOCALES
from tests.conftest import AFTER_THE_DEADLINE, BEFORE_THE_SESSION, BETWEEN

DAYS = {"before the info session": BEFORE_THE_SESSION, "between": BETWEEN, "after the deadline": AFTER_THE_DEADLINE}
LIBRARY = load_library()
MARKUP = re.compile(r"<[a-z/]|\]\(|\*\*|https?:|\{|\}")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("reference", [*LIBRARY.notices, "all"])
def test_every_entry_is_complete(reference: str, locale: str, day: str):
    notices = list(LIBRARY.notices.values()) if reference == "all" else [LIBRARY.notices[reference]]
    for entry in LIBRARY.entries.values():
        said = render(LIBRARY, entry, notices, locale, now=DAYS[day])
        assert said.text.strip(), entry.id
        assert not MARKUP.search(said.text), (entry.id, said.text)
        assert entry.kind != "answer" or said.sources, entry.id
        assert all(source.language == locale for source in said.sources)


@pytest.mark.parametrize(
    ("entry", "day", "state"),
    [
        pytest.param("deadline", "between", "current", id="the deadline is ahead"),
        pytest.param("deadline", "after the deadline", "past", id="the deadline is over"),
        pytest.param("webinar-when", "before the info session", "current", id="the session is ahead"),
        pytest.param("webinar-when", "between", "past", id="the session is over"),
        pytest.param("apply-how", "between", "undated", id="how to apply while it is open"),
        pytest.param("apply-how", "after the deadline", "past", id="how to apply when it is closed"),
        pytest.param("stipend", "after the deadline", "undated", id="the grant has no date"),
    ],
)
def test_state_follows_the_clock(library: Library, entry: str, day: str, state: str):
    for locale in LOCALES:
        assert render(library, library.entries[entry], list(library.notices.values()), locale, now=DAYS[day]).state == state


@pytest.mark.parametrize("locale", LOCALES)
def test_a_past_answer_names_the_date_that_is_past(library: Library, locale: str):
    for entry in library.entries.values():
        said = render(library, entry, list(library.notices.values()), locale, now=AFTER_THE_DEADLINE)
        if said.state == "past":
            assert re.search(r"2025|2026|\b(?:11|22)\b", said.text), (entry.id, said.text)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_entry_of_one_office_speaks_of_its_notice_only(library: Library, locale: str):
    said = render(library, library.entries["daily-work-nor"], list(library.notices.values()), locale, now=BETWEEN)
    assert said.notices == ("250813",)


@pytest.mark.parametrize("locale", LOCALES)
def test_where_the_notices_differ_both_are_said(library: Library, locale: str):
    said = render(library, library.entries["draft-in-english"], list(library.notices.values()), locale, now=BETWEEN)
    assert said.text.index("250697") < said.text.index("250813")


def test_closing_at_the_last_minute(library: Library):
    last = datetime.fromisoformat("2025-06-22T23:59:00+02:00")
    after = datetime.fromisoformat("2025-06-22T23:59:01+02:00")
    entry, notices = library.entries["deadline"], list(library.notices.values())
    assert render(library, entry, notices, "en", now=last).state == "current"
    assert render(library, entry, notices, "en", now=after).state == "past"
