"""What was aimed at, and whether it was reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def targets(found: Mapping[str, Any]) -> dict[str, str]:
    """Return each aim with what was found, in words."""
    cells = {(cell["server"], cell["clients"]): cell for cell in found["cells"] if cell["kind"] == found["cells"][0]["kind"]}
    told = {}
    for clients in sorted({clients for _, clients in cells}):
        mine, theirs = cells["ours", clients], cells["stock", clients]
        told[f"at most half of stock Rasa's median latency, {clients} clients"] = _verdict(mine["median_ms"] / theirs["median_ms"], 0.5, most=True)
        told[f"at least three times its throughput, {clients} clients"] = _verdict(mine["per_second"] / max(theirs["per_second"], 1e-9), 3.0, most=False)
        told[f"its processor's time a request, {clients} clients"] = f"{mine['processor_ms'] / max(theirs['processor_ms'], 0.1):.2f} times stock Rasa's"
    stages = found["stages_ms"]
    rest = sum(value for stage, value in stages.items() if stage not in {"encoder", "waiting"})
    told["everything else takes less than the encoder"] = _verdict(rest / stages["encoder"], 1.0, most=True) if stages.get("encoder") else "not measured"
    told["a whole message in 20 ms, one client"] = _verdict(cells["ours", min(clients for _, clients in cells)]["median_ms"], 20.0, most=True)
    told["no error under overload"] = _verdict(found["overload"]["ours"]["errors"], 0, most=True)
    flood = found["overload"]["ours"]
    told["after overload the next question is answered as before it"] = (
        _verdict(flood["first_after_ms"] / flood["before_ms"], 2.0, most=True) if flood["first_after_status"] == 200 else f"status {flood['first_after_status']} (short)"
    )
    return told


def _verdict(value: float, aim: float, *, most: bool) -> str:
    reached = value <= aim if most else value >= aim
    return f"{value:.2f} ({'reached' if reached else 'short'})"
