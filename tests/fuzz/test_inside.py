"""Whatever somebody who is logged in sends to whichever address: an answer or a refusal, never a fault of ours, never their words as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.conftest import CASES
from tests.fuzz.hostile import CODE, texts, values
from tests.fuzz.inside import Inside, inside

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # what is sent changes the house: a smaller case need not fail again
FEW = settings(max_examples=max(3, CASES // 20), deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
SOME = settings(FEW, max_examples=max(6, CASES // 10))  # each looks at the whole content
MORE = settings(FEW, max_examples=max(15, CASES // 4))
MOST_IN_ADDRESS = 300  # bytes; longer ones are the parser's business: `test_hostile_requests_are_refused_by_the_parser`
Count = Callable[[], None]
_INSIDE = ("/editor", "/moderator", "/session", "/login", "/logout")
_ENDS = {"/logout", "/moderator/{code}/{what}", "/editor/api/trials"}  # they end what the other cases need, or begin minutes of work; a test of their own tries them
_STREAMS = {"/moderator/api/{code}/stream"}  # goes on for ever; takes no body
MARKUP = [code for code in CODE if code.startswith(("<", '"><'))]


@pytest.fixture(scope="module")
def house(library, tmp_path_factory) -> Iterator[Inside]:
    with inside(library, tmp_path_factory.mktemp("inside")) as somebody:
        yield somebody


def routes(house: Inside, *methods: str) -> list[tuple[str, str]]:
    found = {(route.method, route.resource.canonical) for route in house.server.app.router.routes() if route.resource}
    return sorted((method, path) for method, path in found if method in methods and path.startswith(_INSIDE) and path not in _ENDS | _STREAMS)


def holds(response, path: str) -> None:
    """Refusals are ours, and what was sent comes back as text."""
    assert response.status_code < 500 or (response.status_code == 503 and "Retry-After" in response.headers), (path, response.status_code, response.text[:2_000])
    kind = response.headers.get("Content-Type", "")
    if response.status_code >= 400 and "/api/" in path and response.request.method != "HEAD":
        assert kind.startswith(("application/problem+json", "application/json")), (path, kind)
    if kind.startswith("text/html"):
        assert not any(markup in response.text for markup in MARKUP), path
    assert "Traceback (most" not in response.text


DOCUMENTS = ["entries/stipend.yaml", "entries/deadline.yaml", "notices/250697.yaml", "criteria/nationality.yaml", "entries/new-one.yaml", "entries/../x.yaml", "notices/"]
WORDS = st.one_of(
    texts, st.sampled_from(["en", "fr", "stipend", "deadline", "250697", "choose", "split", "merge", "move", "aside", "undo", "state", "entry", "head", "g1", "1", "0"])
)
FORM = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("kind", "topic", "criterion", "review_by", "notes"), WORDS | values),
        **dict.fromkeys(("sections", "links", "related", "notices"), st.lists(WORDS, max_size=3) | values),
        "question": st.fixed_dictionaries({}, optional={"en": WORDS, "fr": WORDS}) | values,
        "answers": st.lists(st.fixed_dictionaries({}, optional={"en": WORDS, "fr": WORDS, "when": WORDS}), max_size=3) | values,
        "phrasings": st.fixed_dictionaries({}, optional={"en": st.lists(WORDS, max_size=3), "fr": st.lists(WORDS, max_size=3)}) | values,
        "facts": values,
    },
)
BODY = st.fixed_dictionaries(
    {},
    optional={
        "path": st.sampled_from(DOCUMENTS) | WORDS | values,
        "form": FORM | values,
        **dict.fromkeys(("revision", "number"), st.integers(0, 3) | values),
        **dict.fromkeys(("base", "day", "text", "language", "notice", "do", "what", "value", "group", "question", "into", "entry"), WORDS | values),
        **dict.fromkeys(("questions", "others", "chosen"), st.lists(WORDS, max_size=3) | values),
        "seen": st.dictionaries(WORDS, st.integers(), max_size=2) | values,
        "joined": st.booleans() | values,
    },
)
FIELDS = ("title", "notice", "rehearsal", "why", "number", "path", "name", "password", "next", "verdict", "ids", "wording", "entry", "new", "topic", "reason:x", "digest", "chosen")
SENT = st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=6)
FILE = st.one_of(st.binary(max_size=300), texts.map(lambda text: text.encode("utf-8", "replace")), st.just(b"PK\x03\x04" + b"\0" * 60))


def _address(data: st.DataObject, path: str, code: str) -> str:
    """Fill in the parts of an address: what is there, or anything that an address can hold."""
    known = {"code": code, "entry": "stipend", "notice": "250697", "path": "entries/stipend.yaml", "group": "g1", "number": "1", "kind": "csv", "form": "md"}

    def filled(part: re.Match[str]) -> str:
        odd = texts.map(lambda text: quote(text.encode("utf-8", "replace")[:MOST_IN_ADDRESS]) or "x")
        return data.draw(st.just(known.get(part[1], "x")) | odd)

    return re.sub(r"\{(\w+)\}", filled, path)


@FEW
@given(data=st.data())
def test_every_address_bears_any_query(data: st.DataObject, house: Inside, count: Count):
    for _, path in routes(house, "GET"):
        count()
        address = _address(data, path, house.code)
        query = data.draw(st.dictionaries(st.sampled_from(["entry", "language", "notice", "done", "in", "q", "day", "from", "topic", "next"]), WORDS, max_size=3))
        holds(house.send("GET", address, params={name: value.encode("utf-8", "replace")[:MOST_IN_ADDRESS] for name, value in query.items()}), path)


@FEW
@given(data=st.data())
def test_every_address_that_changes_something_bears_any_json(data: st.DataObject, house: Inside, count: Count):
    for method, path in routes(house, "POST", "PUT", "DELETE"):
        count()
        body = json.dumps(data.draw(BODY | values)).encode()
        holds(house.send(method, _address(data, path, house.code), data=body, headers={"Content-Type": "application/json"}), path)


@FEW
@given(data=st.data())
def test_every_address_that_changes_something_bears_any_form(data: st.DataObject, house: Inside, count: Count):
    for method, path in routes(house, "POST", "PUT", "DELETE"):
        count()
        fields = {name: value.encode("utf-8", "replace") for name, value in data.draw(SENT).items()}
        files = {"file": ("x.xlsx", data.draw(FILE))} if path == "/editor/api/table" else None
        holds(house.send(method, _address(data, path, house.code), data={"csrf": house.csrf, **fields}, files=files, token=False), path)


@SOME
@given(path=st.sampled_from(DOCUMENTS[:5]), form=FORM, joined=st.booleans())
def test_a_form_of_any_values_is_kept_or_refused_and_never_breaks_the_pages(path: str, form: dict[str, object], *, joined: bool, house: Inside, count: Count):
    """What one editor saves, the others must still be able to look at."""
    count()
    opened = house.send("GET", f"/editor/api/documents/{path}").json()
    body = {"path": path, "form": form, "revision": opened.get("revision", 0), "base": opened.get("base", ""), "joined": joined}
    for method, address in (("POST", "/editor/api/look"), ("PUT", "/editor/api/drafts")):
        holds(house.send(method, address, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}), address)
    for address in (f"/editor/{path.removesuffix('.yaml')}", f"/editor/api/documents/{path}"):
        holds(house.send("GET", address), address)


def test_an_entry_of_no_notice_has_no_preview_and_breaks_nothing(house: Inside):
    form = house.send("GET", "/editor/api/documents/entries/stipend.yaml").json()["live"]
    looked = house.send("POST", "/editor/api/look", json={"path": "entries/stipend.yaml", "form": form | {"notices": ["999999"]}})
    assert looked.json()["previews"] == {"en": None, "fr": None}
    assert looked.json()["problems"]


@MORE
@given(wish=BODY, do=st.sampled_from(["choose", "split", "merge", "move", "aside", "undo"]))
def test_any_wish_leaves_a_board_that_can_be_seen(wish: dict[str, object], do: str, house: Inside, count: Count):
    count()
    board = house.send("GET", f"/moderator/api/{house.code}/board").json()
    first = next((group["id"] for group in board["groups"]), "g1")
    holds(
        house.send(
            "POST", f"/moderator/api/{house.code}/do", data=json.dumps({"group": first, "seen": {}, **wish, "do": do}).encode(), headers={"Content-Type": "application/json"}
        ),
        "/do",
    )
    assert house.send("GET", f"/moderator/api/{house.code}/board").status_code == 200


@MORE
@given(text=WORDS, vote=WORDS)
def test_any_words_of_a_participant_are_let_in_or_refused(text: str, vote: str, house: Inside, count: Count):
    count()
    for address, body in ((f"/session/{house.code}/api/ask", {"text": text}), (f"/session/{house.code}/api/vote", {"question": vote})):
        holds(house.send("POST", address, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}, token=False), address)
    for address in (f"/session/{house.code}/api/list", f"/moderator/{house.code}/questions.csv", f"/moderator/{house.code}/questions.md"):
        assert house.send("GET", address).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_changed_without_the_token(house: Inside, method: str):
    """Of every address behind the log-in, those to come as well."""
    for _, path in routes(house, method):
        if not path.startswith(("/session", "/login")):
            address = re.sub(r"\{(\w+)\}", lambda part: house.code if part[1] == "code" else "x", path)
            assert house.send(method, address, json={}, token=False).status_code == 403, path


def test_a_trial_is_begun_by_nothing_but_a_press_of_the_editors(house: Inside):
    assert house.send("POST", "/editor/api/trials", token=False).status_code == 403
    assert house.send("GET", "/editor/api/trials").status_code == 405


@pytest.mark.parametrize("what", ["end", "reopen", "erase", "other"])
def test_what_ends_a_session_bears_any_code(house: Inside, what: str):
    for code in ("nosuchcode", "x" * 4_000, "%00", "..%2f"):
        response = house.send("POST", f"/moderator/{code}/{what}", data={"csrf": house.csrf}, token=False)
        assert response.status_code in {303, 400, 404}
