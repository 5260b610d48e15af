"""Log lines: one a record, whatever a value holds; JSON by a setting."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web.observing.logs import AsJson, OneLine, without_bytes
from tests.web.guarding.test_slow_clients import talk


def record(words: str, *values: object, error: bool = False) -> logging.LogRecord:
    return logging.LogRecord("guichet.test", logging.INFO, __file__, 1, words, values, sys.exc_info() if error else None)


def test_keys_become_members():
    line = json.loads(AsJson().format(record("answered kind=%s entries=%s seconds=%.2f", "answer", "hours,age", 0.25)))
    assert (line["event"], line["kind"], line["entries"], line["seconds"]) == ("answered", "answer", "hours,age", 0.25)
    assert (line["level"], line["logger"]) == ("info", "guichet.test")


def test_a_key_cannot_take_the_place_of_the_record_s_own():
    assert json.loads(AsJson().format(record("odd level=%s", "none")))["level"] == "info"


def test_words_without_keys_are_the_event():
    assert json.loads(AsJson().format(record("three %s", "blind mice")))["event"] == "three blind mice"


@pytest.mark.parametrize("form", [AsJson(), OneLine("%(message)s")], ids=["json", "text"])
@pytest.mark.parametrize("hostile", ["a\nINFO forged", "a\r\nforged", "a\x1b[2Kforged", "a\x85forged", "a\u2028forged"])
def test_a_value_never_begins_a_line(form, hostile):
    line = form.format(record("seen key=%s", hostile))
    assert len(line.splitlines()) == 1 or isinstance(form, AsJson)
    assert "\n" not in line
    assert "\x1b" not in line


def test_a_traceback_is_kept():
    try:
        int("a fault of ours")
    except ValueError:
        line = json.loads(AsJson().format(record("failed route=%s", "none", error=True)))
    assert "a fault of ours" in line["traceback"]


@pytest.mark.parametrize("form", [AsJson(), OneLine("%(message)s")], ids=["json", "text"])
def test_a_traceback_quotes_nothing_and_forges_no_line(form):
    words = "my name is Ada\nINFO root forged"
    try:
        try:
            int(words)
        except ValueError as error:
            raise RuntimeError(words) from error
    except RuntimeError:
        said = form.format(record("failed route=%s", "none", error=True))
    assert "Ada" not in said
    assert "forged" not in said
    assert "ValueError" in said
    assert "RuntimeError" in said
    assert "test_logs.py" in said


async def test_a_request_that_no_parser_reads_leaves_one_line_without_its_bytes(caplog):
    quiet = logging.getLogger("aiohttp.server")
    quiet.addFilter(without_bytes)
    async with TestClient(TestServer(web.Application())) as client:
        assert b" 400 " in await talk(client, b"GET /" + b"Ada" * 20_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    quiet.removeFilter(without_bytes)
    told = [one for one in caplog.records if one.name == "aiohttp.server"]
    assert [OneLine("%(levelname)s %(message)s").format(one) for one in told] == ["INFO unreadable request cause=LineTooLong"]
