"""The widget's modules as the one file that a host page loads: one request, few bytes."""

from __future__ import annotations

import re
from collections import Counter
from itertools import count, product
from pathlib import Path
from string import ascii_letters

from rjsmin import jsmin

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(?:widget/)?(?P<name>[\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) )|^export \{[^}]*\};\n", re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
# Names that say themselves that nobody outside uses them: a class's #members, the style sheet's --_properties.
_MEMBER = re.compile(r"(?:(?<=\.)|(?<=^  )|(?<=^  async )|(?<=^  get ))#(\w+)\b", re.MULTILINE)
_PROPERTY = re.compile(r"--_([\w-]+)")
_SHEET = re.compile(r"^((?:export )?const [A-Z]+ = `)([^`$]*)(?=`;$)", re.MULTILINE)


class NotJoinable(Exception):
    """A module that cannot be joined to the others as it is."""


def bundle(folder: Path, entry: str) -> str:
    """Return the module `entry` with all that it imports from `folder`, what is imported first.

    Imports and exports stand each on a line of their own, and no name is declared in two modules; otherwise `NotJoinable`.
    """
    sources: dict[str, str] = {}
    _visit(folder, entry, sources)
    owners: dict[str, str] = {}
    for module, source in sources.items():
        for name in _DECLARED.findall(source):
            if name in owners:
                raise NotJoinable(f"{name!r} is declared in {owners[name]} and in {module}")
            owners[name] = module
    joined = "".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources.values())
    if left := re.search(r"^(?:import|export) .*", joined, re.MULTILINE):
        raise NotJoinable(f"an import or export of another form: {left[0]}")
    tight = _SHEET.sub(lambda found: found[1] + tight_css(found[2]), joined)
    return str(jsmin(_shortened(_PROPERTY, "--_", _shortened(_MEMBER, "#", tight))))


def tight_css(css: str) -> str:
    """Return a style sheet without the blanks that only a reader needs; its strings hold no braces, semicolons or commas."""
    joined = re.sub(r" ?([{};,>]) ?", r"\1", re.sub(r"\s+", " ", css))
    return joined.replace(": ", ":").replace(";}", "}").strip()


def _shortened(private: re.Pattern[str], mark: str, source: str) -> str:
    letters = ("".join(signs) for length in count(1) for signs in product(ascii_letters, repeat=length))
    short = dict(zip((name for name, _ in Counter(private.findall(source)).most_common()), letters, strict=False))
    return private.sub(lambda found: mark + short[found[1]], source)


def _visit(folder: Path, module: str, sources: dict[str, str]) -> None:
    source = (folder / module).read_text(encoding="utf-8")
    for found in _IMPORT.finditer(source):
        if found["name"] not in sources:
            _visit(folder, found["name"], sources)
    sources[module] = source
