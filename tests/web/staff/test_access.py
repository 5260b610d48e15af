"""Who may: roles, pages and JSON, forms of other sites, larger bodies."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from bot.web.staff.access import CSRF_HEADER, requires, who
from bot.web.staff.shell import page
from tests.web.staff.staffroom import PAGE, log_in, token_in

ROUTES = web.RouteTableDef()


@ROUTES.get("/trial")
@requires("editor")
async def trial(request: web.Request) -> web.Response:
    return page(request, "staff/problem.html", key="error-not-found")


@ROUTES.post("/trial")
@requires("editor")
async def change(request: web.Request) -> web.Response:
    return web.Response(text=who(request).name)


@ROUTES.get("/trial/api/thing")
@requires("editor")
async def thing(request: web.Request) -> web.Response:
    return web.json_response({"by": who(request).name})


@ROUTES.post("/trial/api/thing")
@requires("editor")
async def change_thing(request: web.Request) -> web.Response:
    return web.json_response({"bytes": len(await request.read())})


@ROUTES.post("/trial/api/upload")
@requires("editor", body=100_000)
async def upload(request: web.Request) -> web.Response:
    return web.json_response({"bytes": len(await request.read())})


@ROUTES.get("/trial/missing")
@requires("editor")
async def missing(request: web.Request) -> web.Response:
    raise web.HTTPNotFound


def damage(path: str) -> None:
    Path(path).rename(f"{path}.away")
    Path(path).mkdir()


@pytest.fixture
async def client(make_client):
    return await make_client(ROUTES)


@pytest.fixture
async def csrf(client) -> str:
    await log_in(client, "edith")
    return token_in(await (await client.get("/trial", headers=PAGE)).text())


async def test_a_page_sends_a_stranger_to_the_login_and_back(client):
    response = await client.get("/trial?a=1&b=é", headers=PAGE, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/login?next=/trial?a%3D1%26b%3D%25C3%25A9")
    form = await (await client.get(response.headers["Location"], headers=PAGE)).text()
    assert 'name="next" value="/trial?a=1&amp;b=%C3%A9"' in form


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("language", "title"), [("en", "Please log in again."), ("fr", "Merci de vous reconnecter.")])
async def test_json_tells_a_stranger_401(client, method, language, title):
    response = await client.request(method, "/trial/api/thing", headers={"Accept-Language": language})
    assert response.status == 401
    assert (await response.json(content_type="application/problem+json"))["title"] == title


async def test_the_wrong_role_is_told_403(client):
    await log_in(client, "maud")
    as_page, as_json = await client.get("/trial", headers=PAGE), await client.get("/trial/api/thing")
    assert (as_page.status, as_page.content_type) == (403, "text/html")
    assert (as_json.status, as_json.content_type) == (403, "application/problem+json")


async def test_a_fault_on_a_page_is_a_page(client, csrf):
    response = await client.get("/trial/missing", headers=PAGE)
    assert (response.status, response.content_type) == (404, "text/html")
    assert (await client.get("/trial/missing")).content_type == "application/problem+json"


async def test_the_right_role_may(client, csrf):
    assert await (await client.get("/trial/api/thing")).json() == {"by": "edith"}
    assert await (await client.post("/trial", data={"csrf": csrf})).text() == "edith"
    assert (await client.post("/trial/api/thing", json={}, headers={CSRF_HEADER: csrf})).status == 200


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param({"json": {}}, {}, id="no token"),
        pytest.param({"json": {"csrf": "CSRF"}}, {}, id="a token in JSON"),
        pytest.param({"json": {}}, {CSRF_HEADER: "guessed"}, id="another token"),
        pytest.param({"json": {}}, {CSRF_HEADER: ""}, id="an empty token"),
        pytest.param({"data": {"csrf": "guessed"}}, {}, id="another token in a form"),
        pytest.param({"data": {"csrf": "CSRF"}}, {"Origin": "https://elsewhere.example"}, id="another origin"),
        pytest.param({"json": {}}, {CSRF_HEADER: "CSRF", "Origin": "null"}, id="a hidden origin"),
        pytest.param({"json": {}}, {CSRF_HEADER: "CSRF", "Sec-Fetch-Site": "cross-site"}, id="sent by another site"),
    ],
)
async def test_nothing_is_changed_at_another_sites_bidding(client, csrf, body, headers):
    sent = {kind: {key: value.replace("CSRF", csrf) for key, value in fields.items()} for kind, fields in body.items()}
    response = await client.post("/trial/api/thing", **sent, headers={key: value.replace("CSRF", csrf) for key, value in headers.items()})
    assert response.status == 403


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        pytest.param("/trial/api/thing", 16 * 1024, 200, id="at the usual limit"),
        pytest.param("/trial/api/thing", 16 * 1024 + 1, 413, id="over it"),
        pytest.param("/trial/api/upload", 100_000, 200, id="at the route's own limit"),
        pytest.param("/trial/api/upload", 100_001, 413, id="over that"),
    ],
)
async def test_only_routes_that_say_so_take_larger_bodies(client, csrf, path, size, status):
    assert (await client.post(path, data=b"x" * size, headers={CSRF_HEADER: csrf})).status == status


async def test_the_language_is_switched_in_place_and_remembered(client, csrf):
    french = await (await client.get("/trial?page=2&language=fr", headers=PAGE)).text()
    later = await (await client.get("/trial", headers=PAGE)).text()
    assert '<html lang="fr">' in french
    assert 'href="/trial?page=2&amp;language=en"' in french
    assert '<html lang="fr">' in later


async def test_pages_are_neither_cached_nor_framed(client, csrf):
    headers = (await client.get("/trial", headers=PAGE)).headers
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"


async def test_records_out_of_reach_are_told_and_nothing_breaks(client, csrf, database):
    database.close()
    await asyncio.to_thread(damage, database.url.database)
    response = await client.get("/trial/api/thing")
    assert response.status == 503
    assert int(response.headers["Retry-After"]) > 0
