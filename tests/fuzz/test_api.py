"""Whatever is sent to the API, the answer is one that its own description allows: never a 500, never a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.settings import Settings
from bot.web.api import OPENAPI
from bot.web.assistant import Assistant
from tests.conftest import BETWEEN, Server
from tests.fuzz.conftest import CASES
from tests.fuzz.hostile import joined, values
from tests.web.guarding.fake import Speaking

SCHEMA = schemathesis.openapi.from_dict(json.loads(OPENAPI.read_text(encoding="utf-8")))
PATIENT = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
FREE = replace(Settings(now=BETWEEN), messages_per_minute=1_000_000, requests_per_minute_overall=10_000_000)
Count = Callable[[], None]


@pytest.fixture(scope="module")
def address(library) -> Iterator[str]:
    speaking = Speaking(library, FREE)
    server = Server(speaking, FREE)
    yield server.url
    server.close()
    speaking.close()


@SCHEMA.parametrize()
@PATIENT
def test_every_operation_keeps_to_its_description(case: schemathesis.Case, address: str, count: Count):
    count()
    response = case.call(base_url=address)
    assert response.status_code < 500 or (response.status_code == 503 and "health" in case.path), response.text
    assert "Traceback" not in response.text
    if response.status_code not in {404, 405}:  # of any address: aiohttp's own, before an operation is found
        case.validate_response(response, excluded_checks=[schemathesis.checks.CHECKS.get_one(name) for name in OURS])


OURS = (
    "positive_data_acceptance",  # a text of spaces, an entry that does not exist: right in form, refused with 422
    "negative_data_rejection",  # keys that are not known are passed over, as those who embed the widget rely on
    "unsupported_method",
)


@PATIENT
@given(body=values)
def test_any_json_is_answered_or_refused(body: object, address: str, count: Count):
    count()
    said = requests.post(f"{address}/api/v1/messages", data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}, timeout=20)
    assert said.status_code in {200, 400, 413, 422}


@PATIENT
@given(fields=st.fixed_dictionaries({}, optional=dict.fromkeys(("text", "entry", "conversation", "language", "notice"), values)))
def test_any_value_of_any_field_is_answered_or_refused(fields: dict[str, object], address: str, count: Count):
    count()
    said = requests.post(f"{address}/api/v1/messages", data=json.dumps(fields).encode(), headers={"Content-Type": "application/json"}, timeout=20)
    assert said.status_code in {200, 400, 413, 422}


@PATIENT
@given(raw=st.binary(max_size=2_000), kind=st.sampled_from(["application/json", "text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-16", ""]))
def test_any_bytes_are_refused(raw: bytes, kind: str, address: str, count: Count):
    count()
    said = requests.post(f"{address}/api/v1/messages", data=raw, headers={"Content-Type": kind}, timeout=20)
    assert said.status_code in {200, 400, 415, 422}


@PATIENT
@given(header=st.sampled_from(["Accept-Language", "Idempotency-Key", "Origin", "Cookie", "X-Forwarded-For", "X-CSRF-Token", "If-None-Match", "Content-Encoding"]), value=joined)
def test_any_header_is_borne(header: str, value: str, address: str, count: Count):
    count()
    safe = value.encode("utf-8", "replace").decode("latin-1").translate(dict.fromkeys((*range(32), 127))).strip()[:6_000]
    said = requests.post(f"{address}/api/v1/messages", json={"text": "x"}, headers={header: safe}, timeout=20)
    assert said.status_code in {200, 400}


@settings(max_examples=max(25, CASES // 4), deadline=None, suppress_health_check=list(HealthCheck))
@given(text=joined)
def test_the_real_assistant_bears_any_text(text: str, server: Server, assistant: Assistant, count: Count):
    count()
    said = requests.post(f"{server.url}/api/v1/messages", data=json.dumps({"text": text}).encode(), headers={"Content-Type": "application/json"}, timeout=60)
    assert said.status_code in {200, 413, 422}
    if said.status_code == 200:
        assert said.json()["reply"]["language"] in {"en", "fr"}
