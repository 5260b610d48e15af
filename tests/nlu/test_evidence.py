"""The evidence that ranks entries: terms as scikit-learn weighs them, and the nearest sentence that was taught."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from bot.nlu.heads import VectorHead, WordHead
from bot.nlu.neighbours import Neighbours
from bot.nlu.ranking import Mixture, Ranker
from bot.nlu.terms import Terms, beside

TEXTS = ["is there a stipend", "how many hours a week", "quelle est la durée du stage", "y a-t-il une indemnité", "a a a b", "hours hours"]


@pytest.fixture(scope="module")
def vectorisers():
    words, letters = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    return words.fit(TEXTS), letters.fit(TEXTS)


def _dense(row, width):
    columns, values = row
    dense = np.zeros(width)
    dense[columns] = values
    return dense


@given(text=st.text(max_size=60) | st.lists(st.sampled_from(" ".join(TEXTS).split()), max_size=8).map(" ".join))
def test_terms_are_weighed_as_the_vectoriser_weighs_them(vectorisers, text):
    parts = [Terms(one) for one in vectorisers]
    for part, vectoriser in zip(parts, vectorisers, strict=True):
        assert np.allclose(_dense(part.row(text), len(part)), vectoriser.transform([text]).toarray()[0], atol=1e-6)
    both = normalize(sparse.hstack([one.transform([text]) for one in vectorisers])).toarray()[0]
    assert np.allclose(_dense(beside(parts, text), len(both)), both, atol=1e-6)


@pytest.fixture(scope="module")
def taught():
    random = np.random.default_rng(1)
    vectors = random.standard_normal((60, 16)).astype(np.float32)
    return vectors, np.repeat(np.arange(20), 3)[random.permutation(60)]


def test_the_nearest_sentence_of_an_intent_is_found(taught, tmp_path):
    vectors, labels = taught
    Neighbours.fit(vectors, labels, 20).save(tmp_path)
    kept = Neighbours.load(tmp_path)
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    asked = directions[:7] + 0.1
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    candidates = np.tile(np.array([3, 0, 19]), (7, 1))
    exact = [[(directions[labels == intent] @ one).max() for intent in (3, 0, 19)] for one in asked]
    assert np.allclose(kept.nearness(asked.astype(np.float32), candidates), exact, atol=0.01)


def test_a_candidate_without_a_sentence_is_far():
    near = Neighbours.fit(np.eye(2, dtype=np.float32), np.array([0, 2]), 3)
    assert near.nearness(np.eye(2, dtype=np.float32)[:1], np.array([[0, 1, 2]]))[0].tolist() == pytest.approx([1.0, 0.0, 0.0])


def test_a_sentence_that_was_taught_settles_what_the_heads_leave_open(taught):
    vectors, labels = taught[0], taught[1] % 8
    undecided = VectorHead([[np.zeros((16, 2), np.float32), np.zeros(2, np.float32), np.zeros((18, 8), np.float32), np.zeros(8, np.float32)]], vectors.mean(axis=0))
    texts = [f"text {number}" for number in range(60)]
    parts = (undecided, WordHead.fit(texts, labels, seed=1), Neighbours.fit(vectors, labels, 8))
    intents = [f"faq/{number}" for number in range(8)]
    assert (Ranker(intents, *parts, Mixture(0.0, 12.0, 1.0)).probabilities(texts, vectors).argmax(axis=1) == labels).all()
    assert np.allclose(Ranker(intents, *parts, Mixture(0.0, 0.0, 1.0)).probabilities(texts, vectors), 1 / 8)
