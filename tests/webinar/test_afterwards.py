"""What is left of a session: a table without formulas, a text without markup, figures that add up, what participants may see."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.webinar.board import answers_at_once, group_view, is_public, public_views
from bot.webinar.exporting import Row, as_csv, plain_markdown, rows, safe_cell
from bot.webinar.figures import figures
from bot.webinar.grouping import Grouper
from bot.webinar.moderation import choose
from bot.webinar.reading_in.asked import Raw, let_in
from bot.webinar.receiving import receive, understand
from bot.webinar.session import Group, Session, apply
from tests.webinar.small_model import SmallModel

START = datetime(2025, 6, 11, 14, 0, tzinfo=UTC)
MODEL = SmallModel()


def held(*texts: str) -> Session:
    grouper = Grouper(MODEL.intents)
    for one in understand(let_in([Raw(line, text) for line, text in enumerate(texts, 1)], secret=b"s").asked, MODEL):
        receive(grouper, one, MODEL.intents)
    return grouper.session


def views_of(session: Session) -> list[dict[str, object]]:
    return [group_view(session, group, MODEL.intents, votes=0, first=START) for group in session.open_groups()]


def arrivals(session: Session, minutes: float) -> dict[str, datetime]:
    return {name: START + timedelta(minutes=minutes * place) for place, name in enumerate(session.questions)}


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u200b=1", "＝1+1", "|calc", "%0A=1", "\0=1"],
)
def test_no_cell_is_a_formula(text: str):
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["Is it paid?", "a=b", "C’est payé ?", "1,286.09", ""])
def test_other_cells_stay_as_they_are(text: str):
    assert safe_cell(text) == text


def test_a_table_has_every_question_and_survives_any_words():
    hostile = ['=cmd|"/c calc"!A1 is it paid?', 'A "quoted", salary; between commas?', "hello all"]
    session = held(*hostile)
    made = rows(session, views_of(session), arrivals(session, 1), lambda entry: {"en": f"+{entry}", "fr": "=b"})
    read = list(csv.reader(io.StringIO(as_csv(made, [str(place) for place in range(12)], str).decode("utf-8-sig"))))
    assert [row[4] for row in read[1:]] == [f"'{hostile[0]}", hostile[1], "hello all"]
    assert [row[9:11] for row in read[1:]] == [["'+stipend", "'=b"], ["'+stipend", "'=b"], ["", ""]]
    assert [row[11] for row in read[1:]] == ["", "", "greeting"]
    assert all(len(row) == 12 for row in read)


def test_every_column_has_its_header():
    from bot.web.moderator.words import COLUMN_KEYS

    row = Row(1, None, "en", "Is it paid?", "g1", "Is it paid?", "new", "stipend", {}, 0, "")
    header, line = csv.reader(io.StringIO(as_csv([row], COLUMN_KEYS, str).decode("utf-8-sig")))
    assert len(header) == len(line)


def test_markdown_shows_words_and_nothing_else():
    assert plain_markdown("<b>[x](y)</b>\n# `z` *") == r"\<b\>\[x\]\(y\)\</b\> \# \`z\` \*"


def test_figures_add_up():
    session = held("Is it paid?", "Le stage est-il rémunéré ?", "Is there parking?", "hello all", "Is there a flat?")
    counted = figures(session, views_of(session), arrivals(session, 3), {"stipend": "offer"}.get)
    assert (counted.messages, counted.aside, counted.questions, counted.covered) == (5, 1, 4, 2)
    assert (counted.groups, counted.groups_covered) == (3, 1)
    assert counted.languages == {"en": 3, "fr": 1}
    assert [(topic.id, topic.covered, topic.gaps) for topic in counted.topics] == [("not-said", 0, 2), ("offer", 2, 0)]
    assert sum(bar.asked for bar in counted.bars) == 4
    assert sum(bar.covered for bar in counted.bars) == 2


@pytest.mark.parametrize("minutes", [0.0, 0.1, 1.0, 60.0, 100_000.0])
def test_bars_are_few_and_hold_every_question_however_long_it_took(minutes: float):
    session = held(*(f"Is there a thing {number}?" for number in range(12)))
    bars = figures(session, views_of(session), arrivals(session, minutes), {}.get).bars
    assert len(bars) <= 401
    assert sum(bar.asked for bar in bars) == 12 or minutes == 100_000.0  # years apart: the far end is cut


def test_nothing_asked_is_no_figure():
    assert figures(Session(), [], {}, {}.get).bars == ()


@pytest.mark.parametrize(
    ("group", "entry", "expected"),
    [
        pytest.param(Group("g1"), "stipend", True, id="an approved question"),
        pytest.param(Group("g1"), None, False, id="words that nobody has read"),
        pytest.param(Group("g1", shown="yes"), None, True, id="shown by a moderator"),
        pytest.param(Group("g1", state="next"), None, True, id="taken up by a moderator"),
        pytest.param(Group("g1", star="yes"), None, False, id="starred only"),
        pytest.param(Group("g1", state="dismissed", shown="yes"), "stipend", False, id="dismissed"),
    ],
)
def test_what_participants_see(*, group: Group, entry: str | None, expected: bool):
    assert is_public(group, entry) is expected


def test_groups_with_one_answer_are_one_question_for_participants():
    views = [{**view, "entry": "stipend", "shown": True} for view in views_of(held("Is it paid?", "Is there parking?"))]
    [shown] = public_views(views, {"stipend": "How much?"}.get)
    assert (shown["text"], shown["asked"]) == ("How much?", 2)


def test_a_moderators_answer_goes_before_the_machines():
    session = held("Is it paid?")
    questions = list(session.questions.values())
    assert answers_at_once(questions, session, MODEL.intents) == ["stipend"]
    chosen = choose(session, "g1", "entry", "deadline", by="maud")
    assert answers_at_once(questions, apply(session, chosen), MODEL.intents) == ["deadline"]  # type: ignore[arg-type]
    gap = replace(chosen, after="")  # type: ignore[type-var]
    assert answers_at_once(questions, apply(session, gap), MODEL.intents) == []  # type: ignore[arg-type]
