"""What is noted of messages: what counts, what is kept scrubbed, and that no answer waits for it or breaks by it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.nlu.reading import Candidate
from bot.nlu.repeats import remembering
from bot.records import counts, missed
from bot.records.counts import Counted
from bot.records.database import Database
from bot.settings import Settings
from bot.web.app import make_app
from bot.web.assistant import Assistant, AssistantDown, Question
from bot.web.noting.notes import Missed, Note, of_feedback, of_reply
from bot.web.noting.recorder import RECORDER, Recorder
from bot.web.noting.tasks import erase
from tests.conftest import BETWEEN

TODAY = BETWEEN.date()
MESSAGES, FEEDBACK = "/api/v1/messages", "/api/v1/feedback"


def reply(kind: str, *entries: str, language: str = "en") -> dict[str, Any]:
    return {"kind": kind, "language": language, "blocks": [{"entry": entry} for entry in entries], "suggestions": []}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        pytest.param(reply("answer", "stipend"), None, id="answered"),
        pytest.param(reply("clarify"), "clarify", id="asked back"),
        pytest.param(reply("not_in_notice", "not-in-notice/arrival"), "not_in_notice", id="not in the notices"),
        pytest.param(reply("out_of_scope", "out-of-scope"), "out_of_scope", id="something else"),
        pytest.param(reply("out_of_scope", "other-language"), None, id="a language that is not served"),
        pytest.param(reply("answer", "stipend", "not-in-notice/arrival"), "not_in_notice", id="one of two answered"),
        pytest.param(reply("refusal", "write-my-application"), None, id="refused"),
        pytest.param(reply("smalltalk", "greeting"), None, id="small talk"),
    ],
)
def test_what_is_a_missed_question(library, said, kind):
    note = of_reply("May I?", said, library, day=TODAY)
    assert note.missed == (Missed("May I?", "en", kind) if kind else None)
    assert of_reply(None, said, library, day=TODAY).missed is None
    assert note.counted[0] == Counted(TODAY, "en", said["kind"])


def test_a_reply_counts_once_and_each_of_its_blocks(library):
    note = of_reply("?", reply("answer", "stipend", "hours", language="fr"), library, day=TODAY)
    topics = {entry: library.entries[entry].topic for entry in ("stipend", "hours")}
    assert note.counted == (Counted(TODAY, "fr", "answer"), *(Counted(TODAY, "fr", "answer", topic, entry) for entry, topic in topics.items()))


@pytest.mark.parametrize(("helpful", "text", "kept"), [(True, "May I?", False), (False, "May I?", True), (False, None, False)])
def test_only_a_thumb_down_keeps_the_question(library, helpful, text, kept):
    note = of_feedback("stipend", text, "en", library, helpful=helpful, day=TODAY)
    assert (note.missed is not None) == kept
    assert note.counted[0].what == ("helpful" if helpful else "unhelpful")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'guichet.db'}", busy_milliseconds=20)
    database.upgrade()
    yield database
    database.close()


def kept(database: Database) -> tuple[missed.MissedQuestion, ...]:
    with database.read() as connection:
        return missed.waiting(connection)


def number(database: Database) -> int:
    with database.read() as connection:
        return sum(counts.between(connection, TODAY, TODAY).values())


def stored(database: Database) -> bytes:
    return b"".join(path.read_bytes() for path in Path(database.url.database).parent.iterdir() if path.is_file())


async def ranked(text: str) -> list[Candidate]:
    return [Candidate("faq/stipend", 0.41234), Candidate("not-in-notice/arrival", 0.2), Candidate("faq/hours", 0.1), Candidate("faq/age", 0.05)]


async def down(text: str) -> list[Candidate]:
    raise AssistantDown


NOTE = Note(TODAY, (Counted(TODAY, "en", "clarify"),), Missed("My name is Xenia Xylo, xenia@example.org: may I bring my dog?", "en", "clarify"))


async def test_what_is_kept_is_scrubbed_and_ranked(database):
    recorder = Recorder(database, ranked)
    recorder.note(NOTE)
    await recorder.flush()
    (question,) = kept(database)
    assert "xenia" not in question.text.lower()
    assert "dog" in question.text
    assert question.ranking == (("stipend", 0.412), ("not-in-notice/arrival", 0.2), ("hours", 0.1))
    assert b"xenia" not in stored(database).lower()


async def test_without_a_ranking_a_question_is_kept_all_the_same(database):
    recorder = Recorder(database, down)
    recorder.note(NOTE)
    await recorder.flush()
    assert kept(database)[0].ranking == ()


async def test_notes_wait_for_a_locked_database_and_nothing_is_lost_or_doubled(database, caplog):
    recorder, other = Recorder(database, ranked), Database(str(database.url))
    recorder.note(NOTE)
    with other.begin():
        await recorder.flush()
        await recorder.flush()
        assert recorder.waiting == 1
    await recorder.flush()
    assert (recorder.waiting, recorder.lost, number(database)) == (0, 0, 1)
    assert caplog.text.count("records unavailable") == 1
    assert "dog" not in caplog.text
    other.close()


async def test_what_does_not_fit_is_counted_as_lost(database):
    recorder = Recorder(database, ranked, most=3)
    for _ in range(5):
        recorder.note(NOTE)
    assert (recorder.waiting, recorder.lost) == (3, 2)
    await recorder.flush()
    assert number(database) == 3


async def test_a_note_that_cannot_be_written_stops_no_other(database, caplog):
    recorder = Recorder(database, ranked)
    recorder.note(Note(TODAY, (), Missed("secret dog", "xx", "clarify")))  # type: ignore[arg-type]
    await recorder.flush()
    recorder.note(NOTE)
    await recorder.flush()
    assert (recorder.lost, number(database)) == (1, 1)
    assert "secret dog" not in caplog.text


async def test_what_waits_is_written_when_the_server_ends(database):
    recorder = Recorder(database, down)
    recorder.note(NOTE)
    recorder.stop()
    await recorder.run()
    assert number(database) == 1


class Parrot(Assistant):
    """Answers everything in the same way; no model."""

    async def ask(self, question: Question) -> dict[str, Any]:
        return {"conversation": "c", "reply": reply("clarify")}

    async def rank(self, text: str) -> list[Candidate]:
        return await ranked(text)


@pytest.fixture
async def client(library, database) -> AsyncIterator[TestClient[Any, Any]]:
    settings = Settings(now=BETWEEN)
    parrot = Parrot(library, settings, lambda: BETWEEN)
    async with TestClient(TestServer(make_app(parrot, settings, database))) as client:
        yield client
    parrot.close()


async def test_a_message_is_noted_after_its_reply(client, database):
    await client.post(MESSAGES, json={"text": "May I bring my dog?", "conversation": "very-own-conversation"})
    await client.app[RECORDER].flush()
    assert [question.text for question in kept(database)] == ["May I bring my dog?"]
    assert b"very-own-conversation" not in stored(database)


async def test_a_message_sent_again_is_noted_once(client, database):
    for _ in range(3):
        await client.post(MESSAGES, json={"text": "May I bring my dog?"}, headers={"Idempotency-Key": "one"})
    await client.app[RECORDER].flush()
    assert number(database) == 1


async def test_a_locked_database_neither_delays_nor_breaks_an_answer(client, database):
    other = Database(str(database.url))
    with other.begin():
        statuses = [(await client.post(MESSAGES, json={"text": "May I bring my dog?"})).status for _ in range(5)]
        await client.app[RECORDER].flush()
    assert statuses == [200] * 5
    await client.app[RECORDER].flush()
    assert number(database) == 5
    other.close()


async def test_a_thumb_down_keeps_the_question_and_a_thumb_up_nothing(client, database):
    question = {"entry": "stipend", "question": "How much for the dog?", "language": "fr"}
    assert (await client.post(FEEDBACK, json={**question, "helpful": True})).status == 204
    await client.app[RECORDER].flush()
    assert kept(database) == ()
    assert (await client.post(FEEDBACK, json={**question, "helpful": False})).status == 204
    await client.app[RECORDER].flush()
    assert [(one.text, one.locale, one.kinds) for one in kept(database)] == [("How much for the dog?", "fr", ("unhelpful",))]


@pytest.mark.parametrize("question", [5, ["x"], {"a": 1}, True])
async def test_feedback_with_a_question_that_is_no_text_is_refused(client, question):
    assert (await client.post(FEEDBACK, json={"entry": "stipend", "helpful": False, "question": question})).status == 400


async def test_feedback_is_limited_like_messages(client):
    statuses = [(await client.post(FEEDBACK, json={"entry": "stipend", "helpful": True})).status for _ in range(31)]
    assert statuses == [204] * 30 + [429]


async def test_the_server_erases_by_the_clock_when_it_starts(library, database):
    old = BETWEEN.date() - timedelta(days=91)
    with database.begin() as connection:
        missed.keep(connection, missed.Asked("Old?", "en", "clarify"), day=old)
        missed.keep(connection, missed.Asked("New?", "en", "clarify"), day=old + timedelta(days=1))
    settings = Settings(now=BETWEEN)
    parrot = Parrot(library, settings, lambda: BETWEEN)
    async with TestClient(TestServer(make_app(parrot, settings, database))) as client:
        await erase(client.app)
        assert [question.text for question in kept(database)] == ["New?"]
    parrot.close()


async def test_what_is_remembered_of_messages_goes_with_the_clock_too(client):
    found: list[str] = []
    find = remembering(found.append)
    for _ in range(2):
        find("asked")
        await erase(client.app)
    assert found == ["asked", "asked"]


async def test_a_database_that_is_away_is_erased_later(client, database, caplog):
    other = Database(str(database.url))
    with other.begin():
        await erase(client.app)
    assert "nothing erased" in caplog.text
    other.close()
