"""The results of a run as plain values: what `--json` prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.evaluation.records import Record
from bot.evaluation.results import LOST, Loss, Results, Row


def json_of(results: Results) -> dict[str, Any]:
    """Return the plain values of `results`."""
    return {
        "about": dict(results.about),
        "measures": [_json_of_row(row) for row in results.rows],
        "variants": [_json_of_loss(loss) for loss in results.losses],
        "reliability": {locale: asdict(found) for locale, found in results.reliability.items()},
        "coverage": {locale: [asdict(point) for point in points] for locale, points in results.coverage.items()},
        "confusions": [asdict(confusion) for confusion in results.confusions],
        "topics": [asdict(topic) for topic in results.topics],
        "speed": asdict(results.speed),
        "slowest": [_json_of_record(record) for record in results.slowest],
        "worst": [_json_of_record(record) for record in results.wrong],
    }


def _json_of_row(row: Row) -> dict[str, Any]:
    named = {"id": row.measure.id, "says": row.measure.says, "target": row.measure.target, "at_most": row.measure.at_most}
    by_locale: dict[str, Any] = {locale: asdict(figure) for locale, figure in row.by_locale.items()}
    return {**named, **by_locale, "both": asdict(row.both), "difference": asdict(row.difference) if row.difference else None}


def _json_of_loss(loss: Loss) -> dict[str, Any]:
    by_locale: dict[str, Any] = {locale: {"value": loss.shares[locale], "lost": asdict(figure)} for locale, figure in loss.losses.items()}
    return {"variant": loss.variant, "measure": loss.measure.id, "allowed": LOST, **by_locale}


def _json_of_record(record: Record) -> dict[str, Any]:
    first = record.ranking[0] if record.ranking else None
    return {
        "id": record.case.id, "language": record.case.locale, "text": record.case.text, "wanted": list(record.case.wanted), "also": list(record.case.also),
        "kind": record.kind, "blocks": list(record.blocks), "suggestions": list(record.suggestions), "milliseconds": round(record.milliseconds, 1),
        "confidence": first.confidence if first else None,
    }  # fmt: skip


def dumped(values: Mapping[str, Any]) -> str:
    """Return `values` as the one JSON document that a command prints."""
    return json.dumps(values, ensure_ascii=False, indent=1)
