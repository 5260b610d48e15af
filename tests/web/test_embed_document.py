"""The page that tells a web team how to embed the widget names everything that they can use, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.web.pages import WIDGET
from tests.browser.host import documented_policy

DOCUMENT = (Path(__file__).parents[2] / "docs" / "tasks" / "embed.md").read_text(encoding="utf-8")
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in WIDGET.glob("*.js"))
# Every part of the frame is also a «message»: one word of the attribute names each.
PARTS = {word for words in re.findall(r'part: "([^"]+)"', SOURCES) for word in words.split()}
ATTRIBUTES = set(re.findall(r'"(\w+)"', re.findall(r"observedAttributes = \[(.*)\]", SOURCES)[0]))
EVENTS = set(re.findall(r'emit\("(\w+)"', SOURCES)) | {"open", "close"}


@pytest.mark.parametrize("name", sorted({*PARTS, *ATTRIBUTES, *(f"guichet-{event}" for event in EVENTS), *re.findall(r"--guichet-[a-z-]+", SOURCES)}))
def test_what_can_be_used_is_named(name):
    assert f"`{name}`" in DOCUMENT


def test_nothing_is_named_that_is_not_there():
    assert set(re.findall(r"`(--guichet-[a-z-]+)`", DOCUMENT)) <= set(re.findall(r"--guichet-[a-z-]+", SOURCES))
    assert set(re.findall(r"`guichet-(\w+)`", DOCUMENT)) <= EVENTS | {"assistant"}


def test_the_policy_is_the_one_that_a_test_embeds_it_under():
    server = "https://guichet.example.org"
    for line in documented_policy(server).split("; ")[1:]:
        assert line in DOCUMENT
