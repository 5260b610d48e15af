"""The report of a run as a page: what was reached, what falls short, and every miss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.evaluation.drawing import COLOURS, Line, Span, histogram, lines, spans
from bot.evaluation.measures import DIFFERENCE, every_one
from bot.evaluation.page import Markup, figure, folded, joined, marked, page, paragraph, table
from bot.evaluation.records import Record
from bot.evaluation.results import LOST, Loss, Results, Row
from bot.evaluation.summary import percent, spread, target

_INTRODUCTION = "Shares in percent, with 95 % bootstrap intervals. Questions were put to the assistant as an applicant would put them."
_SHOWN = 25  # rows of a table; the rest is folded


def report(results: Results) -> str:
    """Return the page of `results`."""
    sections = [("Measures", _measures(results))]
    if results.losses:
        sections.append(("The same questions, typed in haste", _variants(results)))
    if results.reliability:
        sections += [("Is a stated confidence true?", _reliability(results)), ("Answering more or less", _coverage(results))]
    sections += [
        ("Topics", _topics(results)),
        ("Confused pairs", _confusions(results)),
        ("What went wrong", _wrong(results)),
        ("Speed", _speed(results)),
        ("How this was measured", _about(results)),
    ]
    return page("Guichet: how well questions are understood", _INTRODUCTION, sections)


def _measures(results: Results) -> Markup:
    drawn = [
        Span(row.measure.says, locale, COLOURS[locale], 100 * found.value, 100 * found.low, 100 * found.high, None if row.measure.target is None else 100 * row.measure.target)
        for row in results.rows
        for locale, found in row.by_locale.items()
    ]
    shown = table(("measure", "target", "English", "French", "English − French", "questions"), [_row(row) for row in results.rows])
    drawing = spans("measures", "Each measure in English and French with its interval and target", drawn, across="percent")
    return joined(shown, figure(drawing, "Each measure by language; the upright line is its target."))


def _row(row: Row) -> list[str]:
    aimed = row.measure.target is not None
    found = [row.by_locale.get("en"), row.by_locale.get("fr")]
    cells = [marked(spread(one), good=row.measure.reached(one.value) if aimed and one else None) for one in found]
    apart = marked(spread(row.difference), good=abs(row.difference.value) <= DIFFERENCE if aimed and row.difference else None)
    return [row.measure.says, target(row.measure), *cells, apart, str(row.both.count)]


def _variants(results: Results) -> Markup:
    text = f"One typo in each word of six letters or more, no accents, capitals. Points lost; at most {100 * LOST:.0f} are aimed at."
    return joined(paragraph(text), table(("variant", "measure", "English", "French"), [_variant(loss) for loss in results.losses]))


def _variant(loss: Loss) -> list[str]:
    cells: list[str] = []
    for locale in ("en", "fr"):
        lost = loss.losses.get(locale)
        cells.append(marked(f"{100 * lost.value:+.1f} (to {percent(loss.shares[locale])})", good=lost.value <= LOST) if lost else Markup("–"))
    return [loss.variant, loss.measure.says, *cells]


def _reliability(results: Results) -> Markup:
    drawn = []
    for locale, found in results.reliability.items():
        points = [(one.confidence, one.accuracy) for one in found.bins]
        drawn.append(Line(locale, points, COLOURS[locale], [3.0 * one.count for one in found.bins]))
    drawing = lines("reliability", "Share right against stated confidence", drawn, across="stated confidence", up="share right", diagonal=True)
    gaps = [(locale, f"{found.gap:.3f}", f"{found.brier:.3f}") for locale, found in results.reliability.items()]
    caption = "On the dashed line a stated confidence is true; larger dots stand for more questions."
    return joined(figure(drawing, caption), table(("language", "mean gap (ECE)", "Brier score"), gaps))


def _coverage(results: Results) -> Markup:
    drawn = [Line(locale, [(one.coverage, one.accuracy) for one in points], COLOURS[locale]) for locale, points in results.coverage.items()]
    drawing = lines("coverage", "Share right of those answered against share answered", drawn, across="share of all questions answered", up="share right of those answered")
    return figure(drawing, "Each point is a threshold: to the right more is answered, to the left only what is surer. Of all lone questions, those out of the notices included.")


def _topics(results: Results) -> Markup:
    by_label: dict[str, dict[str, tuple[int, int]]] = {}
    for topic in results.topics:
        by_label.setdefault(topic.label, {})[topic.locale] = (topic.right, topic.count)
    rights = {label: [sum(counts) for counts in zip(*found.values(), strict=True)] for label, found in by_label.items()}
    worst_first = sorted(by_label, key=lambda label: (rights[label][0] / rights[label][1], label))
    rows = [[label, *(_of(by_label[label].get(locale)) for locale in ("en", "fr")), f"{100 * rights[label][0] / rights[label][1]:.0f} %"] for label in worst_first]
    return table(("what was asked", "English", "French", "right"), rows)


def _of(counts: tuple[int, int] | None) -> str:
    return f"{counts[0]} of {counts[1]}" if counts else "–"


def _confusions(results: Results) -> Markup:
    rows = [(one.wanted, one.given, str(one.count)) for one in results.confusions]
    return _long(("wanted", "said first", "times"), rows)


def _long(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    if len(rows) <= _SHOWN:
        return table(head, rows)
    return joined(table(head, rows[:_SHOWN]), folded(f"{len(rows) - _SHOWN} more", table(head, rows[_SHOWN:])))


def _wrong(results: Results) -> Markup:
    several = [record for record in results.records if record.case.family == "several" and not every_one(record)]
    return joined(
        paragraph("The worst first: answered surely and wrongly, then the rest."),
        _long(_HEAD, [_miss(record) for record in results.wrong]),
        folded(f"{len(several)} messages of which not every question was answered", table(_HEAD, [_miss(record) for record in several])),
    )


_HEAD = ("question", "wanted", "also right", "said", "offered", "confidence")


def _miss(record: Record) -> list[str]:
    confidence = f"{record.ranking[0].confidence:.2f}" if record.ranking else "–"
    return [record.case.text, _listed(record.case.wanted), _listed(record.case.also), f"{record.kind}: {_listed(record.blocks)}", _listed(record.suggestions), confidence]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "–"


def _speed(results: Results) -> Markup:
    times = [record.milliseconds for record in results.records]
    speed = results.speed
    drawing = histogram("speed", "How long replies took", times, across="milliseconds a message (the slowest hundredth drawn at its start)", up="messages")
    rows = [[record.case.text, f"{record.milliseconds:.1f}", str(len(record.case.text))] for record in results.slowest]
    text = f"Median {speed.median:.1f} ms, 95 % under {speed.p95:.1f} ms, slowest {speed.slowest:.1f} ms; from the text to the whole reply."
    return joined(paragraph(text), figure(drawing, "Time from a message to its reply."), table(("slowest", "milliseconds", "characters"), rows))


def _about(results: Results) -> Markup:
    return table(("", ""), [(name, value) for name, value in results.about.items()])
