"""The pages on threats, faults, privacy and proof name tests; each of them is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TESTS = frozenset(name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"^(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
LEAST = {"threats": 50, "faults": 20, "privacy": 8, "proof": 80}


@pytest.mark.parametrize("page", sorted(LEAST))
def test_every_test_that_is_named_is_there(page: str):
    named = set(re.findall(r"`(test_[a-z0-9_]+)`", (ROOT / "docs" / "design" / f"{page}.md").read_text(encoding="utf-8")))
    assert named - TESTS == set()
    assert len(named) >= LEAST[page]


def test_every_table_of_records_is_on_the_page_about_privacy():
    page = (ROOT / "docs" / "design" / "privacy.md").read_text(encoding="utf-8")
    from bot.records.retention import ERASERS
    from bot.records.tables import METADATA

    assert {name for name in METADATA.tables if f"`{name}`" not in page} == set()
    assert ERASERS
