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
from bot.nlu.intents import entry_of
from bot.nlu.neighbours import Neighbours
from bot.nlu.noise import noisy
from bot.nlu.ranking import Mixture, Ranker, Rankers

HALVES = 2  # of the messages: what the divider learns of one is judged by a ranker that has seen the other
_OF_PARTS, _OF_WHOLES = 3, 3  # members of the committee that learns parts, and of the one that does not (docs/decisions/006)
_SKETCH = 1  # member, and no slips: as good for the divider to learn from, and a third of the time
_SIDE_BY_SIDE = 4  # meanings are learnt in processes of their own, which need not wait while the words are learnt in this one


@dataclass(frozen=True)
class How:
    """By what to learn: vectors of many texts, the mixture of evidence, whether the words are learnt in haste as well, and the seed."""

    encode: Callable[[Sequence[str]], Vectors]
    mixture: Mixture
    noise: bool
    seed: int


def learn(sentences: Sequence[Sentence], several: Sequence[Example], how: How) -> tuple[Rankers, Divider]:
    """Return what ranks intents and what divides messages.

    The parts of messages are sentences too, and what ranks parts learns them. A message as a whole is ranked by a committee that does not, and that one together.
    The divider has to learn from messages as they are to it later on, unseen: half of them are ranked by what has learnt only the other half.
    """
    messages = heard_all(several, how.encode)
    own = _own(sentences, messages, how)
    sketch, halves = replace(how, noise=False), [[one for one, message in zip(own, messages, strict=True) if _half(message) != half] for half in range(HALVES)]
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as beside:
        meaning = beside.submit(_meaning, sentences, how)
        jobs = [beside.submit(_fit, [*sentences, *chain(*own)], how, _OF_PARTS), *(beside.submit(_fit, [*sentences, *chain(*half)], sketch, _SKETCH) for half in halves)]
        parts, *unseen = [job.result() for job in jobs]
    judged = [unseen[_half(message)].probabilities([part.text for part in message.parts], message.vectors) for message in messages]
    taught = parts.neighbours.first(np.bincount(np.searchsorted(parts.intents, [sentence.intent for sentence in sentences]), minlength=len(parts.intents)))
    whole = parts.otherwise(meaning.result().beside(parts.vector_head), taught)
    return Rankers(whole, parts), fit_divider(messages, judged, parts.intents)


def _own(sentences: Sequence[Sentence], messages: Sequence[Message], how: How) -> list[list[Sentence]]:
    """Return the sentences of each of `messages`, found by their likeness to `sentences`."""
    intents, labels = np.unique([sentence.intent for sentence in sentences], return_inverse=True)
    taught = Neighbours.fit(how.encode([sentence.text for sentence in sentences]), labels, len(intents))
    near = [np.zeros((len(message.parts), len(intents))) for message in messages]
    for column, intent in enumerate(intents):  # an intent at a time, and only with the messages that ask it: everything with everything takes half a minute
        asking = [place for place, message in enumerate(messages) if entry_of(intent) in message.example.asks]
        if asking:
            vectors = np.vstack([messages[place].vectors for place in asking])
            likeness = taught.nearness(vectors, np.full((len(vectors), 1), column))[:, 0]
            for place, part in zip(asking, np.split(likeness, np.cumsum([len(messages[place].parts) for place in asking])[:-1]), strict=True):
                near[place][:, column] = part
    return [list(clauses(message, rows, intents.tolist())) for message, rows in zip(messages, near, strict=True)]


def _half(message: Message) -> int:
    return message.example.block % HALVES


def _fit(sentences: Sequence[Sentence], how: How, members: int) -> Ranker:
    texts, intents = [sentence.text for sentence in sentences], [sentence.intent for sentence in sentences]
    hasty = noisy(texts, [sentence.locale for sentence in sentences], seed=how.seed) if how.noise else []
    return Ranker.fit(texts, how.encode(texts), intents, how.mixture, hasty=hasty, seed=how.seed, members=members)


def _meaning(sentences: Sequence[Sentence], how: How) -> VectorHead:
    _, labels = np.unique([sentence.intent for sentence in sentences], return_inverse=True)
    return VectorHead.fit(how.encode([sentence.text for sentence in sentences]), labels, int(labels.max()) + 1, seed=how.seed, members=_OF_WHOLES)
