"""Asks about every locked package: an advisory service or a dump of one, and the index. What is known and not accepted fails; what could not be asked is said, and fails nothing.

Run by `make audit` with the Python of an environment of its own: pip-audit and Rasa want different releases of `packaging`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import audit_dump
import audit_index

ROOT = Path(__file__).parents[1]
ACCEPTED = ROOT / "scripts" / "audit-accepted.toml"
SECONDS = 600
SERVICES = ("pypi", "osv")


@dataclass(frozen=True)
class Accepted:
    """A finding that we live with: why, and until when that is looked at again."""

    id: str
    package: str
    why: str
    until: date


@dataclass(frozen=True)
class Verdict:
    """What the service said: findings that nobody accepted, packages it could not tell of, how many it told of."""

    findings: tuple[str, ...]
    unknown: tuple[str, ...]
    asked: int

    @property
    def reached(self) -> bool:
        """Tell whether the service answered at all."""
        return self.asked > 0


def locked(lock: str) -> list[str]:
    """Return ``name==version`` for every package of an index in the text of uv.lock."""
    return sorted(f"{one['name']}=={one['version']}" for one in tomllib.loads(lock)["package"] if "registry" in one.get("source", {}))


def read_accepted(text: str) -> list[Accepted]:
    """Return the accepted findings in `text`; each must give its reason and its end."""
    return [Accepted(one["id"], one["package"], one["why"], one["until"]) for one in tomllib.loads(text).get("accepted", [])]


def verdict(report: dict[str, Any], accepted: list[Accepted], *, today: date) -> Verdict:
    """Return what pip-audit's `report` means on `today`."""
    valid = {(one.package, one.id) for one in accepted if one.until >= today}
    findings, unknown, asked = [], [], 0
    for package in report["dependencies"]:
        if "skip_reason" in package:
            unknown.append(package["name"])
            continue
        asked += 1
        for found in package.get("vulns", []):
            names = {found["id"], *found.get("aliases", [])}
            if not any((package["name"], name) in valid for name in names):
                mended = ", ".join(found.get("fix_versions", [])) or "no release"
                findings.append(f"{package['name']} {package['version']}: {found['id']} ({', '.join(sorted(names - {found['id']}))}), mended in {mended}")
    return Verdict(tuple(findings), tuple(unknown), asked)


def asked(packages: list[str], service: str) -> dict[str, Any]:
    """Return pip-audit's report on `packages` by `service`; an empty one where it cannot be had."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(packages))
        file.flush()
        asking = [
            sys.executable,
            "-m",
            "pip_audit",
            "-r",
            file.name,
            "--no-deps",
            "--disable-pip",
            "--format",
            "json",
            "--progress-spinner",
            "off",
            "--timeout",
            "10",
            "--vulnerability-service",
            service,
        ]
        try:
            done = subprocess.run(asking, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603 -- our own arguments
            return dict(json.loads(done.stdout))
        except (subprocess.TimeoutExpired, json.JSONDecodeError):
            return {"dependencies": []}


def said_of(wanted: list[str], accepted: list[Accepted], *, today: date) -> tuple[str, Verdict]:
    """Return which source told what of `wanted`: a dump where one is named, else the first service that answers."""
    if dump := os.environ.get("ADVISORIES"):
        return f"the advisories in {Path(dump).name}", verdict(audit_dump.report(wanted, audit_dump.advisories(Path(dump))), accepted, today=today)
    said = Verdict((), tuple(wanted), 0)
    for service in SERVICES:
        said = verdict(asked(wanted[:1], service), accepted, today=today)
        if said.reached:  # else all others need not be asked about
            return f"the advisories of {service}", verdict(asked(wanted, service), accepted, today=today)
    return "no advisory service", said


def main() -> int:
    """Audit; return 1 where something is known and not accepted."""
    wanted, accepted, today = locked((ROOT / "uv.lock").read_text(encoding="utf-8")), read_accepted(ACCEPTED.read_text(encoding="utf-8")), datetime.now(UTC).date()
    source, said = said_of(wanted, accepted, today=today)
    against, told = audit_index.asked(wanted)
    for finding in (*said.findings, *against):
        print(f"audit: {finding}", file=sys.stderr)
    print(f"audit: the index tells of {told} of {len(wanted)} releases; {len(against)} were taken back or are under suspicion")
    if not said.reached:
        print("audit: ADVISORIES NOT ASKED: no service can be reached from here; run `make audit` where one can, or bring a dump: ADVISORIES=all.zip make audit", file=sys.stderr)
    else:
        print(f"audit: {source}: {said.asked} packages, {len(said.findings)} findings that are not accepted{', nothing on ' + ', '.join(said.unknown) if said.unknown else ''}")
    return 1 if said.findings or against else 0


if __name__ == "__main__":
    sys.exit(main())
