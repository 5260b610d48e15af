"""One YAML file as plain values, with the line on which each of them stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml

from bot.content.problem import Problem

Path_ = tuple[str | int, ...]
MAX_BYTES = 200_000  # an entry is about 2 kB; anything of this size is not one

MAX_DEPTH = 20  # levels; content has five


@dataclass(frozen=True)
class Document:
    """The values of a file; `lines` maps the way to a value to its line, counted from 1."""

    file: str
    values: dict[str, Any]
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, *way: str | int) -> int:
        """Return the line of the value at `way`, or of the nearest thing above it."""
        while way and way not in self.lines:
            way = way[:-1]
        return self.lines.get(way, 1)


def read_folder(root: Path) -> tuple[dict[str, str], list[Problem]]:
    """Return the text of every document under `root` by its path, and what is wrong with those that are no text."""
    texts: dict[str, str] = {}
    found: list[Problem] = []
    for path in sorted(root.rglob("*.yaml")):
        name = path.relative_to(root).as_posix()
        try:
            texts[name] = path.read_bytes()[: MAX_BYTES + 1].decode("utf-8")
        except UnicodeDecodeError as error:
            found.append(Problem(name, 1, "encoding", f"The file is not UTF-8 (byte {error.start}).", "Save it as UTF-8."))
    return texts, found


def parse_document(text: str, *, file: str) -> Document | Problem:
    """Parse the text of a file; tags, anchors and repeated keys are refused, and so is what is too large for an entry."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return Problem(file, 1, "too-large", f"The file has more than {MAX_BYTES} bytes.", "Split it or take out what is not content.")
    lines: dict[Path_, int] = {}
    try:
        _refuse_bombs(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        values = _plain(node, (), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return Problem(file, mark.line + 1 if mark else 1, "yaml", f"The file cannot be read: {error.problem}.", "Compare it with a neighbouring file; quote texts with a colon.")
    except (yaml.YAMLError, ValueError) as error:
        return Problem(file, 1, "yaml", f"The file cannot be read: {error}.", "Take the odd character out.")
    if not isinstance(values, dict):
        return Problem(file, 1, "yaml", "The file does not hold keys and values.", "Begin it with «id: …».")
    return Document(file, values, lines)


def _refuse_bombs(text: str) -> None:
    """Raise for what composing would pay for dearly: aliases, which multiply, depth, which breaks the parser in C, tags of mappings and lists."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        wrong = None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            wrong = "anchors and aliases are not allowed"
        elif isinstance(event, yaml.CollectionStartEvent) and event.tag:
            wrong = f"the tag {event.tag} is not allowed"
        elif depth > MAX_DEPTH:
            wrong = f"more than {MAX_DEPTH} levels"
        if wrong:
            raise yaml.composer.ComposerError(None, None, wrong, cast(yaml.Mark, event.start_mark))  # the C parser's own marks are alike


def _plain(node: yaml.Node | None, way: Path_, lines: dict[Path_, int]) -> Any:
    if node is None:
        return None
    lines[way] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in mapping:
                raise yaml.composer.ComposerError(None, None, f"«{key}» stands twice", key_node.start_mark)
            mapping[key] = _plain(value_node, (*way, key), lines)
            lines[*way, key] = key_node.start_mark.line + 1  # where an editor looks for it
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*way, index), lines) for index, item in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool":
        return node.value.lower() in {"true", "yes", "on"}
    if node.tag == "tag:yaml.org,2002:int":
        return int(node.value.replace("_", ""), 10)
    if node.tag in {"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:float"}:
        return node.value
    raise yaml.composer.ComposerError(None, None, f"the tag {node.tag} is not allowed", node.start_mark)
