"""The figures of a run in words for a terminal."""

from __future__ import annotations

from bot.evaluation.figures import Figure
from bot.evaluation.measures import DIFFERENCE, Measure
from bot.evaluation.results import LOST, SHOWN, Loss, Results, Row


def summary(results: Results) -> str:
    """Return the figures of `results`; a star marks what falls short of its target."""
    parts = [f"{results.about['messages']} messages", _table(results)]
    if results.losses:
        parts.append(_variants(results))
    if results.reliability:
        parts += [f"{locale}: stated confidence off by {found.gap:.3f} on average (ECE), Brier score {found.brier:.3f}" for locale, found in results.reliability.items()]
    if results.confusions:
        lines = [f"{one.count:4}  {one.wanted}  →  {one.given}" for one in results.confusions[:SHOWN]]
        parts.append("\n".join(["Most often confused (wanted, said):", *lines]))
    speed = results.speed
    parts.append(f"Milliseconds a message: median {speed.median:.1f}, 95 % under {speed.p95:.1f}, slowest {speed.slowest:.1f}")
    return "\n\n".join(parts)


def percent(value: float) -> str:
    """Return a share as a percentage with one decimal."""
    return f"{round(100 * value, 1) + 0.0:.1f}"  # adding nought takes the sign off it


def target(measure: Measure) -> str:
    """Return a measure's target, as «≥ 92.0»."""
    return "" if measure.target is None else f"{'≤' if measure.at_most else '≥'}\N{NO-BREAK SPACE}{percent(measure.target)}"


def spread(figure: Figure | None) -> str:
    """Return a figure with its interval."""
    return f"{percent(figure.value)} [{percent(figure.low)}, {percent(figure.high)}]" if figure else "–"


def _table(results: Results) -> str:
    head = f"{'%':58} {'target':>8}  {'en':24} {'fr':24} {'en − fr':22} n"
    return "\n".join([head, *(_line(row) for row in results.rows)])


def _line(row: Row) -> str:
    cells = [_marked(figure, row.measure) for figure in (row.by_locale.get("en"), row.by_locale.get("fr"))]
    apart = spread(row.difference) + ("*" if row.difference and row.measure.target is not None and abs(row.difference.value) > DIFFERENCE else "")
    return f"{row.measure.says:58} {target(row.measure):>8}  {cells[0]:24} {cells[1]:24} {apart:22} {row.both.count}"


def _marked(figure: Figure | None, measure: Measure) -> str:
    return spread(figure) + ("*" if figure and not measure.reached(figure.value) else "")


def _variants(results: Results) -> str:
    return "\n".join([f"Lost on variants, in points (aim: at most {100 * LOST:.0f})", *(_variant(loss) for loss in results.losses)])


def _variant(loss: Loss) -> str:
    cells = [f"{locale} {100 * figure.value:+.1f}{'*' if figure.value > LOST else ''} (to {percent(loss.shares[locale])})" for locale, figure in loss.losses.items()]
    return f"{loss.variant:16} {loss.measure.id:18} " + "   ".join(f"{cell:24}" for cell in cells)
