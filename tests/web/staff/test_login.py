"""Logging in and out: who gets in, what a stranger learns, what a token is worth and for how long."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.records import accounts, deeds
from bot.web.staff.login import FORM_COOKIE
from tests.conftest import BETWEEN
from tests.web.staff.staffroom import CHEAP, PAGE, PASSWORD, log_in, token_in
from tests.web.staff.test_access import ROUTES


def cookie(client, name="guichet"):
    return {one.key: one.value for one in client.session.cookie_jar}.get(name)


async def inside(client) -> bool:
    """Whether the log-in page leads on."""
    return (await client.get("/login", headers=PAGE, allow_redirects=False)).status == 303


@pytest.mark.parametrize(("name", "first"), [("edith", "/editor"), ("maud", "/moderator"), ("both", "/editor"), (" Edith ", "/editor")])
async def test_a_right_password_leads_to_the_first_page(client, name, first):
    response = await log_in(client, name)
    assert (response.status, response.headers["Location"]) == (303, first)
    assert await inside(client)


async def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client):
    header = next(value for value in (await log_in(client, "edith")).headers.getall("Set-Cookie") if value.startswith("guichet="))
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Secure" not in header


async def test_behind_tls_the_cookie_goes_over_https_only(make_client):
    client = await make_client(https=True)
    form = await client.get("/login", headers=PAGE)
    token = token_in(await form.text())
    sent = {"csrf": token, "name": "edith", "password": PASSWORD}
    response = await client.post("/login", data=sent, headers={**PAGE, "Cookie": f"{FORM_COOKIE}={token}"}, allow_redirects=False)
    header = next(value for value in response.headers.getall("Set-Cookie") if value.startswith("__Host-guichet="))
    assert "Secure" in header
    assert "Path=/" in header
    assert "Domain" not in header


async def test_only_the_hash_of_a_token_is_kept(client, database):
    await log_in(client, "edith")
    token = cookie(client)
    files = [path for path in Path(database.url.database).parent.iterdir() if path.is_file()]
    assert token
    assert files
    assert not any(token.encode() in path.read_bytes() or PASSWORD.encode() in path.read_bytes() for path in files)


async def test_a_token_known_before_the_login_is_worth_nothing_after_it(client):
    await log_in(client, "maud")
    before = cookie(client)
    client.session.cookie_jar.clear()
    form = await client.get("/login", headers=PAGE)
    token = token_in(await form.text())
    planted = {**PAGE, "Cookie": f"guichet={before}; {FORM_COOKIE}={token}"}
    await client.post("/login", data={"csrf": token, "name": "edith", "password": PASSWORD}, headers=planted, allow_redirects=False)
    assert cookie(client) not in {None, before}
    client.session.cookie_jar.clear()
    assert (await client.get("/login", headers={**PAGE, "Cookie": f"guichet={before}"}, allow_redirects=False)).status == 200


@pytest.mark.parametrize(("name", "password"), [("edith", "wrong password"), ("nobody", PASSWORD), ("edith", ""), ("", ""), ("edith", "x" * 5000), ("é\0'\"--", PASSWORD)])
async def test_a_stranger_learns_nothing(client, name, password):
    """The words are the same whether or not the name is known, and what was typed as a name is still there."""
    reference = await (await log_in(client, "zoe", "wrong")).text()
    response = await log_in(client, name, password)
    assert response.status == 401
    assert cookie(client) is None
    assert token_in(reference)
    marker = 'role="alert"'
    assert (await response.text()).split(marker)[1].split("</p>")[0] == reference.split(marker)[1].split("</p>")[0]


async def test_an_unknown_name_is_verified_like_a_known_one(client, monkeypatch):
    verified = []
    fits = CHEAP.fits
    monkeypatch.setattr(CHEAP, "fits", lambda kept, password: verified.append(kept) or fits(kept, password))
    await log_in(client, "nobody")
    await log_in(client, "edith", "wrong")
    assert [kept is None for kept in verified] == [True, False]


async def test_after_failures_an_account_is_locked_for_a_while_and_then_not(client, clock, database):
    for _ in range(5):
        assert (await log_in(client, "edith", "wrong")).status == 401
    assert (await log_in(client, "edith")).status == 401
    clock.wait(minutes=14, seconds=59)
    assert (await log_in(client, "edith")).status == 401
    assert (await log_in(client, "maud")).status == 303
    client.session.cookie_jar.clear()
    clock.wait(seconds=1)
    assert (await log_in(client, "edith")).status == 303
    with database.read() as connection:
        assert ("edith", "locked-out") in {(deed.by, deed.what) for deed in deeds.recent(connection)}


async def test_the_last_attempt_before_the_lock_may_be_right(client):
    for _ in range(4):
        await log_in(client, "edith", "wrong")
    assert (await log_in(client, "edith")).status == 303


async def test_one_address_may_not_guess_for_ever(make_client):
    client = await make_client(logins_per_minute=2)
    assert [(await log_in(client, "nobody")).status for _ in range(2)] == [401, 401]
    refused = await log_in(client, "edith")
    assert refused.status == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert 'value="edith"' in await refused.text()


@pytest.mark.parametrize(("span", "still"), [({"minutes": 59}, True), ({"minutes": 60}, False)])
async def test_silence_ends_a_session(client, clock, span, still):
    await log_in(client, "edith")
    clock.wait(**span)
    assert await inside(client) is still


async def test_a_session_ends_however_busy(client, clock):
    await log_in(client, "edith")
    for _ in range(23):
        clock.wait(minutes=30)
        assert await inside(client)
    clock.wait(minutes=30)
    assert not await inside(client)


async def test_an_account_removed_is_out_at_once(client, database):
    await log_in(client, "edith")
    with database.begin() as connection:
        accounts.remove(connection, "edith", now=BETWEEN)
    assert not await inside(client)


async def test_logging_out_ends_the_session_for_whoever_has_the_token(make_client):
    client = await make_client(ROUTES)
    await log_in(client, "edith")
    token = cookie(client)
    page = await client.get("/trial", headers=PAGE)
    response = await client.post("/logout", data={"csrf": token_in(await page.text())}, headers=PAGE, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/login")
    client.session.cookie_jar.clear()
    assert (await client.get("/login", headers={**PAGE, "Cookie": f"guichet={token}"}, allow_redirects=False)).status == 200


@pytest.mark.parametrize(
    ("wanted", "onward"),
    [
        pytest.param("/editor/missed?language=fr", "/editor/missed?language=fr", id="ours"),
        pytest.param("https://elsewhere.example/", "/editor", id="another site"),
        pytest.param("//elsewhere.example/", "/editor", id="without a scheme"),
        pytest.param("/\\elsewhere.example/", "/editor", id="a backslash"),
        pytest.param("/a\r\nSet-Cookie: x=1", "/editor", id="a line break"),
        pytest.param("/login?next=/login", "/editor", id="in a circle"),
        pytest.param("/" + "x" * 500, "/editor", id="too long"),
    ],
)
async def test_nobody_is_led_to_another_site(client, wanted, onward):
    assert (await log_in(client, "edith", next=wanted)).headers["Location"] == onward


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        pytest.param({"csrf": ""}, {}, id="no token"),
        pytest.param({"csrf": "guessed"}, {}, id="another token"),
        pytest.param({}, {"Origin": "https://elsewhere.example"}, id="another origin"),
        pytest.param({}, {"Origin": "null"}, id="a hidden origin"),
        pytest.param({}, {"Sec-Fetch-Site": "cross-site"}, id="sent by another site"),
        pytest.param({}, {"Sec-Fetch-Site": "same-site"}, id="sent by a neighbour"),
    ],
)
async def test_another_site_cannot_log_anybody_in(client, fields, headers):
    form = await client.get("/login", headers=PAGE)
    sent = {"csrf": token_in(await form.text()), "name": "edith", "password": PASSWORD, **fields}
    response = await client.post("/login", data=sent, headers={**PAGE, **headers}, allow_redirects=False)
    assert response.status == 403
    assert cookie(client) is None


async def test_what_is_typed_is_shown_as_text(client):
    response = await log_in(client, '"><script>alert(1)</script>', "wrong", next='"><img src=x>')
    html = await response.text()
    assert "<script>alert" not in html
    assert "<img src=x>" not in html
    assert "&lt;script&gt;alert" in html
