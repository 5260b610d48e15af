"""The static pages: every question and answer, in both languages, without a script, on the server and exported."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.content.library import load_library
from bot.content.model import Entry, Library
from bot.content.render import render
from bot.i18n.locale import LOCALES, Locale, other
from bot.web.api import ASSISTANT, CLOCK
from bot.web.site.export import export_site
from bot.web.site.outline import SHOWN, Part, paragraphs
from bot.web.site.page import faq
from bot.web.site.routes import SERVED, routes
from tests.conftest import AFTER_THE_DEADLINE, BETWEEN
from tests.web.html_outline import Outline

DEADLINE = datetime.fromisoformat("2025-06-22T23:59:00+02:00")
INSTANT = timedelta(microseconds=1)
both_languages = pytest.mark.parametrize("locale", LOCALES)


@cache
def page(locale: Locale, now: datetime = BETWEEN) -> Outline:
    return Outline(faq(load_library(), locale, SERVED, now=now))


def shown(library: Library) -> list[Entry]:
    return [entry for kind in SHOWN for entry in library.of_kind(kind)]


def said(library: Library, entry: Entry, locale: Locale, now: datetime = BETWEEN) -> str:
    return render(library, entry, list(library.notices.values()), locale, now=now).text


@both_languages
def test_every_entry_stands_there_with_all_its_words(library, locale):
    for entry in shown(library):
        words = page(locale).text(entry.id)
        assert words.startswith(entry.question[locale])
        for line in said(library, entry, locale).split("\n"):
            assert line.removeprefix("• ").strip() in words


@both_languages
def test_the_structure_is_sound(locale):
    outline = page(locale)
    assert outline.faults == []
    assert outline.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False)), "a level of headings is left out"
    assert outline.named("html") == [{"lang": locale}]
    assert all("alt" in image for image in outline.named("img"))
    assert {name for tag in outline.tags for name in tag[1].get("aria-labelledby", "").split()} <= set(outline.ids)


@both_languages
def test_the_contents_lead_to_every_question_and_every_anchor_is_there(library, locale):
    anchors = [link[1:] for link in page(locale).links if link.startswith("#")]
    assert set(anchors) <= set(page(locale).ids)
    assert {entry.id for entry in shown(library)} <= set(anchors)


@both_languages
def test_each_question_has_a_link_to_itself_in_the_other_language(library, locale):
    there = [link.partition("#")[2] for link in page(locale).links if link.startswith(f"/faq/{other(locale)}#")]
    assert there == [entry.id for entry in in_order(library)]
    assert set(there) <= set(page(other(locale)).ids)


def in_order(library: Library) -> list[Entry]:
    entries = {entry.id: entry for entry in shown(library)}
    return [entries[name] for name in page("en").ids if name in entries]


@both_languages
def test_the_markup_says_what_the_page_says(library, locale):
    (data,) = page(locale).data
    markup = json.loads(data)
    assert (markup["@context"], markup["@type"], markup["inLanguage"]) == ("https://schema.org", "FAQPage", locale)
    assert (markup["dateModified"], markup["version"]) == ("2025-06-15", library.version)
    expected = [(f"#{entry.id}", entry.question[locale], said(library, entry, locale)) for entry in in_order(library)]
    assert [(one["@id"], one["name"], one["acceptedAnswer"]["text"]) for one in markup["mainEntity"]] == expected


@both_languages
def test_nothing_runs_and_nothing_comes_from_elsewhere(locale):
    outline = page(locale)
    assert [script["type"] for script in outline.named("script")] == ["application/ld+json"]
    assert not [(tag, name) for tag, attributes in outline.tags for name in attributes if name == "style" or name.startswith("on")]
    assert outline.named("iframe", "style", "object", "form") == []
    loaded = [one.get("href") or one["src"] for one in outline.named("link", "img")]
    assert all(address.startswith("/") for address in loaded)


@both_languages
def test_each_answer_leads_into_the_widget(library, locale):
    asked = {}
    for link in page(locale).links:
        parts = urlsplit(link)
        if parts.fragment.startswith("guichet/"):
            assert f"lang={locale}" in parts.query
            asked[unquote(parts.fragment.removeprefix("guichet/"))] = parts.query
    assert set(asked) == {entry.id for entry in library.of_kind("answer")}
    assert "notice=250813" in asked["daily-work-nor"], "asked on the page of another notice it would not be known"


def test_notices_with_other_words_stand_apart_each_with_its_source():
    words = page("en").text("who-can-apply")
    osg, nor = words.index("Office of the Secretary General (250697):"), words.index("NATO Office of Resources (250813):")
    assert osg < words.index("Source: notice 250697") < nor < words.index("Source: notice 250813")
    assert "Source: notices 250697 and 250813, “What do we offer?”" in page("en").text("stipend")


def test_what_is_past_is_said_to_be():
    assert "As published; the date has passed" in page("en", AFTER_THE_DEADLINE).text("deadline")
    assert "As published; the date has passed" not in page("en").text("deadline")
    assert "clos depuis le 22 juin 2025" in page("fr", AFTER_THE_DEADLINE).text("deadline")
    assert "Valable au 10 juillet 2025" in page("fr", AFTER_THE_DEADLINE).text("main")


def test_words_that_look_like_markup_stay_words(library):
    nasty = "</script><script>alert(1)</script><b>&amp;"
    entry = library.entries["stipend"]
    entry = replace(entry, question={"en": nasty, "fr": nasty}, answers=(replace(entry.answers[-1], conditions=(), words={"en": nasty, "fr": nasty}),))
    outline = Outline(faq(replace(library, entries={"stipend": entry}), "en", SERVED, now=BETWEEN))
    assert outline.faults == []
    assert outline.text("stipend").split("\n")[:2] == [nasty, nasty]
    assert len(outline.named("script")) == 1
    assert json.loads(outline.data[0])["mainEntity"][0]["acceptedAnswer"]["text"] == nasty


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param("One.", (Part(is_list=False, lines=("One.",)),), id="a line"),
        pytest.param("One.\n\nTwo.", (Part(is_list=False, lines=("One.",)), Part(is_list=False, lines=("Two.",))), id="two lines"),
        pytest.param("• a\n• b\nEnd.", (Part(is_list=True, lines=("a", "b")), Part(is_list=False, lines=("End.",))), id="a list first"),
    ],
)
def test_paragraphs(text, expected):
    assert paragraphs(text) == expected


@dataclass
class Shelf:
    """Stands for the assistant, of which the pages need the library alone."""

    library: Library


class Hand:
    """A clock that is moved by hand."""

    now = BETWEEN

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def client(library: Library) -> AsyncIterator[TestClient[Any, Any]]:
    app = web.Application()
    app[ASSISTANT] = Shelf(library)  # type: ignore[misc]  # a fake
    app[CLOCK] = Hand()
    app.add_routes(routes)
    async with TestClient(TestServer(app)) as client:
        yield client


@both_languages
async def test_a_page_is_sent_again_only_when_it_has_changed(client, locale):
    first = await client.get(f"/faq/{locale}")
    assert (first.status, first.content_type, first.headers["Content-Language"]) == (200, "text/html", locale)
    again = await client.get(f"/faq/{locale}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.headers["ETag"], await again.read()) == (304, first.headers["ETag"], b"")
    client.app[CLOCK].now = AFTER_THE_DEADLINE
    later = await client.get(f"/faq/{locale}", headers={"If-None-Match": first.headers["ETag"]})
    assert later.status == 200


@pytest.mark.parametrize(
    ("now", "open_"),
    [
        pytest.param(DEADLINE - INSTANT, True, id="just before the deadline"),
        pytest.param(DEADLINE, True, id="at the deadline"),
        pytest.param(DEADLINE + INSTANT, False, id="just after the deadline"),
    ],
)
async def test_a_kept_page_never_outlives_a_deadline(client, now, open_):
    for client.app[CLOCK].now in (DEADLINE - timedelta(minutes=1), DEADLINE, now):
        words = await (await client.get("/faq/en")).text()
    assert ("Open until 22 June 2025" in words) is open_


@pytest.mark.parametrize(("accepted", "address"), [("fr-BE, en;q=0.5", "/faq/fr"), ("en", "/faq/en"), ("de", "/faq/en")])
async def test_without_a_language_the_preferred_one_is_taken(client, accepted, address):
    response = await client.get("/faq", headers={"Accept-Language": accepted}, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (302, address)


async def test_another_language_is_not_there(client):
    assert (await client.get("/faq/de")).status == 404


async def test_the_style_sheet_is_there(client):
    response = await client.get("/site/site.css")
    assert (response.status, response.content_type) == (200, "text/css")


def test_an_exported_site_is_complete_by_itself(library, tmp_path):
    written = export_site(library, (tmp_path / "site").resolve(), now=BETWEEN)
    assert sorted(path for path in (tmp_path / "site").resolve().rglob("*") if path.is_file()) == sorted(written)
    outlines = {path: Outline(path.read_text(encoding="utf-8")) for path in written if path.suffix == ".html"}
    for path, outline in outlines.items():
        assert outline.faults == []
        named = outline.links + [one.get("href") or one["src"] for one in outline.named("link", "img")]
        for address in (one for one in named if not one.startswith("https://")):
            file, _, anchor = address.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert not file.startswith("/")
            assert target in written, address
            assert not anchor or anchor in outlines[target].ids


def test_an_exported_site_leads_to_the_widget_where_there_is_one(library, tmp_path):
    export_site(library, tmp_path, now=BETWEEN, assistant="https://careers.example.org/internships")
    page = (tmp_path / "fr" / "index.html").read_text(encoding="utf-8")
    assert "https://careers.example.org/internships?lang=fr#guichet/stipend" in page
