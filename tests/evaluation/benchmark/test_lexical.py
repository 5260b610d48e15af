from __future__ import annotations

import math

import pytest

from bot.evaluation.benchmark.lexical import BM25Peer, FuzzyPeer, LogisticPeer
from bot.evaluation.benchmark.splits import Example

train = [
    Example("when is the deadline", "deadline"),
    Example("the last day to apply", "deadline"),
    Example("how much is the pay", "stipend"),
    Example("what salary do interns get", "stipend"),
]


@pytest.mark.parametrize("peer", [LogisticPeer(), BM25Peer(), FuzzyPeer()], ids=lambda peer: peer.name)
def test_a_peer_knows_what_it_learnt(peer):
    peer.fit(train, seed=1)
    guesses = peer.guess([example.text for example in train])
    assert [guess.label for guess in guesses] == [example.label for example in train]
    assert all(guess.confidence > guess.next_best for guess in guesses)


@pytest.mark.parametrize("peer", [LogisticPeer(), BM25Peer(), FuzzyPeer()], ids=lambda peer: peer.name)
@pytest.mark.parametrize("text", ["", "?!", "zzzz qqqq"])
def test_a_text_without_a_known_word_is_guessed_without_confidence(peer, text):
    peer.fit(train, seed=1)
    assert peer.guess_anew(text).confidence <= 0.6


@pytest.mark.parametrize("peer", [LogisticPeer(), BM25Peer(), FuzzyPeer()], ids=lambda peer: peer.name)
def test_a_text_alone_is_guessed_as_among_others(peer):
    peer.fit(train, seed=1)
    alone, (_, among) = peer.guess_anew("salary"), peer.guess(["deadline", "salary"])
    assert alone.label == among.label
    assert alone.confidence == pytest.approx(among.confidence)


def test_bm25_by_hand():
    peer = BM25Peer()
    peer.fit([Example("a b", "one"), Example("b c c", "two")], seed=1)
    guess = peer.guess_anew("c")
    weight = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    assert guess.label == "two"
    assert guess.confidence == pytest.approx(weight * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2.5)))


def test_a_single_intent_has_no_next_best():
    peer = BM25Peer()
    peer.fit([Example("a b", "one")], seed=1)
    assert peer.guess_anew("a").next_best == 0.0
