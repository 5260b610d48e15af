"""What systems are trained on and tested on. Pure."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.i18n.locale import Locale

OUT = "out-of-scope"  # the label of what no intent covers, in training where there is some, and in tests


@dataclass(frozen=True)
class Example:
    """A sentence, its intent and its language; `also` are right as well, `part` names the share of a test that it belongs to."""

    text: str
    label: str
    also: tuple[str, ...] = ()
    part: str = ""
    locale: Locale = "en"


@dataclass(frozen=True)
class Split:
    """What is learnt from and what is asked."""

    train: tuple[Example, ...]
    test: tuple[Example, ...]


@dataclass(frozen=True)
class Published:
    """Figures that others published on the same test, at the threshold that is best for them on the test itself."""

    system: str
    threshold: float
    accuracy: float
    in_scope: float
    out_of_scope: float
    mcc: float


@dataclass(frozen=True)
class Dataset:
    """A data set: its splits (their tests are counted together) and what was published on it."""

    name: str
    says: str
    splits: tuple[Split, ...]
    published: tuple[Published, ...] = ()


def folds(examples: Sequence[Example], count: int, *, seed: int, always: Sequence[Example] = (), leaving_out: bool = True) -> tuple[Split, ...]:
    """Divide `examples` into `count` splits; each leaves out a share of the intents whole, whose sentences stand for what is out of scope.

    Without `leaving_out` all intents are learnt from, and only what already is out of scope stands for it.
    Of the other intents a share of the sentences is asked, the rest is learnt from; an intent's last sentence is never taken from training. What already
    is out of scope is learnt from and asked by shares too. `always` is learnt from unless its intent is left out.
    """
    chance = random.Random(seed)  # noqa: S311  # chance that can be repeated is wanted here
    intents = sorted({example.label for example in examples} - {OUT})
    chance.shuffle(intents)
    share: dict[int, int] = {}
    members: dict[str, list[int]] = defaultdict(list)
    for index, example in enumerate(examples):
        members[example.label].append(index)
    for offset, label in enumerate(sorted(members)):
        chance.shuffle(members[label])
        share |= {index: (offset + place) % count for place, index in enumerate(members[label])}
    known = {example.label for example in always}
    made = []
    for number in range(count):
        left_out = set(intents[number::count]) if leaving_out else set()
        kept = [index for index, example in enumerate(examples) if example.label not in left_out]
        lone = {label for label, owned in members.items() if label not in known and all(share[index] == number for index in owned)}
        asked = {index for index in kept if share[index] == number and examples[index].label not in lone}
        train = tuple(examples[index] for index in kept if index not in asked)
        strangers = tuple(replace(example, label=OUT, also=()) for example in examples if example.label in left_out)
        made.append(Split((*(one for one in always if one.label not in left_out), *train), (*(examples[index] for index in sorted(asked)), *strangers)))
    return tuple(made)
