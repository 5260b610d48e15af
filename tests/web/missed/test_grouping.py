"""Missed questions in groups across both languages; what is long is done behind."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from itertools import count

from bot.records.missed import MissedQuestion
from bot.web.missed.drafting import name_for
from bot.web.missed.grouping import Groups, grouped, single
from tests.conftest import BETWEEN
from tests.webinar.small_model import SmallModel

TODAY = BETWEEN.date()
IDS = count(1)


def question(text: str, locale="en", number=1, ago=0) -> MissedQuestion:
    day = TODAY - timedelta(days=ago)
    return MissedQuestion((next(IDS),), text, locale, ("clarify",), (("hours", 0.3),), number, day, day)


def texts(groups) -> list[set[str]]:
    return [{one.text for one in group.questions} for group in groups]


def test_questions_that_ask_the_same_stand_together_in_both_languages():
    questions = [question("Is there housing?", number=2, ago=3), question("Un logement ?", "fr", 3), question("Any parking?"), question("Where is the city?", number=9)]
    groups = grouped(questions, SmallModel())
    assert texts(groups) == [{"Where is the city?"}, {"Is there housing?", "Un logement ?"}, {"Any parking?"}]
    both = groups[1]
    assert (both.head.text, both.number, both.by_locale) == ("Un logement ?", 5, {"en": 2, "fr": 3})
    assert (both.first, both.last) == (TODAY - timedelta(days=3), TODAY)
    assert both.nearest[0][0] == "not-in-notice/housing"
    assert set(both.ids) == set(questions[0].ids) | set(questions[1].ids)


def test_the_same_words_never_stand_apart():
    groups = grouped([question("xyzzy plugh"), question("Xyzzy  plugh!", "fr")], SmallModel())
    assert len(groups) == 1


def test_nothing_and_odd_texts_are_grouped():
    assert grouped([], SmallModel()) == ()
    assert len(grouped([question("\u200b"), question("🙂")], SmallModel())) >= 1


def test_one_by_one_they_keep_what_came_into_question_when_they_were_asked():
    groups = single([question("b"), question("a", number=2)])
    assert [group.head.text for group in groups] == ["a", "b"]
    assert groups[0].nearest == (("hours", 0.3),)


async def test_without_a_model_they_stand_one_by_one():
    groups, settled = await Groups(lambda: None).of((question("Is there housing?"), question("Un logement ?", "fr")))
    assert (len(groups), settled) == (2, False)


async def test_a_page_does_not_wait_for_a_long_grouping_and_has_it_the_next_time():
    going = threading.Event()

    class Slow(SmallModel):
        def vectors(self, texts):
            assert going.wait(10)
            return super().vectors(texts)

    groups, questions = Groups(lambda: (Slow(), "small")), (question("Is there housing?"), question("Un logement ?", "fr"))
    first, settled = await groups.of(questions, patience=0.01)
    other, also = await groups.of((*questions, question("Any parking?")), patience=0.01)
    assert (len(first), settled, len(other), also) == (2, False, 3, False)
    going.set()
    second, settled = await groups.of(questions, patience=10)
    assert (len(second), settled) == (1, True)
    again, settled = await groups.of(questions, patience=0)
    await asyncio.sleep(0)
    assert (again, settled) == (second, True)


def test_a_name_is_suggested_for_a_new_entry():
    assert name_for("Où puis-je garer mon vélo à l’été ?") == "puis-garer-mon-velo-ete"
    assert name_for("???") == ""
