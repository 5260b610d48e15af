"""A page as a test reads it: what is open, what is named, what leads where. Faults of its structure are collected."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "link", "img", "br", "hr", "input"}
DRAWING = {"circle", "path"}
# The spans of text that stand inside a line; everything else ends one.
INLINE = {"a", "span", "strong", "small", "time", "svg", *DRAWING}


class Outline(HTMLParser):
    """Reads one page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.data: list[str] = []
        self._open: list[tuple[str, str | None]] = []
        self._texts: dict[str, list[str]] = {}
        self.feed(page)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag, _ in self._open]
        self.faults += [f"id {name} stands twice" for name in {name for name in self.ids if self.ids.count(name) > 1}]

    def text(self, identifier: str) -> str:
        """The words under the element with this id, a line for each block."""
        lines = "".join(self._texts[identifier]).split("\n")
        return "\n".join(line.strip() for line in lines if line.strip())

    def named(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag in tags]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if len(attributes) < len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        self.tags.append((tag, attributes))
        identifier = attributes.get("id")
        if identifier:
            self.ids.append(identifier)
            self._texts[identifier] = []
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        self._say("" if tag in INLINE else "\n")
        if tag not in VOID:
            self._open.append((tag, identifier))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in DRAWING:
            self.faults.append(f"<{tag}/> is not HTML")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.faults.append(f"</{tag}> closes nothing")
            return
        self._say("" if tag in INLINE else "\n")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "script":
            self.data.append(data)
        else:
            self._say(data.replace("\n", " "))

    def _say(self, words: str) -> None:
        for _, identifier in self._open:
            if identifier:
                self._texts[identifier].append(words)
