"""The measurement itself: what is asked, what counts as an error, what is made of the figures, and the stock project that Rasa takes."""

from __future__ import annotations

import random
import re
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from bot.evaluation.bench.bench import Cell, Plan
from bot.evaluation.bench.load import Asked, Load, put_to
from bot.evaluation.bench.project import write_project
from bot.evaluation.bench.report import as_html, as_text
from bot.evaluation.bench.servers import Server
from bot.evaluation.bench.soak import Soaked, soak
from bot.evaluation.bench.stages import between
from bot.evaluation.bench.targets import targets
from bot.nlu.utterances import Utterance, read_utterances
from tests.conftest import BETWEEN


class Grumpy(BaseHTTPRequestHandler):
    """Answers every third question, refuses every third with and every third without a word when to come back."""

    asked = 0
    lock = threading.Lock()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        with self.lock:
            turn, Grumpy.asked = Grumpy.asked % 3, Grumpy.asked + 1
        self.send_response(200 if turn == 0 else 503)
        if turn == 1:
            self.send_header("Retry-After", "5")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def grumpy(tmp_path) -> Server:
    http = ThreadingHTTPServer(("127.0.0.1", 0), Grumpy)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield Server("grumpy", [], tmp_path, f"http://127.0.0.1:{http.server_port}", lambda _: True, lambda text, _: ("/", {"text": text}), lambda body: body == [])
    http.shutdown()
    http.server_close()


def test_a_refusal_that_says_when_to_come_back_is_no_error(grumpy):
    load = put_to(grumpy, ["?"] * 30, clients=4)
    assert load.statuses() == {"200": 10, "503": 20}
    assert (load.errors, load.refused) == (10, 10)


def test_a_server_that_is_gone_is_an_error(tmp_path):
    gone = Server("gone", [], tmp_path, "http://127.0.0.1:9", lambda _: True, lambda text, _: ("/", {}), bool)
    load = put_to(gone, ["?"] * 3, clients=2)
    assert (load.statuses(), load.errors) == ({"0": 3}, 3)


def test_no_question_is_asked_twice():
    cells = Plan(rounds=3, questions=80).cells([f"question {number}" for number in range(760)])
    texts = [text for cell in cells.values() for text in cell]
    assert len(texts) == len(set(texts)) == 9 * 80
    assert Plan(rounds=3, questions=80).cells(["a", "b", "c"] * 9).keys() == cells.keys()


def test_stages_are_means_between_two_readings():
    before, after = {"encoder": (1.0, 10.0)}, {"encoder": (2.0, 20.0), "ranking": (0.05, 10.0)}
    assert between(before, after) == pytest.approx({"encoder": 100.0, "ranking": 5.0})
    assert between({}, {}) == {}


@pytest.mark.parametrize(
    ("megabytes", "growth"),
    [pytest.param([900, 800, 800, 800, 800], 0.0, id="steady once warm"), pytest.param([800, 810, 820, 830, 840], 10.0, id="a leak of 1 kB a message")],
)
def test_growth_of_memory(megabytes, growth):
    soaked = Soaked([10_000 * number for number in range(1, 6)], [float(value) for value in megabytes], [1.0] * 5)
    assert soaked.growth()[0] == pytest.approx(growth, abs=0.01)
    assert soaked.grows is (growth > 0)
    assert not Soaked([50_000], [800.0], [1.0]).grows


def test_chance_is_not_called_growth():
    chance = random.Random(1)
    steady = [800 + chance.gauss(0, 5) for _ in range(100)]
    messages = [1_000 * number for number in range(1, 101)]
    assert not Soaked(messages, steady, [1.0] * 100).grows
    assert Soaked(messages, [one + 0.3 * number for number, one in enumerate(steady)], [1.0] * 100).grows, "3 MB per 10,000 messages"


def test_a_soak_sends_what_it_says(tmp_path, grumpy, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr("bot.evaluation.bench.soak.ours", lambda *_, **__: grumpy)
    monkeypatch.setattr("bot.evaluation.bench.soak.PORTION", 30)
    found = soak(tmp_path, ["a", "b"], 90, seconds=60, fresh=0.5, clients=3, now="", workers=1, say=said.append)
    assert (found.messages, found.errors, found.refused) == ([30, 60, 90], 30, 30)
    assert len(said) == 4
    assert "50% of them new, over 3 connections" in said[0]


def load(clients: int, milliseconds: float, status: int = 200) -> Load:
    return Load(clients, tuple(Asked(milliseconds / 1000, status, fine=True) for _ in range(100)), 100 * milliseconds / 1000 / clients)


@pytest.fixture
def found() -> dict[str, object]:
    cells = [Cell(name, "once", clients, (load(clients, taken), load(clients, 2 * taken))).as_json() for name, taken in (("ours", 10.0), ("stock", 40.0)) for clients in (1, 8)]
    overload = {
        name: {"clients": 200, "statuses": {"200": 1}, "errors": 0, "median_ms": 1.0, "p99_ms": 2.0, "before_ms": 1.0, "first_after_ms": 1.0, "first_after_status": 200}
        for name in ("ours", "stock")
    }
    costs = {name: {"seconds_to_ready": 9.5, "megabytes": 600} for name in ("ours", "stock")}
    stages = {"encoder": 8.0, "ranking": 2.0, "waiting": 50.0}
    return {"cells": cells, "stages_ms": stages, "costs": costs, "overload": overload, "machine": {"cores": 2}, "training": {"stock": {"seconds": 60.0}}, "about": {"rounds": 2}}


def test_figures_come_from_the_rounds(found):
    ours = next(cell for cell in found["cells"] if (cell["server"], cell["clients"]) == ("ours", 1))
    assert (ours["median_ms"], ours["p99_ms"], ours["requests"], ours["errors"]) == (15.0, 20.0, 200, 0)


def test_aims_are_said_to_be_reached_or_short(found):
    told = targets(found)
    assert told["at most half of stock Rasa's median latency, 1 clients"] == "0.25 (reached)"
    assert told["at least three times its throughput, 8 clients"] == "4.00 (reached)"
    assert told["everything else takes less than the encoder"] == "0.25 (reached)"
    assert told["after overload the next question is answered as before it"] == "1.00 (reached)"
    found["stages_ms"]["ranking"] = 9.0
    assert targets(found)["everything else takes less than the encoder"].endswith("(short)")


def test_the_page_is_complete_and_loads_nothing(found):
    page = as_html(found)
    assert page.count("<svg") == 2
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "stock Rasa 3.6" in as_text(found)


def test_the_stock_project_names_what_it_uses(tmp_path: Path, library):
    few = [*list(read_utterances())[::40], Utterance("[a](b) {c}", "faq/stipend", "en", "")]
    number = write_project(tmp_path, library, few, per_intent=3, now=datetime.fromisoformat(BETWEEN.isoformat()))
    domain, nlu, rules = (yaml.safe_load((tmp_path / name).read_text(encoding="utf-8")) for name in ("domain.yml", "data/nlu.yml", "data/rules.yml"))
    intents = {block["intent"] for block in nlu["nlu"]}
    assert number == sum(len(block["examples"].splitlines()) for block in nlu["nlu"])
    assert {intent.partition("/")[0] for intent in intents} <= set(domain["intents"])
    assert {f"utter_{intent}" for intent in intents} == set(domain["responses"])
    assert {rule["steps"][0]["intent"] for rule in rules["rules"]} == set(domain["intents"])
    assert not any(bracket in block["examples"] for block in nlu["nlu"] for bracket in "[]{}")
