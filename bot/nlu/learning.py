"""Learns to rank and to divide: from sentences that ask one thing, and from messages that ask one thing or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from bot.nlu.clauses import Sentence, clauses
from bot.nlu.dividing import Example, Message, fit_divider, heard_all
from bot.nlu.division import Divider
from bot.nlu.encoder import Vectors
from bot.nlu.heads import VectorHead
from bot.nlu.neighbours import Neighbours
from bot.nlu.noise import noisy
from bot.nlu.ranking import Mixture, Ranker

HALVES = 2  # of the messages: what the divider learns of one is judged by a ranker that has seen the other
_SKETCH = 1  # member of the committee, and no slips: as good for that as the whole, and a third of its time (docs/decisions/006)


@dataclass(frozen=True)
class How:
    """By what to learn: vectors of many texts, the mixture of evidence, whether the words are learnt in haste as well, and the seed."""

    encode: Callable[[Sequence[str]], Vectors]
    mixture: Mixture
    noise: bool
    seed: int


def learn(sentences: Sequence[Sentence], several: Sequence[Example], how: How) -> tuple[Ranker, Divider]:
    """Return what ranks intents and what divides messages.

    The parts of messages are sentences too, and the ranker learns them. The divider has to learn from messages as they are to it later on, unseen: half of
    them are ranked by what has learnt only the other half.
    """
    messages = heard_all(several, how.encode)
    own = _own(sentences, messages, how)
    sketch, halves = replace(how, noise=False), [[one for one, message in zip(own, messages, strict=True) if _half(message) != half] for half in range(HALVES)]
    with ThreadPoolExecutor() as beside:  # each learns in processes of its own, and would leave cores idle between them
        jobs = [beside.submit(_fit, [*sentences, *chain(*own)], how), *(beside.submit(_fit, [*sentences, *chain(*half)], sketch, _SKETCH) for half in halves)]
        ranker, *unseen = [job.result() for job in jobs]
    judged = [unseen[_half(message)].probabilities([part.text for part in message.parts], message.vectors) for message in messages]
    return ranker, fit_divider(messages, judged, ranker.intents)


def _own(sentences: Sequence[Sentence], messages: Sequence[Message], how: How) -> list[list[Sentence]]:
    """Return the sentences of each of `messages`, found by their likeness to `sentences`."""
    intents, labels = np.unique([sentence.intent for sentence in sentences], return_inverse=True)
    taught = Neighbours.fit(how.encode([sentence.text for sentence in sentences]), labels, len(intents))
    vectors = np.vstack([message.vectors for message in messages])  # all at once: a message at a time takes minutes
    near = np.split(taught.nearness(vectors, np.tile(np.arange(len(intents)), (len(vectors), 1))), np.cumsum([len(message.parts) for message in messages])[:-1])
    return [list(clauses(message, rows, intents.tolist())) for message, rows in zip(messages, near, strict=True)]


def _half(message: Message) -> int:
    return message.example.block % HALVES


def _fit(sentences: Sequence[Sentence], how: How, members: int = VectorHead.MEMBERS) -> Ranker:
    texts, intents = [sentence.text for sentence in sentences], [sentence.intent for sentence in sentences]
    hasty = noisy(texts, [sentence.locale for sentence in sentences], seed=how.seed) if how.noise else []
    return Ranker.fit(texts, how.encode(texts), intents, how.mixture, hasty=hasty, seed=how.seed, members=members)
