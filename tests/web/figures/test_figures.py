"""Figures from counts, plots from figures, and the page that shows both."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.records import counts
from bot.records.counts import HELPFUL, UNHELPFUL, Counted
from bot.web.figures.chart import LEFT, TOP, WIDTH, lying, upright
from bot.web.figures.figures import Tally, figures, span_of, start_of
from tests.conftest import BETWEEN
from tests.web.staff.staffroom import PAGE, log_in

TODAY = BETWEEN.date()
YESTERDAY = TODAY - timedelta(days=1)
COUNTED = {
    Counted(YESTERDAY, "en", "answer"): 6,
    Counted(TODAY, "fr", "answer"): 2,
    Counted(TODAY, "fr", "clarify"): 1,
    Counted(TODAY, "en", "refusal"): 1,
    Counted(TODAY, "en", "smalltalk"): 50,
    Counted(TODAY, "en", HELPFUL): 3,
    Counted(TODAY, "en", UNHELPFUL): 1,
    Counted(YESTERDAY, "en", "answer", "conditions", "stipend"): 7,
    Counted(TODAY, "fr", "answer", "conditions", "stipend"): 1,
    Counted(TODAY, "fr", "answer", "office", "hours"): 1,
    Counted(TODAY, "en", HELPFUL, "conditions", "stipend"): 3,
}


def test_messages_are_counted_once_and_small_talk_never():
    found = figures(COUNTED, YESTERDAY, TODAY)
    assert found.total == Tally(answered=8, clarified=1, declined=1, helpful=3, unhelpful=1)
    assert (found.total.asked, found.total.share(8), found.total.approval) == (10, 0.8, 0.75)
    assert {locale: tally.asked for locale, tally in found.by_locale.items()} == {"en": 7, "fr": 3}
    assert [(start, tally.asked) for start, tally in found.by_period] == [(YESTERDAY, 6), (TODAY, 4)]


def test_topics_and_entries_count_what_was_said():
    found = figures(COUNTED, YESTERDAY, TODAY)
    assert [(topic, tally.asked, tally.helpful) for topic, tally in found.by_topic] == [("conditions", 8, 3), ("office", 1, 0)]
    assert found.asked_by_topic["conditions"] == {"en": 7, "fr": 1}
    assert [entry for entry, _ in found.by_entry] == ["stipend", "hours"]


def test_one_topic_and_one_language():
    assert figures(COUNTED, YESTERDAY, TODAY, topic="conditions").total == Tally(answered=8, helpful=3)
    assert figures(COUNTED, YESTERDAY, TODAY, locale="fr").total == Tally(answered=2, clarified=1)
    assert figures(COUNTED, YESTERDAY, TODAY, topic="office", locale="en").total == Tally()


def test_nothing_has_no_shares():
    found = figures({}, YESTERDAY, TODAY)
    assert (found.total.share(0), found.total.approval, found.by_topic, found.by_entry) == (None, None, [], [])
    assert len(found.by_period) == 2


@pytest.mark.parametrize(("days", "span"), [(7, "day"), (44, "day"), (45, "week"), (199, "week"), (200, "month"), (365, "month")])
def test_a_column_stands_for_a_day_a_week_or_a_month(days, span):
    assert span_of(TODAY - timedelta(days=days - 1), TODAY) == span


def test_weeks_begin_on_monday_and_months_on_the_first():
    assert start_of(date(2025, 6, 15), "week") == date(2025, 6, 9)
    assert start_of(date(2025, 6, 15), "month") == date(2025, 6, 1)
    assert start_of(date(2025, 6, 9), "week") == date(2025, 6, 9)


@pytest.mark.parametrize(("most", "top"), [(0, 4), (4, 4), (5, 8), (10, 10), (11, 20), (99, 100), (100, 100), (101, 200), (1700, 2000)])
def test_the_scale_ends_at_a_round_number_that_holds_everything(most, top):
    assert [mark.text for mark in upright(["a"], {"en": [most]}).scale][-1] == str(top)


def test_bars_stand_on_one_another_within_the_plot():
    chart = upright(["a", "b"], {"en": [4, 0], "fr": [4, 2]})
    first, second, third = chart.bars
    assert (first.series, second.series, third.series) == ("en", "fr", "fr")
    assert second.y + second.height == pytest.approx(first.y, abs=0.2)
    assert second.y == pytest.approx(TOP, abs=0.2)
    assert all(bar.x >= LEFT and bar.x + bar.width <= WIDTH for bar in chart.bars)
    assert len(upright([str(day) for day in range(365)], {"en": [1] * 365}).names) <= 9


def test_bars_lie_after_one_another():
    english, french = lying(["a"], {"en": [1], "fr": [3]}).bars
    assert french.x == pytest.approx(english.x + english.width, abs=0.2)
    assert lying([], {"en": []}).bars == ()


@pytest.mark.parametrize(("language", "words"), [("en", ("From 17 May 2025 to 15 Jun 2025", "80%", "75%")), ("fr", ("Du 17 mai 2025 au 15 juin 2025", "80\xa0%", "75\xa0%"))])
async def test_the_page_shows_the_figures_with_a_table_beside_each_plot(client, database, language, words):
    with database.begin() as connection:
        counts.add(connection, COUNTED)
    await log_in(client, "edith")
    page = await (await client.get(f"/editor/figures?language={language}", headers=PAGE)).text()
    for word in words:
        assert word in page
    assert page.count("<svg") == 3
    assert page.count("<table") == 4
    assert "style=" not in page


@pytest.mark.parametrize("query", ["", "?days=7&in=fr&topic=office", "?days=365", "?days=-1", "?days=999999999&in=de&topic=%00", "?days=abc"])
async def test_odd_choices_are_the_usual_ones(client, query):
    await log_in(client, "edith")
    assert (await client.get(f"/editor/figures{query}", headers=PAGE)).status == 200
