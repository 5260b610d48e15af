"""From the text of a published notice to its lines, each with its language, its section and what kind of line it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from bot.content.lexicon import foreign_share, plain
from bot.content.notice_import.vocabulary import headings, labels, vocabulary
from bot.i18n.locale import Locale

_ITEM = re.compile(r"^\s{0,8}(?P<marker>[-*+•·o]|\(?\d{1,2}[.)])\s+(?P<text>\S.*)$")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s*(?P<text>.*?)\s*#*\s*$")
_TITLE = re.compile(r"^(?P<title>.*\S)\s*\((?P<reference>\d{5,7})\)\s*$")
_LONGEST_HEADING = 90


@dataclass(frozen=True)
class Line:
    """A line, or several that belong together; `number` counts from 1 and is the first of them."""

    number: int
    text: str  # without Markdown, as published otherwise
    raw: str
    role: str  # heading, title, field, item, text
    language: Locale | None = None
    kind: str = "header"  # of its section; "other" under a heading that is not known
    section: str = ""  # the heading as published
    name: str = ""  # the field of a labelled line, the kind of a heading, "1" or "-" for an item's marker


def read_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a notice in order; empty ones and rules are left out, wrapped ones joined."""
    lines: list[Line] = []
    wrapped = False  # whether the next line may belong to the last one
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text.lstrip("\ufeff")), 1):
        line = _classified(number, raw)
        if line is None:
            wrapped = wrapped and bool(lines) and lines[-1].text[-1:] not in tuple(".;:!?)")
        elif lines and _continues(line, lines[-1], wrapped=wrapped):
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text} {line.text}", raw=f"{lines[-1].raw} {line.raw}")
        else:
            lines.append(line)
            wrapped = line.role in {"text", "item"}
    return tuple(_in_sections(_with_languages(lines)))


def unmarked(raw: str) -> str:
    """Return `raw` without Markdown's marks; links keep their words, tags go."""
    text = re.sub(r"\[([^\]\[]{0,300})\]\(([^()\s]{0,500})\)", r"\1", raw)
    text = re.sub(r"</?[a-zA-Z][\w-]{0,20}(?:\s[^<>]{0,80})?/?>", " ", text)
    text = re.sub(r"\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)", "", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!-])", r"\1", text)
    return re.sub(r"\s+", " ", "".join(c for c in text if c in "\t " or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})).strip()


def title_of(line: Line) -> tuple[str, str] | None:
    """Return title and reference of a line like «Title (250697)»."""
    found = _TITLE.match(line.text)
    return (found["title"], found["reference"]) if found else None


def _classified(number: int, raw: str) -> Line | None:
    heading, item = _HEADING.match(raw), _ITEM.match(raw)
    text = unmarked(heading["text"] if heading else item["text"] if item else raw)
    if not re.search(r"\w", text):
        return None
    line = Line(number, text, raw.strip(), "text")
    label = _label(line.text)
    short = len(text) <= _LONGEST_HEADING
    bold = bool(re.fullmatch(r"\s*\*\*[^*]+\*\*\s*:?\s*", raw))
    if (heading or bold) and _TITLE.match(text):
        return replace(line, role="title")
    known = _known_heading(text) if short else None
    if known and (heading or (not item and (bold or text == known[2]))):
        return replace(line, role="heading", name=known[1], language=known[0])
    if heading and not text[0].islower():  # a «heading» that goes on in lower case is a broken line
        return replace(line, role="heading", name=_document(text) or "other")
    if item and not heading:
        return replace(line, role="item", name="1" if item["marker"].strip("(")[0].isdigit() else "-")
    return replace(line, role="field", name=label[1], language=label[0]) if label else line


def _known_heading(text: str) -> tuple[Locale | None, str, str] | None:
    bare = plain(text).rstrip(" :.?!")
    found = [(locale, kind) for locale, kind, pattern in headings() if pattern.fullmatch(bare)]
    if not found:
        return None
    return (found[0][0] if len({locale for locale, _ in found}) == 1 else None, found[0][1], text)


def _document(text: str) -> str:
    halves = plain(text).split("/")
    return "document" if any(re.match(pattern, half.strip(), re.IGNORECASE) for pattern in vocabulary()["document"] for half in halves) else ""


def _label(text: str) -> tuple[Locale | None, str] | None:
    lowered = plain(text).lower()
    for _, field, label in labels():
        rest = lowered.removeprefix(label)
        if rest != lowered and (not rest or re.match(r"\s*:|\s+[a-z0-9]{1,12}$", rest)):
            spoken = {locale for locale, _, name in labels() if name == label}
            return (spoken.pop() if len(spoken) == 1 else None, field)
    return None


def _continues(line: Line, last: Line, *, wrapped: bool) -> bool:
    return wrapped and line.role == "text" and line.text[0].islower() and last.role in {"text", "item"}


def _with_languages(lines: list[Line]) -> list[Line]:
    """Give every line a language: its own where it shows one, else that of the text after it (a title) or before it."""
    own = [line.language or _spoken(line) for line in lines]
    done: list[Line] = []
    for index, line in enumerate(lines):
        after = next((language for language in own[index + 1 :] if language), None)
        before = done[-1].language if done else None
        nearest = (after or before) if line.role == "title" else (before or after)
        done.append(replace(line, language=own[index] or nearest))
    return done


def _spoken(line: Line) -> Locale | None:
    share = foreign_share(line.text, "en")
    enough = 1 if line.role in {"title", "heading"} else 2
    return "fr" if share >= enough else "en" if share <= -enough else None


def _in_sections(lines: list[Line]) -> list[Line]:
    kind, section, top, done = "header", "", "", []
    language: Locale | None = None
    for line in lines:
        if line.role == "heading" and line.name == "document":
            top = line.text
        elif line.role == "title":
            kind, section, language = "header", _half(top, line.language) or line.text, line.language
        elif line.role == "heading":
            kind, section, language = line.name, line.text.rstrip(" :"), line.language
        elif line.role == "field" and line.language and language and line.language != language and kind != "header":
            kind, section, language = "header", _half(top, line.language), line.language
        done.append(replace(line, kind=kind, section=section))
    return done


def _half(heading: str, language: Locale | None) -> str:
    """Return the half of a bilingual heading that is in `language`."""
    halves = [half.strip() for half in heading.split("/")]
    for pattern in vocabulary()["document"][1 if language == "fr" else 0 : 2 if language == "fr" else 1]:
        halves = [half for half in halves if re.match(pattern, plain(half), re.IGNORECASE)] or halves
    return halves[0]
