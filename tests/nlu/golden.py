"""The golden questions' texts: written apart from what is learnt."""

from __future__ import annotations

import json
from pathlib import Path

GOLDEN = Path(__file__).parents[2] / "data" / "golden"


def golden_texts(locale: str) -> list[str]:
    return [json.loads(line)["text"] for line in (GOLDEN / f"{locale}.jsonl").read_text(encoding="utf-8").splitlines()]
