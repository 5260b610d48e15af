"""The audit of what we depend on: a finding fails, an accepted one does not until its day, a service out of reach is said."""

from __future__ import annotations

import importlib
import json
import sys
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 6, 1)


sys.path.insert(0, str(ROOT / "scripts"))  # `make audit` runs them from there
audit, audit_dump, audit_index = (importlib.import_module(name) for name in ("audit", "audit_dump", "audit_index"))
sys.path.pop(0)
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


def advisory(name: str, *events: dict[str, str], **other: object) -> dict[str, object]:
    return {
        "id": "PYSEC-1",
        "aliases": ["CVE-1"],
        "affected": [{"package": {"ecosystem": "PyPI", "name": name}, "ranges": [{"type": "ECOSYSTEM", "events": list(events)}]}],
        **other,
    }


@pytest.mark.parametrize(
    ("version", "found"),
    [
        pytest.param("1.9", 0, id="before it came in"),
        pytest.param("2.0", 1, id="where it came in"),
        pytest.param("2.0.1", 1, id="the last before it was mended"),
        pytest.param("2.1", 0, id="mended"),
        pytest.param("2.10", 0, id="later, and not by letters"),
        pytest.param("3.0", 1, id="in again"),
    ],
)
def test_a_dump_of_advisories_is_read_by_its_ranges(version, found, tmp_path):
    known = [advisory("Some_Thing", {"introduced": "2.0"}, {"fixed": "2.1"}, {"introduced": "3.0"}), advisory("other", {"introduced": "0"})]
    (tmp_path / "one.json").write_text(json.dumps(known[0]), encoding="utf-8")
    report = audit_dump.report([f"some-thing=={version}"], [*audit_dump.advisories(tmp_path), known[1]])
    assert len(audit.verdict(report, [], today=TODAY).findings) == found


def test_an_advisory_that_was_withdrawn_says_nothing():
    assert audit_dump.report(["thing==1"], [advisory("thing", {"introduced": "0"}, withdrawn="2026-01-01")])["dependencies"][0]["vulns"] == []


@pytest.mark.parametrize(
    ("page", "found"),
    [
        pytest.param({"files": [{"filename": "some_thing-1.0-py3-none-any.whl", "yanked": False}]}, 0, id="a release like any"),
        pytest.param({"files": [{"filename": "some_thing-1.0-py3-none-any.whl", "yanked": "lets strangers in"}]}, 1, id="taken back"),
        pytest.param({"files": [{"filename": "Some-Thing-1.0.tar.gz", "yanked": True}]}, 1, id="taken back without a word, spelled otherwise"),
        pytest.param({"files": [{"filename": "some_thing-1.0.1.tar.gz", "yanked": True}]}, 0, id="another release was"),
        pytest.param({"project-status": {"status": "quarantined"}, "files": []}, 1, id="under suspicion"),
        pytest.param({"project-status": {"status": "archived"}, "files": []}, 0, id="put away"),
    ],
)
def test_what_the_index_says_against_a_release(page, found):
    assert len(audit_index.against("some-thing==1.0", page)) == found
