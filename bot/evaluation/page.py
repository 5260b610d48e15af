"""A self-contained page: sections, tables and drawings in one file, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

_STYLE = Path(__file__).with_name("page.css")


class Markup(str):
    """Text that is HTML already; everything else is escaped."""

    __slots__ = ()


def page(title: str, introduction: str, sections: Sequence[tuple[str, Markup]]) -> str:
    """Return the whole page; each section is a heading and its body."""
    names = [(f"s{number}", heading, body) for number, (heading, body) in enumerate(sections, 1)]
    contents = "".join(f'<li><a href="#{name}">{escape(heading)}</a></li>' for name, heading, _ in names)
    bodies = "".join(f'<section id="{name}"><h2>{escape(heading)}</h2>{body}</section>' for name, heading, body in names)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_STYLE.read_text(encoding='utf-8')}</style></head><body><header><h1>{escape(title)}</h1><p>{escape(introduction)}</p></header>"
        f'<nav aria-label="Contents"><ul>{contents}</ul></nav><main>{bodies}</main></body></html>\n'
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str = "") -> Markup:
    """Return a table whose first column heads its rows; cells that are not `Markup` are escaped."""
    heading = "".join(f'<th scope="col">{cell(name)}</th>' for name in head)
    lines = "".join(f'<tr><th scope="row">{cell(first)}</th>{"".join(f"<td>{cell(value)}</td>" for value in others)}</tr>' for first, *others in rows)
    described = f"<caption>{escape(caption)}</caption>" if caption else ""
    return Markup(f'<div class="wide" tabindex="0"><table>{described}<thead><tr>{heading}</tr></thead><tbody>{lines}</tbody></table></div>')


def cell(value: str) -> str:
    """Return `value` as it may stand in HTML."""
    return str(value) if isinstance(value, Markup) else escape(value)


def marked(text: str, *, good: bool | None) -> Markup:
    """Return `text` with a word and a colour that say whether it is good; None says nothing."""
    if good is None:
        return Markup(escape(text))
    return Markup(f'<span class="good">{escape(text)} <small>reached</small></span>' if good else f'<span class="short">{escape(text)} <small>short</small></span>')


def paragraph(text: str) -> Markup:
    """Return a paragraph."""
    return Markup(f"<p>{escape(text)}</p>")


def figure(drawing: Markup, caption: str) -> Markup:
    """Return a drawing with the sentence that says what it shows."""
    return Markup(f"<figure>{drawing}<figcaption>{escape(caption)}</figcaption></figure>")


def folded(summary: str, body: Markup) -> Markup:
    """Return what is shown when asked for."""
    return Markup(f"<details><summary>{escape(summary)}</summary>{body}</details>")


def joined(*parts: Markup) -> Markup:
    """Return the parts one after the other."""
    return Markup("".join(parts))
