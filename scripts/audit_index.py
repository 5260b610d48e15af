"""What the package index itself says of a release: taken back (yanked), or its project under suspicion. Less than an advisory, but every machine that installs can ask."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

INDEX = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple"
SECONDS = 20
AT_ONCE = 4
SUSPECT = "quarantined"


def asked(packages: Sequence[str]) -> tuple[list[str], int]:
    """Return what speaks against `packages` (``name==version``), and of how many the index told anything."""
    with ThreadPoolExecutor(AT_ONCE) as several:
        told = list(several.map(_one, packages))
    return [said for found in told if found is not None for said in found], sum(found is not None for found in told)


def against(package: str, page: dict[str, Any]) -> list[str]:
    """Return what the index's page of a project says against one of its releases."""
    name, _, version = package.partition("==")
    status = page.get("project-status") or {}
    found = [f"{package}: its project is quarantined: {status.get('reason') or 'no reason is given'}"] if status.get("status") == SUSPECT else []
    why = [file["yanked"] for file in page.get("files", []) if file.get("yanked") and _is_of(file["filename"], name, version)]
    return [*found, *(f"{package}: taken back (yanked): {one if isinstance(one, str) else 'no reason is given'}" for one in dict.fromkeys(why))]


def _is_of(filename: str, name: str, version: str) -> bool:
    begun = f"{name}-{version}".lower().replace("-", "_")
    rest = filename.lower().replace("-", "_")
    return rest.startswith(begun) and rest[len(begun) :].startswith(("_", ".tar", ".zip"))


def _one(package: str) -> list[str] | None:
    name = package.partition("==")[0]
    request = urllib.request.Request(f"{INDEX.rstrip('/')}/{name}/", headers={"Accept": "application/vnd.pypi.simple.v1+json"})  # noqa: S310 -- the index we install from
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return against(package, json.load(answer))
    except (OSError, ValueError, urllib.error.URLError):
        return None
