"""Bodies made to break a parser get an error in the asker's language, never a traceback and never a 500."""

from __future__ import annotations

import gzip
import json
import time

import pytest

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"[" * 16_000, 400, id="deep"),
        pytest.param(b'{"text":' * 2_000, 400, id="deep objects"),
        pytest.param(b'{"text": "x", "n": ' + b"9" * 15_000 + b"}", 400, id="a number of 15,000 figures"),
        pytest.param(b'{"text": "x", "n": 1e999999}', 200, id="a number without end"),
        pytest.param(b'{"text": "x", "n": NaN}', 200, id="no number"),
        pytest.param(b'{"text": "' + b"x" * 16_400 + b'"}', 413, id="over 16 KiB"),
        pytest.param(b"\xff\xfe{", 400, id="not UTF-8"),
        pytest.param(b'{"text": "\\ud800"}', 422, id="half a character"),
        pytest.param(b'{"text": "x", "conversation": "\\ud800\\n"}', 200, id="half a character for an id"),
        pytest.param(b'{"text": "x", "entry": "\\u0000"}', 400, id="both text and entry"),
        pytest.param(b'{"entry": "../../etc/passwd"}', 422, id="a path for an entry"),
        pytest.param(b'{"entry": "{0.__class__}"}', 422, id="a format for an entry"),
        pytest.param(json.dumps({"text": "{0.__class__} %s %(x)s {{}} ${x}"}).encode(), 200, id="formats in the text"),
        pytest.param(json.dumps({f"k{n}": n for n in range(900)} | {"text": "x"}).encode(), 200, id="many keys"),
    ],
)
async def test_hostile_bodies(serve, body, status):
    client = await serve()
    response = await client.post("/api/v1/messages", data=body, headers=JSON)
    assert response.status == status
    assert "Traceback" not in await response.text()


@pytest.mark.parametrize("white", [" ", "\x0b", "\t", "\u200b"], ids=["spaces", "vertical tabs", "tabs", "no width"])
async def test_white_space_without_end_holds_nobody_up(serve, white):
    """Folding it takes its square: a body of it must not cost all others half a second."""
    client = await serve()
    body = json.dumps({"text": f"x{white * (16_000 // len(json.dumps(white)))}y"}).encode()
    begun = time.process_time()
    response = await client.post("/api/v1/messages", data=body, headers=JSON)
    assert time.process_time() - begun < 0.2
    assert response.status == 422


async def test_a_packed_bomb_is_not_unpacked(serve):
    client = await serve()
    bomb = gzip.compress(b'{"text": "' + b"x" * 20_000_000 + b'"}')
    response = await client.post("/api/v1/messages", data=bomb, headers={**JSON, "Content-Encoding": "gzip"})
    assert response.status in {400, 413}


async def test_a_body_that_is_packed_badly(serve):
    client = await serve()
    response = await client.post("/api/v1/messages", data=b"no gzip at all", headers={**JSON, "Content-Encoding": "gzip"})
    assert response.status == 400


@pytest.mark.parametrize(
    "path",
    [
        "/widget/../../settings.py",
        "/widget/%2e%2e/%2e%2e/settings.py",
        "/widget/..%2fapp.py",
        "/page/%00.js",
        "/staff/....//login.html",
        "/widget/C:\\x.js",
        "/faq/../api/v1/health%00",
        "//evil.example/",
    ],
)
async def test_no_way_leads_out_of_the_folders(serve, path):
    from yarl import URL

    client = await serve()
    response = await client.session.get(URL(str(client.make_url("")).rstrip("/") + path, encoded=True), allow_redirects=False)
    assert response.status in {400, 404}
    assert "def " not in await response.text()
