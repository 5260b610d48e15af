"""No pattern that reads what people write runs away: time grows with the text, not with its square's square.

All patterns are tried: those that modules hold compiled, those that stand in the code where they are used (with a word in the place of what is
filled in), and those of the lists in `*.yml`.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot
from bot.nlu.normalise import canonical, clean

READS_PEOPLE = ("bot.nlu", "bot.dialogue", "bot.webinar", "bot.content", "bot.web")
LENGTH = 500
FOLDED = {"bot.nlu.segments._JOINT"}  # a cube of the longest run of white space; texts come to it folded, as a test below holds
PUMPS = [
    "a",
    "A",
    " ",
    "1",
    "a ",
    "A ",
    "1 ",
    "a.",
    "1.",
    "1,",
    "-",
    "a-",
    "'",
    "a'",
    "é",
    ".",
    "?",
    "!",
    "\n",
    "a\n",
    "@",
    "a@",
    "a@a.",
    "(",
    "[",
    "](",
    "https://a",
    "et ",
    "and ",
    "is it ",
    "1/",
    "1:",
    "€ ",
    "Ab ",
    "« ",
    "_",
    "\t",
]


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for info in pkgutil.walk_packages(bot.__path__, "bot."):
        if info.name.startswith(READS_PEOPLE) and not info.name.startswith(("bot.web.endpoint", "bot.web.agent", "bot.nlu.components", "bot.nlu.training")):
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                for found in _within(value):
                    yield f"{info.name}.{name}", found


def _within(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _within(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _within(one)


ROOT = Path(bot.__file__).parents[1]
CALLS = {"compile", "match", "search", "fullmatch", "findall", "finditer", "split", "sub", "subn"}
LOOKS_LIKE_ONE = re.compile(r"\\[wWsSdDbB]|\(\?[:=!<PiI]|\[[^\]\s][^\]]*\][*+{]|[.)\]][*+]")


def _calls(tree: ast.AST) -> Iterator[ast.expr]:
    """The pattern that each call of `re` is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS and ast.unparse(node.func.value) == "re" and node.args:
            yield node.args[0]


def _written() -> Iterator[tuple[str, str]]:
    """Every text in the code or in a list that may be a pattern, with its place."""
    for path in sorted((*ROOT.glob("bot/**/*.py"), *ROOT.glob("actions/*.py"), *ROOT.glob("scripts/*.py"))):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {id(one) for one in _calls(tree)}
        for node in ast.walk(tree):
            text = _text(node)
            if text and (id(node) in called or LOOKS_LIKE_ONE.search(text)):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", text
    for path in sorted((*ROOT.glob("bot/**/*.yml"), *ROOT.glob("data/nlu/lexicon/**/*.y*ml"))):
        yield from ((str(path.relative_to(ROOT)), text) for text in _leaves(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)) if LOOKS_LIKE_ONE.search(text))


def _text(node: ast.AST) -> str | None:
    """A literal's text; what an f-string fills in is a word."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "word" for part in node.values)
    return None


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)


def _compiled() -> Iterator[tuple[str, re.Pattern[str]]]:
    for place, text in _written():
        try:
            yield place, re.compile(text, re.IGNORECASE)
        except re.error:  # a sentence, or a piece that others are joined of: those are tried whole
            continue


FOUND = {(pattern.pattern, pattern.flags): (name, pattern) for name, pattern in (*_patterns(), *_compiled()) if name not in FOLDED}


def test_the_patterns_are_found():
    assert len(FOUND) > 400


def test_no_pattern_stands_where_it_would_not_be_found():
    """Calls are found by the name `re`, and a literal in one must be a whole pattern; what is no literal comes from a module or a list."""
    for path in sorted(ROOT.glob("bot/**/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not any(isinstance(node, ast.ImportFrom) and node.module == "re" for node in ast.walk(tree)), path
        assert not any(isinstance(node, ast.Import) and any(one.name == "re" and one.asname for one in node.names) for node in ast.walk(tree)), path
        for one in _calls(tree):
            if (text := _text(one)) is not None:
                re.compile(text)


@pytest.mark.parametrize("pump", PUMPS)
def test_no_pattern_runs_away(pump: str):
    """Four times the text may cost 24 times as much: more than a square (16) with room for a busy machine, less than a cube (64)."""
    slow = []
    for name, pattern in FOUND.values():
        long = _seconds(pattern, pump, LENGTH)
        if long < 0.002:
            continue  # too short to be told from chance
        if min(_seconds(pattern, pump, LENGTH) for _ in range(3)) > 24 * min(_seconds(pattern, pump, LENGTH // 4) for _ in range(3)) + 0.004:
            slow.append((name, pattern.pattern[:80], long))
    assert slow == []


@pytest.mark.parametrize("white", [" ", "\n", "\t", " \n", "\u00a0", "\u2003", "\r\n"])
def test_runs_of_white_space_are_folded_before_anything_reads_them(white: str):
    assert max((len(run) for run in re.findall(r"\s+", clean(f"a{white * 500}b"))), default=0) == 1
    assert max((len(run) for run in re.findall(r"\s+", canonical(f"a{white * 500}b"))), default=0) == 1


def _seconds(pattern: re.Pattern[str], pump: str, length: int) -> float:
    text = (pump * length)[:length] + "\x01"  # an end that fits nothing, so that all ways are tried
    begun = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begun
