"""Where our server's time goes, read from its own figures before and after a load."""

from __future__ import annotations

import urllib.request
from collections.abc import Mapping

from prometheus_client.parser import text_string_to_metric_families

Sums = Mapping[str, tuple[float, float]]  # by stage: seconds, messages


def read_stages(url: str) -> Sums:
    """Return the seconds spent in each stage so far, and in how many messages."""
    with urllib.request.urlopen(f"{url}/metrics", timeout=10) as response:  # noqa: S310 -- our own address
        text = response.read().decode()
    seconds: dict[str, float] = {}
    messages: dict[str, float] = {}
    for family in text_string_to_metric_families(text):
        if family.name == "guichet_stage_seconds":
            for sample in family.samples:
                into = {"guichet_stage_seconds_sum": seconds, "guichet_stage_seconds_count": messages}.get(sample.name)
                if into is not None:
                    into[sample.labels["stage"]] = sample.value
    return {stage: (taken, messages[stage]) for stage, taken in seconds.items()}


def between(before: Sums, after: Sums) -> dict[str, float]:
    """Return the mean milliseconds of a message in each stage between two readings."""
    most = max((after[stage][1] - before.get(stage, (0.0, 0.0))[1] for stage in after), default=0.0)
    return {stage: 1000 * (after[stage][0] - before.get(stage, (0.0, 0.0))[0]) / most for stage in after} if most else {}
