"""How much is tried, and the count of it at the end: GUICHET_FUZZ=2000 tries that many cases of each kind."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import pytest

TALLY: Counter[str] = Counter()
CASES = int(os.environ.get("GUICHET_FUZZ", "60"))


@pytest.fixture
def count(request: pytest.FixtureRequest) -> Callable[[], None]:
    """Count one case of the test that asks."""
    name = request.node.originalname or request.node.name

    def one() -> None:
        TALLY[name] += 1

    return one


def pytest_terminal_summary(terminalreporter) -> None:
    """Say how many cases were tried."""
    if TALLY:
        terminalreporter.section("cases tried")
        for name, number in sorted(TALLY.items()):
            terminalreporter.line(f"{number:8} {name}")
        terminalreporter.line(f"{sum(TALLY.values()):8} in all")
