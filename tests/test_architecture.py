"""Imports point one way; modules keep to a size that can be read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = ["i18n", "content", "records", "nlu", "dialogue", "actions", "web"]
BESIDE_WEB = {"evaluation", "webinar"}
EVERYWHERE = {"settings", "silence"}
MAX_LINES = 500
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "common", "base", "constants"}
SOURCES = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "actions").rglob("*.py")])


def layer_of(module: str) -> str | None:
    parts = module.split(".")
    return "actions" if parts[0] == "actions" else parts[1] if parts[0] == "bot" and len(parts) > 1 else None


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def allowed(importing: str, target: str) -> bool:
    if target == importing or target in EVERYWHERE or importing in {"cli", "commands", "__main__"}:
        return True
    if importing == "web" and target == "webinar":
        return True  # pages of live sessions and of missed questions are edges of its grouping; it knows nothing of them
    if importing in BESIDE_WEB:
        return target in ORDER[: ORDER.index("actions")]
    return importing in ORDER and target in ORDER and ORDER.index(target) < ORDER.index(importing)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_one_way(path: Path):
    module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    importing = layer_of(module)
    targets = {target for name in imported(path) if (target := layer_of(name))}
    wrong = {target for target in targets if importing not in {None, "__init__", "__main__", *EVERYWHERE} and not allowed(importing, target)}
    assert not wrong, f"{module} must not import {wrong}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_can_be_read_in_one_go(path: Path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) < MAX_LINES
    assert path.stem not in FORBIDDEN_NAMES
    assert not lines or lines[0].startswith('"""'), "the first line says the subject"
