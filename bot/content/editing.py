"""Structured changes to a document's text that leave everything else as it stands: comments, order, quotes, line breaks."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString

from bot.content.document import Document, parse_document
from bot.content.problem import Problem

WIDTH = 118  # of a folded line, without its indent
SHORT = 80  # characters; what is shorter stands on its key's line
ORDER = ("id", "kind", "topic", "notices", "scope", "criterion", "sections", "links", "related", "closes", "review_by", "question", "phrasings", "answers", "notes")

_NAME = r"[a-z][a-z0-9]*(?:[-/][a-z0-9]+)*"  # an id needs no quotes
_NOT_A_NAME = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


class CannotEdit(ValueError):
    """The text is no document: it has to be mended by hand first; `problem` says what is wrong."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def form_of(text: str, *, file: str = "") -> dict[str, Any]:
    """Return the plain values of a document's `text`; raises `CannotEdit`."""
    read = parse_document(text, file=file)
    if isinstance(read, Problem):
        raise CannotEdit(read)
    return read.values


def edited(text: str, form: Mapping[str, Any], *, file: str = "") -> str:
    """Return `text` with the top-level keys of `form` set to its values, and taken out where the value is None.

    Values are plain (mappings, lists, texts, numbers); what is equal already stays byte for byte. An empty `text` gives a new document. Raises `CannotEdit`.
    """
    before = form_of(text, file=file) if text.strip() else {}
    tree = _tree(text, file=file)
    changed = False
    for key in sorted(form, key=_rank):
        value = form[key]
        if value is None:
            changed = tree.pop(key, None) is not None or changed
        elif key not in before:
            tree.insert(_position(tree, key), key, _node(value))
            changed = True
        elif before[key] != value:
            tree[key] = _settled(tree[key], before[key], value)
            changed = True
    if not changed:
        return text
    wanted = {key: value for key, value in {**before, **form}.items() if value is not None}
    result = _dumped(tree)
    read = parse_document(result, file=file)
    if isinstance(read, Document) and read.values == wanted:
        return result
    return _rewritten(wanted, file=file)


def _rewritten(form: Mapping[str, Any], *, file: str) -> str:
    """Return the document written anew: its comments are lost, its values never."""
    tree = CommentedMap((key, _node(form[key])) for key in sorted(form, key=_rank))
    result = _dumped(tree)
    form_of(result, file=file)
    return result


def _settled(node: Any, before: Any, after: Any) -> Any:
    """Return `node` (which reads as `before`) changed to read as `after`; what is equal in both is left alone."""
    if before == after:
        return node
    if isinstance(node, CommentedMap) and isinstance(after, Mapping):
        for key in [key for key in node if str(key) not in after]:
            del node[key]
        names = {str(key): key for key in node}
        for key, value in after.items():
            if key in names:
                node[names[key]] = _settled(node[names[key]], before[key], value)
            else:
                node[key] = _node(value)
        return node
    if isinstance(node, CommentedSeq) and isinstance(after, list) and isinstance(before, list):
        return _settled_list(node, before, after)
    return _node(after, like=node)


def _settled_list(node: CommentedSeq, before: Sequence[Any], after: Sequence[Any]) -> CommentedSeq:
    matched = SequenceMatcher(None, [repr(item) for item in before], [repr(item) for item in after], autojunk=False)
    for tag, i1, i2, j1, j2 in reversed(matched.get_opcodes()):
        if tag == "replace" and i2 - i1 == j2 - j1:
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                node[i] = _settled(node[i], before[i], after[j])
        elif tag != "equal":
            for index in reversed(range(i1, i2)):
                del node[index]
            for offset, item in enumerate(after[j1:j2]):
                node.insert(i1 + offset, _node(item))
    return node


def _node(value: Any, like: Any = None) -> Any:
    if isinstance(value, Mapping):
        made = CommentedMap((key, _node(item)) for key, item in value.items())
        if all(not isinstance(item, Mapping | list) for item in value.values()) and sum(len(str(item)) for item in value.values()) < SHORT:
            made.fa.set_flow_style()
        return made
    if isinstance(value, list):
        made_list = CommentedSeq(_node(item) for item in value)
        if all(not isinstance(item, Mapping | list) for item in value) and sum(len(str(item)) for item in value) < SHORT:
            made_list.fa.set_flow_style()
        return made_list
    if isinstance(value, str):
        return _scalar(value, like)
    return value


def _scalar(text: str, like: Any) -> Any:
    if not _is_calm(text):
        return DoubleQuotedScalarString(text)
    if "\n" in text:
        return LiteralScalarString(text)
    if isinstance(like, FoldedScalarString) or (like is None and len(text) > SHORT):
        return _folded(text)
    return text if re.fullmatch(_NAME, text) and text not in _NOT_A_NAME else DoubleQuotedScalarString(text)


def _is_calm(text: str) -> bool:
    """Tell whether `text` survives without quotes: nothing unprintable, and no line begins or ends with a space."""
    return all(line.strip() == line and line and line.replace("\u00a0", " ").replace("\u202f", " ").isprintable() for line in text.split("\n"))


def _folded(text: str) -> Any:
    lines = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False) if " " in text else [text]
    if " ".join(lines) != text or "\n" in text:
        return DoubleQuotedScalarString(text)  # spaces that folding would lose
    folded = FoldedScalarString(text)
    ends = [len(" ".join(lines[: index + 1])) for index in range(len(lines) - 1)]
    folded.fold_pos = ends  # where ruamel breaks the line instead of writing a space
    return folded


def _rank(key: str) -> int:
    return ORDER.index(key) if key in ORDER else len(ORDER)


def _position(tree: CommentedMap, key: str) -> int:
    """Return where a new key belongs: before the first that comes after it in every file."""
    for index, present in enumerate(tree):
        if _rank(str(present)) > _rank(key):
            return index
    return len(tree)


def _tree(text: str, *, file: str) -> CommentedMap:
    if not text.strip():
        return CommentedMap()
    try:
        tree: CommentedMap = _yaml().load(text)
    except YAMLError as error:
        raise CannotEdit(Problem(file, 1, "yaml", f"The file cannot be edited in a form: {str(error).splitlines()[0]}.", "Edit it as text.")) from error
    return tree


def _yaml() -> Any:
    yaml: Any = YAML()
    yaml.width, yaml.preserve_quotes, yaml.allow_unicode = 100_000, True, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dumped(tree: CommentedMap) -> str:
    out = io.StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()
