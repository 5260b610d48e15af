"""The audit of what we depend on: a finding fails, an accepted one does not until its day, a service out of reach is said."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 6, 1)


def _audit():
    spec = importlib.util.spec_from_file_location("audit", ROOT / "scripts" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["audit"] = module
    spec.loader.exec_module(module)
    return module


audit = _audit()
FOUND = {
    "dependencies": [{"name": "thing", "version": "1", "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2"]}]}, {"name": "safe", "version": "1", "vulns": []}]
}


@pytest.mark.parametrize(
    ("package", "name", "until", "findings"),
    [
        pytest.param("thing", "CVE-1", TODAY, 0, id="accepted to the last day"),
        pytest.param("thing", "PYSEC-1", TODAY, 0, id="by its other name"),
        pytest.param("thing", "CVE-1", date(2026, 5, 31), 1, id="a day too late"),
        pytest.param("other", "CVE-1", TODAY, 1, id="of another package"),
        pytest.param("thing", "CVE-2", TODAY, 1, id="another finding"),
    ],
)
def test_what_is_accepted(package, name, until, findings):
    said = audit.verdict(FOUND, [audit.Accepted(name, package, "why", until)], today=TODAY)
    assert (len(said.findings), said.asked, said.reached) == (findings, 2, True)


def test_a_service_that_knows_no_package_was_not_reached():
    """An index without advisories answers «not found» for each: that is no clean bill."""
    said = audit.verdict({"dependencies": [{"name": "thing", "skip_reason": "not found"}]}, [], today=TODAY)
    assert (said.reached, said.unknown, said.findings) == (False, ("thing",), ())


def test_every_locked_package_is_asked_about():
    wanted = audit.locked((ROOT / "uv.lock").read_text(encoding="utf-8"))
    assert len(wanted) > 200
    assert any(one.startswith("rasa==3.6") for one in wanted)
    assert not any(one.startswith("guichet==") for one in wanted)


def test_every_acceptance_gives_its_reason_and_names_a_locked_package():
    names = {one.partition("==")[0] for one in audit.locked((ROOT / "uv.lock").read_text(encoding="utf-8"))}
    for one in audit.read_accepted(audit.ACCEPTED.read_text(encoding="utf-8")):
        assert one.package in names
        assert len(one.why) > 60
        assert one.until.year < 2028
