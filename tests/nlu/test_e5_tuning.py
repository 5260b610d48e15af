"""Corrections of the encoder: learnt, kept, and put into the network without harm to what they do not touch."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.e5 import COMPUTED
from bot.nlu.e5.corrections import STRENGTH, Corrections
from bot.nlu.e5.engine import Engine, weights_path
from bot.nlu.e5.tuning import DEPTH, Plan
from bot.nlu.e5.weights import read_weights
from bot.nlu.encoder import TunedE5, edition
from bot.nlu.tuning import tune_encoder
from bot.nlu.utterances import Utterance

MONEY = ("How much do you pay?", "C’est rémunéré ?", "what do interns earn", "le salaire mensuel", "is there a stipend", "combien touche-t-on")
PLACE = ("Where is the office?", "C’est dans quelle ville ?", "which country", "l’adresse du bureau", "is it in Brussels", "où travaille-t-on")
SENTENCES = [Utterance(text, intent, "en", "") for texts, intent in ((MONEY, "money"), (PLACE, "place")) for text in texts]


def parted(engine: Engine) -> float:
    """How much nearer sentences are to their own kind than to the other."""
    money, place = (np.array([engine.vector(text) for text in texts]) for texts in (MONEY, PLACE))
    own = [(side @ side.T)[np.triu_indices(len(side), 1)].mean() for side in (money, place)]
    return float(np.mean(own) - (money @ place.T).mean())


def test_what_is_learnt_parts_what_was_taught_apart():
    told: list[str] = []
    plan = Plan(rank=4, epochs=12, batch=4, dropout=0.0)
    corrections = tune_encoder(SENTENCES, plan=plan, say=told.append)
    assert set(corrections.factors) == {f"l{layer}.{name}" for layer in range(DEPTH, 12) for name in ("qkv", "ao", "fi", "fo")}
    assert parted(Engine.open(corrections)) > 2 * parted(Engine.open())
    assert any("epoch 12 of 12" in line for line in told)


def test_corrections_are_the_same_after_they_were_kept(tmp_path):
    chance = np.random.default_rng(1)
    kept = Corrections({"l6.ao": (chance.standard_normal((384, 2), dtype=np.float32), chance.standard_normal((2, 384), dtype=np.float32))})
    kept.save(tmp_path / "some.npz")
    read = Corrections.load(tmp_path / "some.npz")
    assert read.of("l6.ao") == pytest.approx(kept.of("l6.ao"), abs=0.05)
    assert read.of("l6.ao").shape == (384, 384)
    assert read.of("l7.ao") is None


def test_a_correction_of_nothing_changes_next_to_nothing():
    nothing = Corrections({f"l{layer}.fi": (np.zeros((384, 1), dtype=np.float32), np.zeros((1, 1536), dtype=np.float32)) for layer in range(12)})
    text = "When does it start, and may I work from home?"
    assert Engine.open(nothing).vector(text) @ Engine.open().vector(text) == pytest.approx(1.0, abs=1e-3)


def test_the_strength_counts_once():
    left, right = np.ones((384, 1), dtype=np.float32), np.full((1, 384), 0.5, dtype=np.float32)
    assert Corrections({"l6.ao": (left, right)}).of("l6.ao") == pytest.approx(np.full((384, 384), STRENGTH * 0.5))


def test_the_corrections_in_the_project_fit_the_network():
    shape = read_weights(weights_path()).shape
    names = {name for layer in range(DEPTH, shape.layers) for name in (f"l{layer}.qkv", f"l{layer}.ao", f"l{layer}.fi", f"l{layer}.fo")}
    assert set(Corrections.load().factors) == names
    vector = TunedE5().encode(["Where do I send my application?"])[0]
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-4)


def test_vectors_are_named_for_the_corrections_that_made_them():
    assert edition(["e5", "use"]) == f"e5.{COMPUTED}-use"
    assert edition(["tuned", "use"]).startswith(f"tuned.{COMPUTED}.")
