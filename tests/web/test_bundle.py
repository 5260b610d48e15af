"""The widget's modules, joined: nothing left to import, nothing public renamed, and within the bytes that a page can spare."""

from __future__ import annotations

import gzip

import pytest

from bot.web.bundle import NotJoinable, bundle, tight_css
from bot.web.pages import WIDGET

ENTRY = "guichet-assistant.js"
LIMIT = 20_000  # bytes of script and styles, compressed


def test_the_widget_is_one_module_of_at_most_20_kilobytes():
    joined = bundle(WIDGET, ENTRY)
    assert "import {" not in joined
    assert 'customElements.define("guichet-assistant"' in joined
    assert len(gzip.compress(joined.encode(), 6)) <= LIMIT


def test_every_name_that_a_page_uses_is_left_as_it_is():
    joined = bundle(WIDGET, ENTRY)
    for name in ("--guichet-accent", "--guichet-font-size", "--guichet-inset", "observedAttributes", "guichet-", 'part:"launcher"'):
        assert name in joined
    assert "--_accent" not in joined


@pytest.mark.parametrize(
    ("module", "why"),
    [
        pytest.param('import x from "./y.js";\n', "another form", id="an import of another form"),
        pytest.param("const entry = 1;\n", "declared in", id="a name that is taken"),
    ],
)
def test_what_cannot_be_joined_is_an_error(tmp_path, module, why):
    (tmp_path / "part.js").write_text(module, encoding="utf-8")
    (tmp_path / "entry.js").write_text('import { a } from "./part.js";\nconst entry = 1;\n', encoding="utf-8")
    with pytest.raises(NotJoinable, match=why):
        bundle(tmp_path, "entry.js")


def test_members_of_classes_are_shortened_and_strings_are_not(tmp_path):
    source = 'class A {\n  #secret = "#secret";\n  get #other() { return this.#secret; }\n}\n'
    (tmp_path / "entry.js").write_text(source, encoding="utf-8")
    assert bundle(tmp_path, "entry.js") == 'class A{#a="#secret";get#b(){return this.#a;}}'


def test_blanks_that_mean_something_stay_in_a_style_sheet():
    assert tight_css("\n.a > .b, .c :hover {\n  width: calc(1em + 2px);\n}\n") == ".a>.b,.c :hover{width:calc(1em + 2px)}"
