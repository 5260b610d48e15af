"""Every parser ends, with values or with its own error that says where: whatever the file."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content import FAQ
from bot.content.document import Document, parse_document
from bot.content.notice_import import import_notice
from bot.content.problem import Problem
from bot.content.reader import Reader
from bot.evaluation.cases import Known
from bot.evaluation.reading_cases import BadCases, read_cases
from bot.records.database import Database
from bot.settings import Settings
from bot.web.app import make_app
from bot.web.replay import BadLine, read_conversations
from bot.webinar.reading_in.read import read_in
from tests.conftest import BETWEEN
from tests.fuzz.conftest import CASES
from tests.fuzz.hostile import joined, texts, values
from tests.web.guarding.fake import Speaking

PATIENT = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
Count = Callable[[], None]
NOTICE = (FAQ / "notices" / "250697.yaml").read_text(encoding="utf-8")
DOCUMENTS = sorted(path for folder in ("entries", "criteria", "notices") for path in (FAQ / folder).rglob("*.yaml"))


@PATIENT
@given(text=st.one_of(texts, st.lists(st.one_of(texts, st.sampled_from(NOTICE.splitlines())), max_size=20).map("\n".join)))
def test_any_text_is_a_notice_or_none(text: str, count: Count):
    count()
    imported = import_notice(text)
    assert all(fact.line >= 1 for fact in imported.facts)


@PATIENT
@given(
    text=st.one_of(
        texts, st.binary(max_size=300).map(lambda raw: raw.decode("latin-1")), values.map(lambda value: yaml.safe_dump(value, allow_unicode=True) if _plain(value) else "x")
    )
)
def test_any_yaml_is_a_document_or_a_problem(text: str, count: Count):
    count()
    assert isinstance(parse_document(text, file="x.yaml"), Document | Problem)


def _plain(value: object) -> bool:
    try:
        yaml.safe_load(yaml.safe_dump(value))
    except (yaml.YAMLError, UnicodeEncodeError, ValueError):
        return False
    return True


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 190_000, id="depth that ends the process"),
        pytest.param("{a: " * 40_000, id="depth of mappings"),
        pytest.param("a: &a [*a]", id="an alias of itself"),
        pytest.param("a: &a [x,x,x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1 if n > 1 else ''},*a{n - 1 if n > 1 else ''}]\n" for n in range(1, 60)), id="a billion laughs"),
        pytest.param("a: !!python/object/apply:os.system [id]", id="a Python tag"),
        pytest.param("a: !!binary x", id="a binary tag"),
        pytest.param("id: 0x1F", id="another base"),
        pytest.param("a: " + "9" * 9_999, id="a long number"),
    ],
)
def test_yaml_made_to_break_is_a_problem(text: str):
    assert isinstance(parse_document(text, file="x.yaml"), Problem)


@PATIENT
@given(data=st.data())
def test_any_mutation_of_the_content_is_read_or_told(data: st.DataObject, tmp_path_factory, count: Count):
    """A value anywhere in a real file gives way to any other: faults are told with their line, nothing is raised."""
    count()
    path = data.draw(st.sampled_from(DOCUMENTS))
    whole = yaml.safe_load(path.read_text(encoding="utf-8").replace("=", "-"))
    ways = list(_ways(whole))
    for _ in range(data.draw(st.integers(1, 3))):
        _put(whole, data.draw(st.sampled_from(ways)), data.draw(values.filter(_plain)))
    root = _copied(tmp_path_factory)
    target = root / path.relative_to(FAQ)
    before = target.read_bytes()
    try:
        target.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
        reader = Reader(root)
        reader.library()
        assert all(problem.line >= 1 for problem in reader.problems)
    finally:
        target.write_bytes(before)


_copies: dict[str, Path] = {}


def _copied(factory) -> Path:
    if "faq" not in _copies:
        _copies["faq"] = factory.mktemp("content") / "faq"
        shutil.copytree(FAQ, _copies["faq"])
    return _copies["faq"]


def _ways(value: Any, way: tuple[Any, ...] = ()) -> Any:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inside in items:
        yield (*way, key)
        yield from _ways(inside, (*way, key))


def _put(whole: Any, way: tuple[Any, ...], value: object) -> None:
    for key in way[:-1]:
        try:
            whole = whole[key]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(whole, dict | list) and (isinstance(whole, dict) or (isinstance(way[-1], int) and way[-1] < len(whole))):
        whole[way[-1]] = value


CELLS = st.one_of(texts, st.sampled_from(['"', '""', "=1+1", "+1", "-1", "@x", "\t", "2025-06-11 15:00", "Question", "Asker Name", "Upvotes", "7"]))


@PATIENT
@given(
    rows=st.lists(st.lists(CELLS, max_size=6), max_size=12), delimiter=st.sampled_from([",", ";", "\t", "|"]), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
)
def test_any_table_of_questions_is_read(rows: list[list[str]], delimiter: str, encoding: str, count: Count):
    count()
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, escapechar="\\").writerows([["Question", "Asker Name"], *rows])
    imported = read_in(written.getvalue().encode(encoding, "replace"), secret=b"s")
    assert [asked.number for asked in imported.asked] == list(range(1, len(imported.asked) + 1))


@PATIENT
@given(document=values)
def test_any_json_of_questions_is_read(document: object, count: Count):
    count()
    imported = read_in(json.dumps(document).encode(), secret=b"s")
    assert imported.asked or imported.faults


@PATIENT
@given(lines=st.lists(st.one_of(values.map(json.dumps), texts), max_size=5))
def test_any_replay_is_read_or_named_by_its_line(lines: list[str], tmp_path_factory, count: Count):
    count()
    path = tmp_path_factory.mktemp("replay") / "in.jsonl"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    assert _refusal(BadLine, lambda: read_conversations(path)) in {None, True}


def _refusal(kind: type[Exception], read: Callable[[], object]) -> bool | None:
    """Return None where `read` reads, else whether its own error names the file."""
    try:
        read()
    except kind as error:
        return ".jsonl" in str(error)
    return None


@PATIENT
@given(lines=st.lists(st.one_of(values.map(json.dumps), texts), max_size=5))
def test_any_golden_file_is_read_or_named(lines: list[str], tmp_path_factory, library, count: Count):
    count()
    path = tmp_path_factory.mktemp("golden") / "questions.jsonl"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    assert _refusal(BadCases, lambda: read_cases([path], Known.of(library))) in {None, True}


@settings(max_examples=max(3, CASES // 20), deadline=None, suppress_health_check=list(HealthCheck))
@given(cookies=st.lists(joined, min_size=10, max_size=20))
def test_any_cookie_is_nobody(cookies: list[str], library, tmp_path_factory, count: Count):
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('records') / 'guichet.db'}")
    database.upgrade()
    chosen = Settings(now=BETWEEN)
    speaking = Speaking(library, chosen)

    async def visit() -> None:
        async with TestClient(TestServer(make_app(speaking, chosen, database))) as client:
            for cookie in cookies:
                count()
                value = cookie.encode("utf-8", "replace").decode("latin-1").translate(dict.fromkeys((*range(32), 127, ord(";"), ord(","))))[:3_000]
                response = await client.get("/login", headers={"Cookie": f"guichet={value}; guichet_form={value}"})
                assert response.status == 200
                assert 'name="password"' in await response.text()

    asyncio.run(visit())
    speaking.close()
    database.close()
