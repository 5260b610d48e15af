"""What every response carries: the policy, who may frame, who may ask from elsewhere, HTTPS for good."""

from __future__ import annotations

import pytest

from bot.settings import BadSetting, Settings
from bot.web.security import secured

PAGES = ["/", "/widget.js", "/faq/en", "/faq/fr", "/api/v1/health", "/nowhere"]


@pytest.mark.parametrize("path", PAGES)
async def test_every_response_forbids_what_is_inline_and_what_is_foreign(serve, path):
    client = await serve(frames=("https://intranet.example",))
    policy = (await client.get(path)).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self' https://intranet.example" in policy


@pytest.mark.parametrize("path", ["/login", "/logout", "/editor", "/editor/anything", "/moderator/x"])
async def test_nobody_frames_the_staff_pages(serve, path):
    client = await serve(frames=("https://intranet.example",))
    assert (await client.get(path)).headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")


@pytest.mark.parametrize(("https", "expected"), [(True, "max-age=31536000"), (False, None)])
async def test_https_is_for_good_where_it_is_there(serve, https, expected):
    client = await serve(https=https)
    assert (await client.get("/")).headers.get("Strict-Transport-Security") == expected


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        pytest.param("https://site.example", True, id="listed"),
        pytest.param("https://site.example.evil.example", False, id="longer"),
        pytest.param("https://SITE.example", False, id="spelled otherwise"),
        pytest.param("http://site.example", False, id="without TLS"),
        pytest.param("null", False, id="a frame without an origin"),
        pytest.param("", False, id="empty"),
    ],
)
async def test_only_listed_origins_may_read_answers(serve, origin, allowed):
    client = await serve(origins=("https://site.example",))
    answered = await client.post("/api/v1/messages", json={"text": "hello"}, headers={"Origin": origin})
    asked = await client.options("/api/v1/messages", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    assert ("Access-Control-Allow-Origin" in answered.headers) is allowed
    assert ("Access-Control-Allow-Origin" in asked.headers) is allowed
    assert "Access-Control-Allow-Credentials" not in answered.headers


@pytest.mark.parametrize("name", ["origins", "frames"])
@pytest.mark.parametrize("value", ["*", "https://a.example/path", "https://a.example; script-src *", "example.org", "https://a b", "https://", "javascript://x\n"])
def test_what_is_no_origin_is_refused_before_anything_is_served(name, value):
    with pytest.raises(BadSetting, match=name):
        secured(Settings(**{name: (value,)}))
