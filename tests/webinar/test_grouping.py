"""Groups grow as questions come; what a hand has touched stays; every hand can be taken back."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bot.webinar.describing import describe, head_of, match_of
from bot.webinar.group_file import group_file
from bot.webinar.grouping import Grouper
from bot.webinar.moderation import Refused, choose, merge, move, set_aside, split, undo
from bot.webinar.reading_in.asked import Raw, let_in
from bot.webinar.receiving import receive, understand
from bot.webinar.session import Chosen, Event, InGroup, Moved, Session, SetAside, apply, replay
from tests.webinar.small_model import SmallModel

PAY, DEADLINE, HOUSING = ["Is it paid?", "What is the pay?", "Le stage est-il rémunéré ?"], ["When is the deadline?", "Quelle est la date limite ?"], ["Is there housing?"]


class Running:
    """A session in the making, with all that happened in it."""

    def __init__(self, *texts: str) -> None:
        self.model = SmallModel()
        self.grouper = Grouper(self.model.intents)
        self.events: list[Event] = []
        self.ask(*texts)

    @property
    def session(self) -> Session:
        return self.grouper.session

    def ask(self, *texts: str) -> None:
        imported = let_in([Raw(line, text) for line, text in enumerate(texts, 1)], secret=b"s")
        for understood in understand(imported.asked, self.model):
            self.events += receive(self.grouper, understood, self.model.intents)

    def hand(self, wish: Moved | Chosen | Refused) -> None:
        assert not isinstance(wish, Refused)
        self.grouper.apply(wish)
        self.events.append(wish)

    def groups(self) -> dict[str, list[str]]:
        return {group.id: [self.session.questions[member].text for member in group.members] for group in self.session.open_groups()}


def test_questions_that_ask_the_same_are_one_group_in_both_languages():
    assert sorted(map(sorted, Running(*PAY, *DEADLINE, *HOUSING).groups().values())) == sorted(map(sorted, [PAY, DEADLINE, HOUSING]))


def test_a_message_with_two_questions_stands_in_two_groups():
    running = Running(*PAY, *DEADLINE, "Is it paid? When is the deadline?")
    assert [len(members) for members in running.groups().values()] == [4, 3]
    assert {running.session.questions["q6.1"].message, running.session.questions["q6.2"].message} == {6}


def test_parts_that_ask_the_same_are_one_question():
    assert list(Running("Is it paid? What is the pay?").groups().values()) == [["Is it paid? What is the pay?"]]


def test_small_talk_is_set_aside_and_not_encoded():
    running = Running("Hello everyone!", "test", "Is it paid?")
    assert running.session.places["q1"] == SetAside("greeting")
    assert running.session.places["q2"] == SetAside("test")
    assert running.model.encoded == ["Is it paid?"]


def test_a_new_question_never_rearranges_what_a_hand_has_touched():
    running = Running(*PAY, *DEADLINE)
    running.hand(merge(running.session, "g1", ["g2"], by="m1"))
    touched = running.session.groups["g1"].members
    running.ask(*HOUSING, *PAY, *DEADLINE)
    assert running.session.groups["g1"].members[: len(touched)] == touched
    assert list(running.groups()) == ["g1", "g3"]


def test_what_a_hand_has_joined_attracts_by_each_part():
    running = Running(*PAY, *DEADLINE)
    running.hand(merge(running.session, "g1", ["g2"], by="m1"))
    running.ask("When is the deadline, please tell us?", "Is it paid at all?")
    assert len(running.groups()["g1"]) == 7


def test_questions_follow_one_that_a_hand_has_moved():
    running = Running(*PAY, *DEADLINE, "Is it paid in dollars")
    running.hand(move(running.session, "q6", InGroup("g2"), by="m1"))
    running.ask("Is it paid in dollars")
    assert "q7" in running.session.groups["g2"].members


def test_a_split_group_stays_split():
    running = Running(*PAY, "Is it paid in dollars")
    running.hand(split(running.session, ["q4"], by="m1"))
    assert running.groups()["g2"] == ["Is it paid in dollars"]
    running.ask("Is it paid in dollars", "Is it paid?")
    assert [len(members) for members in running.groups().values()] == [4, 2]


@pytest.mark.parametrize("seed", range(20))
def test_undoing_everything_leads_back(seed: int):
    running = Running(*PAY, *DEADLINE, *HOUSING)
    before = running.session
    chance = random.Random(seed)
    done = 0
    for _ in range(12):
        wish = any_wish(chance, running.session)
        if not isinstance(wish, Refused):
            running.hand(wish)
            done += 1
    for _ in range(done):
        running.hand(undo(running.session, by="m1"))
    assert undo(running.session, by="m1") == Refused("nothing-to-undo")
    assert running.session.places == before.places
    assert running.session.strands == before.strands
    assert {group.id: set(group.members) for group in running.session.open_groups()} == {group.id: set(group.members) for group in before.open_groups()}


@pytest.mark.parametrize("seed", range(5))
def test_the_events_tell_the_whole_story(seed: int):
    running = Running(*PAY)
    chance = random.Random(seed)
    for text in (*DEADLINE, *HOUSING, "Is there parking?", *PAY):
        running.ask(text)
        wish = any_wish(chance, running.session)
        if not isinstance(wish, Refused):
            running.hand(wish)
    assert replay(running.events) == running.session
    again = Grouper(running.model.intents, running.session)
    for text in ("Is it paid?", "Is there a flat?", "Where?"):
        [understood] = understand(let_in([Raw(1, text)], secret=b"s").asked, running.model)
        assert receive(again, understood, running.model.intents) == receive(running.grouper, understood, running.model.intents)


def any_wish(chance: random.Random, session: Session) -> Moved | Chosen | Refused:
    groups, questions = [group.id for group in session.open_groups()], list(session.questions)
    some = chance.sample(questions, min(2, len(questions)))
    return (
        chance.choice(
            [
                lambda: split(session, some, by="m1"),
                lambda: merge(session, chance.choice(groups), some_of(chance, groups), by="m1"),
                lambda: move(session, some[0], chance.choice([InGroup(chance.choice(groups)), SetAside("noise")]), by="m1"),
                lambda: set_aside(session, some, "noise", by="m1"),
                lambda: choose(session, chance.choice(groups), "head", None, by="m1"),
            ]
        )()
        if groups
        else set_aside(session, some, "noise", by="m1")
    )


def some_of(chance: random.Random, groups: list[str]) -> list[str]:
    return chance.sample(groups, min(2, len(groups)))


def test_one_moderator_does_not_undo_another():
    running = Running(*PAY, *DEADLINE)
    running.hand(merge(running.session, "g1", ["g2"], by="m1"))
    running.hand(move(running.session, "q4", SetAside("noise"), by="m2"))
    assert undo(running.session, by="m1") == Refused("changed-since")
    running.hand(undo(running.session, by="m2"))
    running.hand(undo(running.session, by="m1"))
    assert [len(members) for members in running.groups().values()] == [3, 2]


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        pytest.param(lambda s: split(s, ["q1", "q2", "q3"], by="m"), "nothing-to-do", id="split off everything"),
        pytest.param(lambda s: split(s, ["q1", "q4"], by="m"), "no-such-question", id="split across groups"),
        pytest.param(lambda s: split(s, [], by="m"), "no-such-question", id="split off nothing"),
        pytest.param(lambda s: merge(s, "g1", ["g1"], by="m"), "nothing-to-do", id="merge with itself"),
        pytest.param(lambda s: merge(s, "g1", ["g9"], by="m"), "no-such-group", id="merge with nothing"),
        pytest.param(lambda s: move(s, "q9", InGroup("g1"), by="m"), "no-such-question", id="move nothing"),
        pytest.param(lambda s: move(s, "q1", InGroup("g9"), by="m"), "no-such-group", id="move nowhere"),
        pytest.param(lambda s: move(s, "q1", InGroup("g1"), by="m"), "nothing-to-do", id="move to where it is"),
        pytest.param(lambda s: choose(s, "g1", "head", "q4", by="m"), "no-such-question", id="a head from elsewhere"),
        pytest.param(lambda s: undo(s, by="m"), "nothing-to-undo", id="nothing was done"),
    ],
)
def test_what_cannot_be_is_refused(wish, why: str):
    assert wish(Running(*PAY, *DEADLINE).session) == Refused(why)


def test_an_emptied_group_comes_back_with_its_id():
    running = Running(*PAY, *DEADLINE)
    running.hand(merge(running.session, "g1", ["g2"], by="m1"))
    running.ask(*HOUSING)
    running.hand(undo(running.session, by="m1"))
    assert list(running.groups()) == ["g1", "g2", "g3"]


def test_a_session_does_not_change_under_those_who_read_it():
    running = Running(*PAY)
    before = running.session
    copy = replace(before)
    running.ask(*DEADLINE)
    assert before == copy


def test_a_hand_chooses_head_and_entry():
    running = Running(*PAY)
    running.hand(choose(running.session, "g1", "head", "q3", by="m1"))
    running.hand(choose(running.session, "g1", "entry", "duration", by="m1"))
    found = describe(running.session, running.session.groups["g1"], running.model.intents)
    assert (found.head.id, found.match.entry, found.match.confidence) == ("q3", "duration", 1.0)
    running.hand(choose(running.session, "g1", "entry", "", by="m1"))
    assert describe(running.session, running.session.groups["g1"], running.model.intents).match.entry is None


def test_a_group_is_described():
    running = Running(*PAY)
    found = describe(running.session, running.session.groups["g1"], running.model.intents)
    assert (found.match.entry, found.locales, found.urgent, found.votes) == ("stipend", ("en", "fr"), False, 3)


def test_what_the_notices_leave_open_is_a_gap_that_names_its_topic():
    running = Running(*HOUSING)
    match = match_of(list(running.session.questions.values()), running.model.intents)
    assert (match.entry, match.near) == (None, "not-in-notice/housing")


def test_the_head_is_the_clearest_question():
    running = Running("paid or what", "Hello, I was wondering about something for a long time now: is it paid at all and is that sure?", "Is the internship paid?")
    assert head_of(list(running.session.questions.values())).text == "Is the internship paid?"


def test_a_broken_portal_is_urgent_and_a_gap():
    running = Running("The portal is broken, where do I apply?")
    found = describe(running.session, running.session.open_groups()[0], running.model.intents)
    assert (found.urgent, found.match.entry, found.match.near) == (True, None, "not-in-notice/technical-problem")


def test_a_file_is_grouped_as_the_contract_says():
    data = "Question,Asker Name\nIs it paid?,Ada Example\nHello all,\nLe stage est-il rémunéré ?,\nIs it paid? When is the deadline?,\n"
    document, imported = group_file(data.encode(), SmallModel())
    assert len(imported.asked) == 4
    assert document == {
        "groups": [
            {"head": "Is it paid?", "rows": [1, 3, 4], "entry": "stipend", "confidence": pytest.approx(0.944, abs=0.01), "languages": ["en", "fr"]},
            {"head": "When is the deadline?", "rows": [4], "entry": "deadline", "confidence": pytest.approx(0.944, abs=0.01), "languages": ["en"]},
        ],
        "set_aside": [{"row": 2, "why": "greeting"}],
    }


def test_an_empty_file_is_no_groups():
    assert group_file(b"", SmallModel())[0] == {"groups": [], "set_aside": []}


def test_apply_is_all_that_changes_a_session():
    running = Running(*PAY)
    wish = split(running.session, ["q1"], by="m1")
    assert isinstance(wish, Moved)
    assert apply(running.session, wish).groups["g2"].members == ("q1",)
    assert "g2" not in running.session.groups
