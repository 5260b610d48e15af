"""A draft is tried on the way that messages take: the words are the draft's, and what changes is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.library import load_library
from bot.content.release import with_changes
from bot.nlu.reading import Candidate
from bot.web.assistant import Question
from bot.web.publishing.examiner import Examiner
from bot.web.publishing.known import known_phrasings
from bot.web.publishing.outcomes import HeldBack, Published
from bot.web.publishing.probes import Probe, golden_probes, known_probes, own_probes
from bot.web.publishing.stored import Stored
from bot.web.publishing.training import falls_behind
from bot.web.publishing.trial import Figure
from bot.web.publishing.trying import try_question
from tests.conftest import AFTER_THE_DEADLINE, BEFORE_THE_SESSION
from tests.web.publishing.conftest import HOURS, reword
from tests.web.publishing.test_publisher import ENGLISH, reword_both

ASKED = "How many hours a week do interns work?"


def test_a_draft_is_asked_and_answers_in_its_own_words(assistant, desk):
    reword_both(desk)
    before = assistant.library
    tried = try_question(assistant, desk.review().library, Question(ASKED, language="en"), known_phrasings())
    assert ENGLISH[1] in tried.reply["blocks"][0]["text"]
    assert assistant.library is before
    assert ENGLISH[0] in assistant.ask_now(Question(ASKED, language="en"))["reply"]["blocks"][0]["text"]


def test_the_ranking_says_why(assistant, desk):
    tried = try_question(assistant, desk.review().library, Question("how many hours per week do we work", language="en"), known_phrasings())
    first = tried.ranking[0]
    assert first.entry == "hours"
    assert first.confidence > 0.5
    assert first.meaning > 0.5
    assert first.words > 0.1
    assert first.likeness > 70
    assert "hours" in first.nearest
    assert [one.confidence for one in tried.ranking] == sorted((one.confidence for one in tried.ranking), reverse=True)


def test_a_draft_is_tried_on_a_chosen_day_and_notice(assistant, desk):
    library = desk.review().library
    said = [
        try_question(assistant, library, Question(entry="deadline", language="fr", notice="250697", now=day)).reply["blocks"][0] for day in (BEFORE_THE_SESSION, AFTER_THE_DEADLINE)
    ]
    assert [block["state"] for block in said] == ["current", "past"]
    assert {source["notice"] for block in said for source in block["sources"]} == {"250697"}


def test_a_new_entry_of_a_draft_can_be_shown(assistant, desk):
    form = {"id": "lunch", "topic": "conditions", "review_by": "2032-01-01", "question": {"en": "Is lunch included?", "fr": "Le repas est-il compris\u00a0?"}}
    desk.save_form("entries/lunch.yaml", {**form, "answers": [{"en": "The notice does not say.", "fr": "L’avis ne le dit pas."}]}, revision=0, by="edith")
    tried = try_question(assistant, desk.review().library, Question(entry="lunch", language="fr"))
    assert tried.reply["blocks"][0]["text"] == "L’avis ne le dit pas."


def test_all_is_tested_against_the_live_release(assistant, desk):
    found = desk.live()
    reword(desk, HOURS, *ENGLISH)
    probes = [
        *(probe for probe in own_probes(found.library) if probe.wanted[0] in {"hours", "stipend", "grade"}),
        Probe("How much is the pay and what is the grade?", "en", ("stipend", "grade")),
    ]
    told = []
    trial = Examiner(assistant).test_all(found.library, desk.review().library, probes, lambda *said: told.append(said))
    assert trial.figures["question"] == {locale: Figure(3, 3, 3) for locale in ("en", "fr")}
    assert trial.figures["golden"] == {"en": Figure(1, 1, 1)}
    assert trial.turned == ()
    assert trial.reworded == {"hours": 1}
    assert trial.shortfalls(0) == ()
    assert told[-1] == ("live", 7, 7)  # words only: no question can be answered by another entry


def test_an_entry_taken_away_is_told_and_holds_the_release_back(assistant, desk):
    found = desk.live()
    without = load_library(with_changes(found.documents, {HOURS: None}))
    probes = [replace(probe, origin="golden") for probe in own_probes(found.library) if probe.wanted[0] in {"hours", "stipend"}]
    trial = Examiner(assistant).test_all(found.library, without, probes)
    assert {turned.probe.wanted for turned in trial.turned} == {("hours",)}
    assert {turned.better for turned in trial.turned} == {False}
    assert len(trial.shortfalls(1)) == 2
    assert trial.shortfalls(50) == ()


class FakeEars:
    """Says one entry in every library but those of a version that it gets wrong."""

    ready, model = True, "m"

    def __init__(self, wrong_with: str = "") -> None:
        self.wrong_with, self.asked = wrong_with, 0

    def parts(self):
        return {}

    def try_now(self, question, library):
        self.asked += 1
        phrasings = {text for entry in library.entries.values() for texts in entry.phrasings.values() for text in texts}
        entry = "stipend" if self.wrong_with in phrasings else "hours"
        return {"reply": {"kind": "answer", "blocks": [{"entry": entry, "text": "words"}]}}


PROBES = [Probe(f"question {number}", "en", ("hours",)) for number in range(100)]


@pytest.mark.parametrize(("margin", "end"), [(99, HeldBack), (100, Published)])
def test_figures_that_fall_further_than_the_margin_hold_it_back(service, desk, publisher, margin, end):
    desk.save_form(HOURS, {"phrasings": {"en": ["a phrasing that takes all the questions away"]}}, revision=0, by="edith")
    ears = FakeEars("a phrasing that takes all the questions away")
    publisher.measure = Examiner(ears).gate(lambda: service.live.library, lambda: PROBES, margin)
    held = publisher.publish(by="edith", why="")
    assert isinstance(held, end)
    if isinstance(held, HeldBack):
        assert held.shortfalls == ("en: 100.0 % → 0.0 %",)


def test_a_release_of_words_only_is_not_measured(service, desk, publisher):
    reword_both(desk)
    ears = FakeEars()
    publisher.measure = Examiner(ears).gate(lambda: service.live.library, lambda: PROBES, 0)
    assert isinstance(publisher.publish(by="edith", why=""), Published)
    assert ears.asked == 0


def test_what_the_live_release_says_is_asked_once(desk):
    ears, found = FakeEars(), desk.live()
    examiner = Examiner(ears)
    examiner.test_all(found.library, found.library, PROBES)
    examiner.test_all(found.library, found.library, PROBES)
    assert ears.asked == 100  # the draft says what the live release says: it is the same


def test_what_a_draft_said_is_what_the_release_made_of_it_says(desk, publisher):
    desk.save_form(HOURS, {"phrasings": {"en": ["shall I work long?"]}}, revision=0, by="edith")
    ears, before = FakeEars("nothing"), desk.live()
    examiner = Examiner(ears)
    examiner.test_all(before.library, desk.drafted(), PROBES)
    publisher.publish(by="edith", why="")
    examiner.test_all(desk.live().library, desk.live().library, PROBES)
    assert ears.asked == 200


def test_a_draft_of_words_only_is_not_asked_again(desk):
    ears, found = FakeEars(), desk.live()
    reword_both(desk)
    trial = Examiner(ears).test_all(found.library, desk.drafted(), PROBES)
    assert ears.asked == 100
    assert trial.reworded == {"hours": 100}


def test_every_stored_phrasing_is_ranked_before_and_after(assistant, desk):
    found, known = desk.live(), [one for one in known_phrasings() if one.entry in {"hours", "stipend"}]
    desk.save("entries/hours.yaml", None, revision=0, by="edith")
    said = []
    ranked = Stored(lambda: known).ranked(assistant.model, assistant.parts(), (found.library, desk.drafted()), lambda *step: said.append(step))
    assert {locale: one.asked for locale, one in ranked.figures.items()} == {locale: sum(one.locale == locale for one in known) for locale in ("en", "fr")}
    assert all(one.before > 0.95 * one.asked for one in ranked.figures.values())
    assert {probe.wanted for probe in ranked.turned} >= {("hours",)}
    assert all(one.after < 0.7 * one.asked for one in ranked.figures.values())
    assert said[-1] == ("stored", len(known), len(known))


def test_without_a_model_of_ours_stored_phrasings_are_left_out(desk):
    library = desk.live().library
    assert set(Examiner(FakeEars(), Stored(known_phrasings)).test_all(library, library, PROBES, whole=True).figures) == {"golden"}


def test_the_known_questions_are_there_in_both_languages(desk):
    library = desk.live().library
    assert {probe.locale for probe in golden_probes()} == {"en", "fr"}
    assert all(entry in library.entries for probe in golden_probes() for entry in probe.wanted)
    assert {probe.wanted[0] for probe in known_probes(known_phrasings(), {"hours"})} == {"hours"}
    assert len(list(known_probes(known_phrasings()))) > 10_000
    phrased = replace(library, entries={"hours": replace(library.entries["hours"], phrasings={"fr": ("Combien ?",)})})
    assert [probe.text for probe in own_probes(phrased)][-1] == "Combien ?"


@pytest.mark.parametrize(("wrong", "told"), [(0, False), (3, False), (4, True)])
def test_a_model_that_falls_behind_the_one_before_is_not_served(wrong, told):
    def ranks(first_right: int):
        return lambda text: [Candidate("faq/hours" if int(text.split()[1]) >= first_right else "faq/stipend", 0.9)]

    assert bool(falls_behind(ranks(wrong), ranks(0), PROBES)) is told
