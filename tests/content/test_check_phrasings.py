"""Phrasings too close to another entry's are named, with how close."""

from bot.content.check import Phrasing, close_phrasings, close_to
from tests.content.small_content import ENTRY, checked, entry, rules

HOURS = Phrasing("hours", "en", "How many hours a week do I work?", "en/hours.yml", 3)
TWIN = Phrasing("schedule", "en", "how many hours a week do I work", "en/schedule.yml", 9)
NEAR = Phrasing("schedule", "en", "How many hours per week do I work?", "en/schedule.yml", 10)
FAR = Phrasing("schedule", "en", "Is there a lunch break?", "en/schedule.yml", 11)
FRENCH = Phrasing("schedule", "fr", "How many hours a week do I work?", "fr/schedule.yml", 1)


def test_the_same_words_under_two_entries_are_a_fault(tmp_path):
    [problem] = checked(tmp_path, phrasings=[HOURS, TWIN, FAR, FRENCH])
    assert problem.severity == "fault"
    assert "100 of 100" in problem.message
    assert {HOURS.file, TWIN.file} <= {problem.file, *problem.message.replace("(", " ").replace(":", " ").split()}


def test_close_words_are_a_matter_of_style(tmp_path):
    [problem] = checked(tmp_path, phrasings=[HOURS, NEAR])
    assert problem.severity == "style"


def test_one_entry_may_say_it_twice():
    assert list(close_phrasings([TWIN, Phrasing("schedule", "en", "How many hours a week do I work?", "x")])) == []


def test_nothing_close_is_missed_among_many_of_all_lengths():
    many = [Phrasing(f"entry-{index % 7}", "en", f"{'word ' * (index % 40)}number {index:05}?", "x") for index in range(1500)]
    pairs = list(close_phrasings([*many, HOURS, NEAR]))
    assert any({pair.first, pair.second} == {HOURS, NEAR} for pair in pairs)


def test_what_is_being_typed_is_compared_with_the_other_entries():
    assert [pair.second for pair in close_to("how many hours per week do i work", "hours", [HOURS, NEAR, FAR])] == [NEAR]


def own(**phrasings: list[str]) -> dict:
    return entry(phrasings=phrasings)


def test_an_editors_phrasing_is_held_against_what_is_known(tmp_path):
    [problem] = checked(tmp_path, own(en=["How many hours a week do I work?"]), known=[HOURS, FAR])
    assert (problem.severity, problem.rule, problem.file, problem.entry) == ("fault", "close-phrasing", "entries/pay.yaml", "pay")
    assert problem.line > 1


def test_an_editors_phrasing_is_held_against_other_entries_questions(tmp_path):
    other = entry(id="other", question={"en": "Are there any days of leave?", "fr": "Y a-t-il des congés\u00a0?"}, phrasings={"en": ["is there a grant"]})
    [problem] = checked(tmp_path, ENTRY, other)
    assert "«pay»" in problem.message


def test_what_is_known_is_not_compared_with_itself(tmp_path):
    assert checked(tmp_path, known=[HOURS, TWIN]) == []


def test_the_same_phrasing_twice_in_an_entry_is_a_matter_of_style(tmp_path):
    [problem] = checked(tmp_path, own(fr=["Des sous ?", "des sous"]))
    assert (problem.rule, problem.severity, problem.language) == ("same-phrasing", "style", "fr")


def test_phrasings_that_are_no_list_of_texts_are_a_fault(tmp_path):
    for wrong in (["Money?"], {"en": "Money?"}, {"en": [""]}, {"de": ["Geld?"]}, {"en": ["x" * 301]}, {"en": [{"a": "b"}]}):
        assert "phrasings" in rules(checked(tmp_path, entry(phrasings=wrong)), "fault")
