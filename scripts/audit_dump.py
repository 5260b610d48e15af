"""Advisories from a file: a dump of osv.dev for PyPI, brought to a machine that reaches no advisory service."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version


def advisories(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records at `path`: a zip of JSON files as osv.dev publishes it, or a folder of them."""
    if path.is_dir():
        yield from (json.loads(file.read_text(encoding="utf-8")) for file in sorted(path.rglob("*.json")))
        return
    with zipfile.ZipFile(path) as archive:
        yield from (json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json"))


def report(packages: Sequence[str], known: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what `known` says about `packages` (``name==version``), in the form of pip-audit's reports."""
    rows: dict[str, dict[str, Any]] = {}
    for package in packages:
        name, _, version = package.partition("==")
        rows[canonicalize_name(name)] = {"name": name, "version": version, "vulns": []}
    for record in known:
        for affected in record.get("affected", []) if not record.get("withdrawn") else []:
            row = rows.get(canonicalize_name(affected.get("package", {}).get("name", "")))
            if row and affected["package"].get("ecosystem") == "PyPI" and concerns(affected, row["version"]):
                row["vulns"].append({"id": record["id"], "aliases": record.get("aliases", []), "fix_versions": _fixed(affected)})
    return {"dependencies": list(rows.values())}


def concerns(affected: Mapping[str, Any], version: str) -> bool:
    """Tell whether `version` is among the versions or within the ranges that `affected` names."""
    if version in affected.get("versions", []):
        return True
    return any(_within(one.get("events", []), version) for one in affected.get("ranges", []) if one.get("type") == "ECOSYSTEM")


def _within(events: Sequence[Mapping[str, str]], version: str) -> bool:
    here, inside = Version(version), False
    for event in events:  # in the order of versions, as the format asks
        try:
            if "introduced" in event:
                inside = inside or event["introduced"] == "0" or here >= Version(event["introduced"])
            elif "fixed" in event:
                inside = inside and here < Version(event["fixed"])
            elif "last_affected" in event:
                inside = inside and here <= Version(event["last_affected"])
        except InvalidVersion:
            continue
    return inside


def _fixed(affected: Mapping[str, Any]) -> list[str]:
    return [event["fixed"] for one in affected.get("ranges", []) if one.get("type") == "ECOSYSTEM" for event in one.get("events", []) if "fixed" in event]
