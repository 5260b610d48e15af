"""``guichet verify``: confirms or refutes each block of a transcript, from the release of the content that it names."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.commands.model import library_of_version
from bot.commands.outcome import FAULTS, FINE, WRONG, Commands
from bot.dialogue.verify import BadTranscript, Proof, verify
from bot.settings import Settings

MAX_BYTES = 10_000_000  # a long conversation has some 200 kB


def add(commands: Commands) -> None:
    """Add this command."""
    one = commands.add_parser("verify", help="confirm or refute each block of a transcript from the content it names")
    one.add_argument("transcript", type=Path, help="what the widget downloads (JSON), or the output of a replay (JSON lines)")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=_verify)


def replies_in(text: str) -> Iterator[Mapping[str, Any]]:
    """Yield each reply of a transcript, or of the lines of a replay; raises `BadTranscript`."""
    try:
        try:
            documents = [json.loads(text)]
        except json.JSONDecodeError:
            documents = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadTranscript("not JSON") from error
    if not documents:
        raise BadTranscript("nothing in it")
    for document in documents:
        turns = document.get("turns") if isinstance(document, dict) else None
        if not isinstance(turns, list) or not all(isinstance(turn, dict) and isinstance(turn.get("reply"), dict) for turn in turns):
            raise BadTranscript("an object with «turns», each with its «reply», is expected")
        yield from (turn["reply"] for turn in turns)


def _verify(options: argparse.Namespace, settings: Settings) -> int:
    try:
        proofs = verify(replies_in(_read(options.transcript)), library_of_version(settings))
    except BadTranscript as error:
        print(f"guichet: {options.transcript.name}: {error}", file=sys.stderr)
        return WRONG
    _tell(proofs, as_json=options.json)
    verdicts = {proof.verdict for proof in proofs}
    return FAULTS if "refuted" in verdicts else WRONG if "unknown" in verdicts else FINE


def _read(path: Path) -> str:
    if path.stat().st_size > MAX_BYTES:
        raise BadTranscript(f"more than {MAX_BYTES} bytes")
    return path.read_text(encoding="utf-8")


def _tell(proofs: list[Proof], *, as_json: bool) -> None:
    counts = Counter(proof.verdict for proof in proofs)
    totals = {verdict: counts[verdict] for verdict in ("confirmed", "refuted", "unknown")}
    if as_json:
        print(json.dumps({**totals, "proofs": [asdict(proof) for proof in proofs]}, ensure_ascii=False, indent=2))
        return
    for proof in proofs:
        place = f"turn {proof.turn}, " + (f"block {proof.block}" if proof.block else "buttons")
        print(f"{proof.verdict:<9}  {place}, {proof.entry}" + (f": {proof.why}" if proof.why else ""))
    print(", ".join(f"{count} {verdict}" for verdict, count in totals.items()))
