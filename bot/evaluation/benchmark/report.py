"""The comparison in words and as a page."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation.benchmark.comparison import Comparison, Line, Table
from bot.evaluation.benchmark.engine import Engine
from bot.evaluation.benchmark.growth import Cost
from bot.evaluation.benchmark.scores import Scores
from bot.evaluation.drawing import COLOURS, Span, lines, spans
from bot.evaluation.drawing import Line as Curve
from bot.evaluation.page import Markup, figure, joined, page, paragraph, table
from bot.evaluation.summary import percent, spread

_INTRODUCTION = (
    "The engine that answers applicants, given other data and nothing else changed, against peers on the same splits. Right means: the right intent, or declined where "
    "nothing fits. Shares in percent; the best is in bold."
)
_HOW = (
    "Thresholds of abstention are chosen on training data alone: three inner folds (divided four times anew where there are 1,000 sentences or fewer), each leaving out a "
    "third of the intents, whose sentences then stand for what is out of scope; the threshold with the best mean of share right in scope and share declined out of scope is "
    "taken. Rasa stands with its FallbackClassifier at 0.3 (its default) and at 0.7 (its examples'), ambiguity 0.1; on the small single splits its threshold is chosen too. "
    "Published rows are shown at the threshold that is best for them on the test itself, which favours them. Times are the processor's, of all "
    "threads together. Seconds of training leave out the encoding of the training sentences, which is done once; milliseconds are the median of messages guessed one by one, "
    "encoding included. The sentence encoder is tuned on the project's own sentences; for all other data it stands untuned."
)
_HEAD = ("system", "threshold", "all", "in scope", "declined", "MCC", "training, s", "ms a message")


def summary(comparison: Comparison) -> str:
    """Return the tables in words for a terminal."""
    blocks = []
    for one in comparison.tables:
        rows = [_HEAD, *(_cells(line) for line in one.lines), *_published(one)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
        body = "\n".join("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows)
        blocks.append(f"{one.name}: {one.says}\nlearnt from {one.trained_on}, asked {one.tested_on}\n{body}")
    if comparison.growth:
        blocks.append("\n".join(["entries  ms to rank  MB", *(f"{cost.entries:7}  {cost.milliseconds:10.2f}  {cost.megabytes:.0f}" for cost in comparison.growth)]))
    return "\n\n".join(blocks)


def report(comparison: Comparison) -> str:
    """Return the page of `comparison`."""
    sections = [(one.name, _section(one, number)) for number, one in enumerate(comparison.tables)]
    if comparison.growth:
        sections.append(("More entries", _growth(comparison.growth)))
    sections.append(("How this was measured", joined(paragraph(_HOW), table(("", ""), list(comparison.about.items())))))
    return page("Guichet: the engine among its peers", _INTRODUCTION, sections)


def _section(one: Table, number: int) -> Markup:
    rows = [_cells(line) for line in one.lines]
    if rows:
        rows[0] = tuple(Markup(f"<strong>{cell}</strong>") if column == 2 else cell for column, cell in enumerate(rows[0]))
    parts = [(line.system, line.rule, part, *_shares(scores)) for line in one.lines for part, scores in line.parts.items()]
    shown = [paragraph(f"{one.says}. Learnt from {one.trained_on} sentences, asked {one.tested_on}."), table(_HEAD, [*rows, *_published(one)])]
    if one.lines:
        shown.append(figure(_drawing(one, number), "Share right of all questions, with its 95 % interval."))
    if parts:
        shown.append(table(("system", "threshold", "part", "all", "in scope", "declined", "MCC"), parts, caption="By language"))
    return joined(*shown)


def _drawing(one: Table, number: int) -> Markup:
    drawn = []
    for line in one.lines:
        found = line.scores.accuracy
        ours = line.system == Engine.name
        drawn.append(Span(f"{line.system}, {line.rule}", "run here", COLOURS["en" if ours else "both"], 100 * found.value, 100 * found.low, 100 * found.high))
    drawn += [Span(f"{row.system}, published", "published", COLOURS["fr"], *([100 * row.accuracy] * 3)) for row in one.published]
    return spans(f"set{number}", f"Share right of all questions on {one.name}", drawn, across="percent right of all questions")


def _cells(line: Line) -> tuple[str, ...]:
    return (line.system, line.rule, *_shares(line.scores), f"{line.training_seconds:.1f}", f"{line.milliseconds:.1f}")


def _shares(scores: Scores) -> tuple[str, ...]:
    declined = "–" if scores.out_of_scope is None else percent(scores.out_of_scope)
    return (spread(scores.accuracy), percent(scores.in_scope), declined, f"{scores.mcc:.3f}")


def _published(one: Table) -> list[tuple[str, ...]]:
    ordered = sorted(one.published, key=lambda row: -row.accuracy)
    return [
        (f"{row.system} (published)", f"at {row.threshold}, best on the test", percent(row.accuracy), percent(row.in_scope), percent(row.out_of_scope), f"{row.mcc:.3f}", "–", "–")
        for row in ordered
    ]


def _growth(costs: Sequence[Cost]) -> Markup:
    curve = Curve("ranking", [(float(cost.entries), cost.milliseconds) for cost in costs], COLOURS["en"], [20.0] * len(costs))
    description = "Milliseconds to rank one message against the number of entries"
    drawing = lines("growth", description, [curve], across="entries", up="milliseconds", logarithmic=True)
    rows = [(str(cost.entries), f"{cost.milliseconds:.2f}", f"{cost.megabytes:.0f}") for cost in costs]
    text = paragraph("Ranking one message; encoding it comes on top and does not grow with the entries.")
    return joined(text, figure(drawing, "Both axes are logarithmic."), table(("entries", "milliseconds", "megabytes"), rows))
