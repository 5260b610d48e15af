"""Every system on every data set, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.evaluation.benchmark.growth import Cost
from bot.evaluation.benchmark.runs import Job, Say, SplitRun, outcome
from bot.evaluation.benchmark.scores import Scores, score
from bot.evaluation.benchmark.splits import Dataset, Published
from bot.evaluation.benchmark.systems import Rule, System

STOCK = (Rule(0.3, 0.1), Rule(0.7, 0.1))  # FallbackClassifier: its default threshold and the one that Rasa's examples ship; its default ambiguity
Make = Callable[[], System]
May = Callable[[System], bool]


@dataclass(frozen=True)
class Contender:
    """A system, and by which rules its guesses are taken; without a rule the threshold is chosen on training data."""

    make: Make
    rules: tuple[Rule, ...] = ()
    chooses: bool = True


@dataclass(frozen=True)
class Line:
    """One system on one data set under one rule: its scores on the whole test and on its parts."""

    system: str
    rule: str
    scores: Scores
    parts: Mapping[str, Scores]
    training_seconds: float
    milliseconds: float


@dataclass(frozen=True)
class Table:
    """One data set: the systems run here, best first, and what others published."""

    name: str
    says: str
    trained_on: int
    tested_on: int
    lines: tuple[Line, ...]
    published: tuple[Published, ...]


@dataclass(frozen=True)
class Comparison:
    """All tables, and the cost of ranking as entries grow in number."""

    about: Mapping[str, str]
    tables: tuple[Table, ...]
    growth: tuple[Cost, ...]

    def as_json(self) -> dict[str, Any]:
        """Return plain values; shares are 0..1."""
        return asdict(self)

    def as_text(self) -> str:
        """Return the tables in words for a terminal."""
        from bot.evaluation.benchmark.report import summary

        return summary(self)

    def as_html(self) -> str:
        """Return a page that needs nothing beside itself."""
        from bot.evaluation.benchmark.report import report

        return report(self)


def compare(dataset: Dataset, contenders: Iterable[Contender], cache: Path, *, compute: May = lambda _: True, seed: int = 1, say: Say = lambda _: None) -> Table:
    """Return the table of `dataset`; what is in `cache` is not computed again, and else only by the systems that `compute` allows."""
    lines: list[Line] = []
    for contender in contenders:
        system = contender.make()
        runs = outcome(Job(system, dataset, contender.chooses, seed), cache, compute=compute(system), say=say)
        if runs is not None:
            rules: Sequence[Rule | None] = [*contender.rules, *([None] if contender.chooses else [])]
            lines += [_line(system.name, dataset, runs, rule) for rule in rules]
    ordered = tuple(sorted(lines, key=lambda line: -line.scores.accuracy.value))
    trained = round(sum(len(split.train) for split in dataset.splits) / len(dataset.splits))
    return Table(dataset.name, dataset.says, trained, sum(len(split.test) for split in dataset.splits), ordered, dataset.published)


def _line(system: str, dataset: Dataset, runs: Sequence[SplitRun], rule: Rule | None) -> Line:
    test = [example for split in dataset.splits for example in split.test]
    decided: list[str] = []
    for run in runs:
        taken = rule or Rule(run.threshold or 0.0)
        decided += [taken.decide(guess) for guess in run.guesses]
    parts: dict[str, Scores] = {}
    for part in sorted({example.part for example in test} - {""}):
        pairs = [(example, decision) for example, decision in zip(test, decided, strict=True) if example.part == part]
        parts[part] = score([example for example, _ in pairs], [decision for _, decision in pairs])
    named = f"at {rule.threshold}" if rule else f"at {'/'.join(f'{run.threshold or 0:.2f}' for run in runs)}, chosen in training"
    seconds = sum(run.training_seconds for run in runs) / len(runs)
    return Line(system, named, score(test, decided), parts, seconds, max(run.milliseconds for run in runs))
