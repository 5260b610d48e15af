"""What is counted and timed, for Prometheus. Labels are kinds, languages, stages and routes: none of them comes from a message or tells who sent it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_MISSES = {"clarify", "not_in_notice", "out_of_scope"}
FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own name: set by the process that starts several workers


class Metrics:
    """The figures of this process; workers that share a folder are scraped as one."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._stages = Histogram("guichet_stage_seconds", "Time of a message by stage.", ["stage"], buckets=_SECONDS, registry=registry)
        self._messages = Histogram("guichet_message_seconds", "Time from a message to its reply.", buckets=_SECONDS, registry=registry)
        self._replies = Counter("guichet_replies", "Replies by kind and language.", ["kind", "language"], registry=registry)
        self._misses = Counter("guichet_misses", "Replies that did not answer what was asked.", ["kind", "language"], registry=registry)
        self._feedback = Counter("guichet_feedback", "Answers said to have helped or not.", ["helpful"], registry=registry)
        self._responses = Counter("guichet_responses", "Responses by route and status.", ["route", "status"], registry=registry)
        self._repeats = Counter("guichet_repeats", "Messages sent again and answered from what was said before.", registry=registry)
        self._releases = Counter("guichet_releases", "Releases of the content taken into service.", registry=registry)
        self.waiting = Gauge("guichet_waiting", "Messages that wait for an answer.", multiprocess_mode="livesum", registry=registry)
        self._ready = Gauge("guichet_ready_workers", "Workers with a model loaded.", multiprocess_mode="livesum", registry=registry)
        self._degraded = Gauge("guichet_degraded", "1 while a part that is shared cannot be reached.", ["part"], multiprocess_mode="livemax", registry=registry)
        self._service = Gauge("guichet_in_service", "1 for the model and the content in service.", ["model", "content"], multiprocess_mode="livesum", registry=registry)
        self._serving: tuple[str, str] | None = None
        self._degraded.labels("redis").set(0)
        self._degraded.labels("database").set(0)

    def staged(self, seconds: Mapping[str, float]) -> None:
        """Take where the time of a message went."""
        for name, taken in seconds.items():
            self._stages.labels(name).observe(taken)

    def replied(self, reply: Mapping[str, Any], seconds: float, inside: float) -> None:
        """Count a reply that took `seconds`, `inside` of them in the assistant."""
        self._messages.observe(seconds)
        self._stages.labels("http").observe(max(0.0, seconds - inside))
        self._replies.labels(reply["kind"], reply["language"]).inc()
        if reply["kind"] in _MISSES:
            self._misses.labels(reply["kind"], reply["language"]).inc()

    def responded(self, route: str, status: int) -> None:
        """Count a response; `route` is a pattern, not an address."""
        self._responses.labels(route, str(status)).inc()

    def repeated(self) -> None:
        """Count a message that was sent again."""
        self._repeats.inc()

    def helped(self, *, helpful: bool) -> None:
        """Count what an applicant thought of an answer."""
        self._feedback.labels(str(helpful).lower()).inc()

    def degraded(self, part: str, *, gone: bool) -> None:
        """Say whether ``redis`` or ``database`` can be reached."""
        self._degraded.labels(part).set(gone)

    def serving(self, model: str | None, content: str) -> None:
        """Say what is in service; a change of content is counted as a release."""
        now = (model or "none", content)
        if now == self._serving:
            return
        if self._serving:
            self._service.labels(*self._serving).set(0)
            if self._serving[1] != content:
                self._releases.inc()
        self._serving = now
        self._service.labels(*now).set(1)
        self._ready.set(model is not None)

    def exposition(self) -> bytes:
        """Return the figures in Prometheus's text format: of all workers, where there are several."""
        if os.environ.get(FOLDER):
            joined = CollectorRegistry()
            MultiProcessCollector(joined)  # type: ignore[no-untyped-call]  # the package annotates nothing here
            return generate_latest(joined)
        return generate_latest(self.registry)
