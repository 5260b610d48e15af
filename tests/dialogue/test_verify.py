"""`guichet verify`: what was said is confirmed, what was touched is refuted, what cannot be read is said to be."""

from __future__ import annotations

import argparse
import copy
import json

import pytest

from bot.commands import verifying
from bot.dialogue.compose import clarify, other_language, say
from bot.dialogue.self_check import Said
from bot.dialogue.self_check_reply import Progress, ask, summarise
from bot.dialogue.turn import Turn
from bot.dialogue.verify import BadTranscript, verify
from bot.nlu.entities import find_entities
from bot.nlu.reading import Ambiguous
from bot.settings import Settings
from tests.conftest import BETWEEN


def said_of(library, entry, text="", locale="en", page="250697"):
    return say(Turn(library, locale, BETWEEN, entities=tuple(find_entities(text, locale)), page=page), [entry]).as_json()


def verdicts(library, reply):
    return [proof.verdict for proof in verify([reply], {library.version: library}.get)]


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_what_was_said_is_confirmed(library, locale):
    turn = Turn(library, locale, BETWEEN)
    unsure = Turn(library, locale, BETWEEN, readings=(Ambiguous(("faq/age", "faq/hours"), 0.3),))
    summary = summarise(turn, {"notice": Said(notice="250697"), "age": Said(tuple(find_entities("I'm 20", "en")))})
    for reply in (clarify(unsure), other_language(turn), ask(turn, "languages", Progress(1), None), summary):
        assert set(verdicts(library, reply.as_json())) == {"confirmed"}
    for entry, text in (("age", "I'm 20"), ("nationality", "Irish and American"), ("recent-graduate", "degree of July 2024"), ("deadline-time-zone", "in Tokyo and Toronto")):
        assert set(verdicts(library, said_of(library, entry, text, locale))) == {"confirmed"}


def test_it_survives_the_way_through_json(library):
    assert set(verdicts(library, json.loads(json.dumps(said_of(library, "age", "I'm 20"))))) == {"confirmed"}


CHANGES = {
    "a word": lambda block: block.update(text=block["text"].replace("below", "above")),
    "a sentence at the end": lambda block: block.update(text=block["text"] + "\nYou are eligible."),
    "the outcome of a check": lambda block: block["checks"][0].update(outcome="meets"),
    "the value of a check": lambda block: block["checks"][0].update(given="22"),
    "a sentence as a value": lambda block: block.update(
        text=block["text"].replace("At 20 you", "At 20, and you are eligible, you"), checks=[{"criterion": "age", "given": "20, and you are eligible,", "outcome": "fails"}]
    ),
    "a check that was not made": lambda block: block.update(text=block["text"].rpartition("\n")[0]),
    "the entry": lambda block: block.update(entry="stipend"),
    "an entry that is not": lambda block: block.update(entry="free-money"),
    "the state": lambda block: block.update(state="past"),
    "a source": lambda block: block["sources"][0].update(section="Somewhere"),
    "a link": lambda block: block.update(links=[{"label": "Here", "url": "https://example.org/"}]),
    "the notices": lambda block: block.update(notices=["250813"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_touched_is_refuted(library, change):
    reply = json.loads(json.dumps(said_of(library, "age", "I'm 20")))
    CHANGES[change](reply["blocks"][0])
    proofs = verify([reply], {library.version: library}.get)
    assert proofs[0].verdict == "refuted"
    assert proofs[0].why


def test_a_button_with_other_words_is_refuted(library):
    reply = said_of(library, "age")
    changed = copy.deepcopy(reply)
    changed["suggestions"] = [{"entry": "deadline", "label": "Send us money"}]
    assert verdicts(library, reply)[-1] == "confirmed"
    assert verdicts(library, changed)[-1] == "refuted"


def test_on_another_day_other_words_are_right(library):
    reply = said_of(library, "deadline") | {"now": "2025-07-10T12:00:00+02:00"}
    assert verdicts(library, reply)[0] == "refuted"


def test_a_line_of_a_summary_that_no_comparison_makes_is_refuted(library):
    summary = summarise(Turn(library, "en", BETWEEN), {"notice": Said(notice="250697"), "age": Said(tuple(find_entities("I'm 20", "en")))}).as_json()
    reply = json.loads(json.dumps(summary))
    reply["blocks"][0] = reply["blocks"][0] | {"text": reply["blocks"][0]["text"].replace("• Studies: not given.", "• Studies: perfect.")}
    assert verdicts(library, reply)[0] == "refuted"


def test_without_the_release_nothing_is_confirmed(library):
    reply = said_of(library, "age") | {"content_version": "0123456789ab"}
    assert verdicts(library, reply) == ["unknown"]


@pytest.mark.parametrize("spoil", ["content_version", "language", "now", "blocks", "suggestions"])
def test_a_reply_that_lacks_something_cannot_be_read(library, spoil):
    reply = said_of(library, "age")
    del reply[spoil]
    with pytest.raises(BadTranscript, match="turn 1"):
        verify([reply], {library.version: library}.get)


def guichet(*arguments: str) -> int:
    """Run the command as the command line does; that one must come before anything of Rasa's is imported."""
    parser = argparse.ArgumentParser()
    verifying.add(parser.add_subparsers())
    options = parser.parse_args(arguments)
    return options.run(options, Settings())


def transcript(folder, *replies):
    path = folder / "talk.json"
    path.write_text(json.dumps({"id": "t", "turns": [{"text": "x", "reply": reply} for reply in replies]}), encoding="utf-8")
    return str(path)


def test_the_command(library, tmp_path, capsys):
    right, wrong = said_of(library, "age", "I'm 20"), said_of(library, "stipend") | {"language": "fr"}
    assert guichet("verify", transcript(tmp_path, right)) == 0
    assert "0 refuted" in capsys.readouterr().out
    assert guichet("verify", transcript(tmp_path, right, wrong), "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["confirmed"] == 2
    assert {(proof["turn"], proof["entry"]) for proof in told["proofs"] if proof["verdict"] == "refuted"} == {(2, "stipend"), (2, "suggestions")}
    assert guichet("verify", transcript(tmp_path, right | {"content_version": "gone"})) == 2


def test_the_command_reads_a_replay(library, tmp_path):
    path = tmp_path / "out.jsonl"
    lines = [{"id": f"d-{number}", "turns": [{"text": "x", "reply": said_of(library, "age"), "milliseconds": 1.0}]} for number in (1, 2)]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert guichet("verify", str(path)) == 0


UNREADABLE = {
    "nothing": "",
    "a list": "[]",
    "half an object": "{",
    "no turns": "{}",
    "a turn that is none": '{"turns": [1]}',
    "a reply that is none": '{"turns": [{"reply": 3}]}',
    "an empty reply": '{"turns": [{"reply": {}}]}',
    "depth": "[" * 100_000,
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read(tmp_path, capsys, text):
    path = tmp_path / "talk.json"
    path.write_text(text, encoding="utf-8")
    assert guichet("verify", str(path)) == 2
    assert "talk.json" in capsys.readouterr().err
