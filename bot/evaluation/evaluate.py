"""Puts questions to the assistant and measures what it says."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.evaluation import figures
from bot.evaluation.calibration import coverage, judged, reliability
from bot.evaluation.cases import Case, Family
from bot.evaluation.figures import Figure
from bot.evaluation.measures import Measure, measures, right, right_first
from bot.evaluation.records import Ask, Rank, Record, run
from bot.evaluation.results import Confusion, Loss, Results, Row, Speed, Topic
from bot.evaluation.variants import VARIANTS, varied
from bot.i18n.locale import LOCALES, Locale

VARIED = ("right-first", "right-among", "declined", "confidently-wrong", "refused")  # the measures taken on variants
Progress = Callable[[Iterable[Case], str], Iterable[Case]]


def evaluate(
    cases: Sequence[Case],
    ask: Ask,
    rank: Rank | None = None,
    *,
    smalltalk: Iterable[str] = (),
    variants: Iterable[str] = tuple(VARIANTS),
    seed: int = 1,
    about: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Results:
    """Put every one of `cases` to the assistant and measure what it says.

    `rank` returns the classifier's candidates for a text (calibration and coverage need it); `smalltalk` names the entries of that kind; `variants` are put
    to the assistant too; `progress` may show how far it is.
    """
    watched = progress or (lambda items, _: items)
    records = tuple(run(watched(cases, "questions"), ask, rank))
    lone = [record for record in records if record.case.dialogue is None and record.case.family != "several"]
    again = {variant: list(run(watched([varied(record.case, variant, seed) for record in lone], variant), ask)) for variant in variants}
    taken = measures(smalltalk)
    pairs = [(variant, measure) for variant in again for measure in taken if measure.id in VARIED]
    firsts = {locale: ones for locale in LOCALES if (ones := judged([record for record in lone if record.case.locale == locale]))}
    return Results(
        about={"seed": str(seed), "messages": str(len(records)), **(about or {})},
        rows=tuple(row for measure in taken if (row := _row(measure, records, seed))),
        losses=tuple(loss for variant, measure in pairs if (loss := _loss(variant, measure, lone, again[variant], seed))),
        reliability={locale: reliability(ones) for locale, ones in firsts.items()},
        coverage={locale: coverage(ones) for locale, ones in firsts.items()},
        confusions=_confusions(lone),
        topics=_topics(lone),
        speed=_speed(records),
        records=records,
    )


def _row(measure: Measure, records: Sequence[Record], seed: int) -> Row | None:
    held = {locale: [measure.holds(record) for record in records if record.case.locale == locale and measure.about(record)] for locale in LOCALES}
    both = figures.share([*held["en"], *held["fr"]], seed=seed)
    if both is None:
        return None
    by_locale = {locale: figure for locale, values in held.items() if (figure := figures.share(values, seed=seed))}
    return Row(measure, by_locale, both, figures.difference(held["en"], held["fr"], seed=seed))


def _loss(variant: str, measure: Measure, before: Sequence[Record], after: Sequence[Record], seed: int) -> Loss | None:
    worse = 1.0 if measure.at_most else -1.0
    shares: dict[Locale, float] = {}
    losses: dict[Locale, Figure] = {}
    for locale in LOCALES:
        pairs = [(measure.holds(one), measure.holds(two)) for one, two in zip(before, after, strict=True) if one.case.locale == locale and measure.about(one)]
        if figure := figures.mean([worse * (two - one) for one, two in pairs], seed=seed):
            losses[locale] = figure
            shares[locale] = sum(two for _, two in pairs) / len(pairs)
    return Loss(variant, measure, shares, losses) if losses else None


def _confusions(lone: Sequence[Record]) -> tuple[Confusion, ...]:
    pairs = Counter((record.case.wanted[0], record.given()) for record in lone if not (right_first(record) or right(record)))
    return tuple(Confusion(wanted, given, count) for (wanted, given), count in sorted(pairs.items(), key=lambda item: (-item[1], item[0])))


def _topics(lone: Sequence[Record]) -> tuple[Topic, ...]:
    asked: dict[tuple[str, Family, Locale], list[bool]] = {}
    for record in lone:
        asked.setdefault((record.case.wanted[0], record.case.family, record.case.locale), []).append(right(record))
    return tuple(Topic(*key, count=len(rights), right=sum(rights)) for key, rights in sorted(asked.items()))


def _speed(records: Sequence[Record]) -> Speed:
    times = sorted(record.milliseconds for record in records) or [0.0]
    return Speed(statistics.median(times), times[min(len(times) - 1, int(0.95 * len(times)))], times[-1])
