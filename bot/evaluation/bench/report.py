"""The comparison of the two servers in words and as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.evaluation.bench.targets import targets
from bot.evaluation.drawing import COLOURS, Line, lines, spans
from bot.evaluation.drawing import Span as Bar
from bot.evaluation.page import Markup, figure, joined, page, paragraph, table

_NAMES = {"ours": "Guichet", "stock": "stock Rasa 3.6"}
_COLOURS = {"ours": COLOURS["en"], "stock": COLOURS["fr"]}
_INTRODUCTION = (
    "The same questions over HTTP to our server and to a stock Rasa server of the same content, both on the same machine at the same time, asked in turn. "
    "What counts is the ratio: other work on the machine befalls both."
)
_HEAD = ("clients", "server", "median, ms", "99th percentile, ms", "replies a second", "processor's ms a request", "requests", "told to come back", "errors")


def as_text(found: Mapping[str, Any]) -> str:
    """Return the figures for a terminal."""
    blocks = []
    for kind in _kinds(found):
        rows = [_HEAD, *_rows(found, kind)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
        blocks.append(kind + "\n" + "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows))
    blocks.append("where a message's time goes (mean ms)\n" + "\n".join(f"{stage:<10} {value:8.2f}" for stage, value in _stages(found)))
    blocks.append("\n".join(f"{name}: {told}" for name, told in targets(found).items()))
    return "\n\n".join(blocks)


def as_html(found: Mapping[str, Any]) -> str:
    """Return the page."""
    kinds = [(kind[0].upper() + kind[1:], joined(_drawing(found, kind, number), table(_HEAD, _rows(found, kind)))) for number, kind in enumerate(_kinds(found))]
    about = [(name, str(value)) for name, value in found["about"].items()] + [(name, str(value)) for name, value in found["machine"].items()]
    sections = [
        ("Reached or not", table(("aim", "found"), list(targets(found).items()))),
        *kinds,
        ("Where a message's time goes", _time(found)),
        ("Under far too much", _overload(found)),
        ("What each costs", _costs(found)),
        ("How this was measured", table(("", ""), about)),
    ]
    return page("Guichet: speed, beside a stock Rasa server", _INTRODUCTION, sections)


def _kinds(found: Mapping[str, Any]) -> Sequence[str]:
    return list(dict.fromkeys(cell["kind"] for cell in found["cells"]))


def _rows(found: Mapping[str, Any], kind: str) -> list[tuple[str, ...]]:
    cells = sorted((cell for cell in found["cells"] if cell["kind"] == kind), key=lambda cell: (cell["clients"], cell["server"]))
    return [
        (
            str(cell["clients"]),
            _NAMES[cell["server"]],
            f"{cell['median_ms']:.1f}",
            f"{cell['p99_ms']:.1f}",
            f"{cell['per_second']:.1f}",
            f"{cell['processor_ms']:.0f}",
            str(cell["requests"]),
            str(cell["refused"]),
            str(cell["errors"]),
        )
        for cell in cells
    ]


def _drawing(found: Mapping[str, Any], kind: str, number: int) -> Markup:
    drawn = []
    for server, name in _NAMES.items():
        cells = sorted((cell for cell in found["cells"] if cell["kind"] == kind and cell["server"] == server), key=lambda cell: cell["clients"])
        drawn.append(Line(f"{name}, median", [(cell["clients"], cell["median_ms"]) for cell in cells], _COLOURS[server], [30.0] * len(cells)))
        drawn.append(Line(f"{name}, 99th", [(cell["clients"], cell["p99_ms"]) for cell in cells], f"{_COLOURS[server]}88"))
    description = f"Milliseconds of a reply by the number of clients, {kind}"
    return figure(lines(f"latency{number}", description, drawn, across="clients at once", up="milliseconds", logarithmic=True), f"{description}; both axes in steps of ten.")


def _stages(found: Mapping[str, Any]) -> list[tuple[str, float]]:
    return sorted(found["stages_ms"].items(), key=lambda pair: -pair[1])


def _time(found: Mapping[str, Any]) -> Markup:
    stages = [(stage, value) for stage, value in _stages(found) if stage != "waiting"]
    bars = [Bar(stage, "mean", COLOURS["en"], value, 0.0, value) for stage, value in stages]
    encoder = found["stages_ms"].get("encoder", 0.0)
    rest = sum(value for stage, value in stages if stage != "encoder")
    said = f"The encoder is the floor: {encoder:.1f} ms a message. Everything else together takes {rest:.1f} ms. Waiting for the message before is left out."
    drawing = figure(spans("stages", "Mean milliseconds of a message by stage", bars, across="milliseconds"), "Mean milliseconds of a message by stage.")
    return joined(paragraph(said), drawing, table(("stage", "mean, ms"), [(stage, f"{value:.2f}") for stage, value in _stages(found)]))


def _overload(found: Mapping[str, Any]) -> Markup:
    head = ("server", "clients", "statuses", "errors", "99th percentile, ms", "one question before, ms", "the first after, ms")
    rows = [
        (_NAMES[name], str(one["clients"]), str(one["statuses"]), str(one["errors"]), f"{one['p99_ms']:.0f}", f"{one['before_ms']:.0f}", f"{one['first_after_ms']:.0f}")
        for name, one in found["overload"].items()
    ]
    return joined(paragraph("What our server cannot answer in time it refuses at once, with the seconds after which to come back; that is no error."), table(head, rows))


def _costs(found: Mapping[str, Any]) -> Markup:
    head = ("server", "start to ready, s", "memory, MB", "training, s", "processor's time of it, s", "examples learnt from")
    rows = []
    for name, one in found["costs"].items():
        training = found["training"].get(name, {})
        told = tuple(str(training.get(key, "not measured in this run")) for key in ("seconds", "processor_seconds", "examples"))
        rows.append((_NAMES[name], str(one["seconds_to_ready"]), str(one["megabytes"]), *told))
    return table(head, rows)
