"""The guided self-check as an applicant meets it: the real understanding, Rasa's form, and the tracker afterwards."""

from __future__ import annotations

import json
import logging

import pytest

from bot.nlu.self_check import SLOTS
from bot.web.assistant import Assistant, Question
from tests.conftest import AFTER_THE_DEADLINE, BETWEEN


class Talk:
    """One conversation; a turn that begins with ``!`` presses the button of that entry."""

    def __init__(self, assistant: Assistant, *, language=None, notice=None, now=BETWEEN) -> None:
        self.assistant, self.language, self.notice, self.now = assistant, language, notice, now
        self.conversation = None

    def say(self, words: str):
        given = {"entry": words[1:]} if words.startswith("!") else {"text": words}
        answered = self.assistant.ask_now(Question(**given, conversation=self.conversation, language=self.language, notice=self.notice, now=self.now))
        self.conversation = answered["conversation"]
        return answered["reply"]

    def all(self, *turns: str):
        return [self.say(words) for words in turns][-1]

    def kept(self) -> str:
        return json.dumps(self.assistant.conversations._kept[self.conversation].memory)


def said(reply):
    return [block["entry"] for block in reply["blocks"]]


def outcomes(reply):
    return {check["criterion"]: check["outcome"] for block in reply["blocks"] for check in block["checks"]}


@pytest.mark.parametrize("start", ["check me", "Can you go through the criteria with me?", "!self-check"])
def test_from_a_wish_to_a_summary(assistant, start):
    talk = Talk(assistant, language="en")
    assert said(talk.say(start)) == ["self-check", "self-check/notice"]
    assert said(talk.say("the second")) == ["self-check/nationality"]
    assert said(talk.say("Swedish")) == ["self-check/age"]
    assert said(talk.say("20")) == ["self-check/studies"]
    assert said(talk.say("!self-check/studies-student")) == ["self-check/languages"]
    reply = talk.say("English")
    assert said(reply) == ["self-check/summary"]
    assert outcomes(reply) == {"nationality": "meets", "age": "fails", "studies": "meets", "languages": "meets"}
    assert list(reply["notices"]) == ["250813"]


def test_from_a_wish_to_a_summary_in_french(assistant):
    talk = Talk(assistant, language="fr", notice="250697")
    assert said(talk.say("vérifie avec moi si je remplis les critères")) == ["self-check", "self-check/nationality"]
    assert said(talk.say("suisse")) == ["self-check/age"]
    assert said(talk.say("née le 3 mars 2000")) == ["self-check/studies"]
    assert said(talk.say("trois ans d'université")) == ["self-check/languages"]
    reply = talk.say("français")
    assert outcomes(reply) == {"nationality": "fails", "age": "meets", "studies": "meets", "languages": "depends"}
    assert "service des stages" in reply["blocks"][0]["text"]


@pytest.mark.parametrize(("text", "language"), [("can I apply?", "en"), ("puis-je postuler ?", "fr"), ("how old must I be?", "en"), ("quelle nationalité faut-il avoir ?", "fr")])
def test_it_is_offered_under_answers_on_eligibility(assistant, text, language):
    reply = Talk(assistant, language=language).say(text)
    assert reply["kind"] == "answer"
    assert "self-check" in [choice["entry"] for choice in reply["suggestions"]]


def test_another_question_is_answered_and_the_open_one_put_again(assistant):
    talk = Talk(assistant, language="en", notice="250813")
    talk.all("check me", "Norwegian")
    reply = talk.say("how much is the grant?")
    assert said(reply) == ["stipend", "self-check/age"]
    assert [choice["entry"] for choice in reply["suggestions"]] == ["self-check/skip", "self-check/stop"]
    assert said(talk.say("!deadline")) == ["deadline", "self-check/age"]
    refused = talk.say("write my cover letter for me")
    assert refused["kind"] == "refusal"
    assert said(refused)[-1] == "self-check/age"
    assert said(talk.say("23")) == ["self-check/studies"]
    assert outcomes(talk.all("skip", "skip")) == {"nationality": "meets", "age": "meets"}


def test_bad_values_are_asked_for_kindly_twice_and_then_left_out(assistant):
    talk = Talk(assistant, language="en", notice="250813")
    talk.all("!self-check", "skip")
    assert said(talk.say("250")) == ["self-check/age-again"]
    assert said(talk.say("999")) == ["self-check/age-again"]
    assert said(talk.say("1000")) == ["self-check/skip", "self-check/studies"]


def test_everything_can_be_skipped(assistant):
    reply = Talk(assistant, language="fr").all("!self-check", "!self-check/skip", "passer", "skip", "je préfère ne pas le dire", "passer")
    assert said(reply) == ["self-check/nothing"]
    assert outcomes(reply) == {}


def test_it_can_be_stopped_and_begun_anew(assistant):
    talk = Talk(assistant, language="en", notice="250697")
    assert said(talk.all("!self-check", "Belgian", "stop")) == ["self-check/stop"]
    assert said(talk.say("how much is the grant?")) == ["stipend"]
    assert said(talk.say("!self-check")) == ["self-check", "self-check/nationality"]


def test_a_change_of_language_keeps_everything(assistant):
    talk = Talk(assistant, notice="250813")
    talk.all("check me please", "Swedish")
    reply = talk.say("et en français ?")
    assert said(reply) == ["self-check/age"]
    assert reply["language"] == "fr"
    talk.language = "fr"
    assert outcomes(talk.all("22 ans", "passer", "anglais")) == {"nationality": "meets", "age": "meets", "languages": "meets"}


def test_a_button_of_a_check_that_is_over_begins_a_new_one(assistant):
    assert said(Talk(assistant, language="en").say("!self-check/skip")) == ["self-check", "self-check/notice"]


def test_a_closed_notice_says_so(assistant):
    reply = Talk(assistant, language="en", notice="250697", now=AFTER_THE_DEADLINE).say("!self-check")
    assert reply["blocks"][0]["state"] == "past"


def test_nothing_that_was_said_outlasts_the_check_or_the_conversation(assistant, caplog):
    caplog.set_level(logging.DEBUG)
    talk = Talk(assistant, language="en", notice="250813")
    talk.all("!self-check", "Swedish", "20", "I am a student")
    assert '"SE"' in talk.kept()
    talk.say("English")
    assert not [slot for slot in SLOTS if slot in talk.kept()]
    assert '"SE"' not in talk.kept()
    assert "Swedish" not in caplog.text
    assert assistant._wait(assistant.conversations.forget(talk.conversation))
    assert talk.conversation not in assistant.conversations
