"""The content that is served has no fault."""

from datetime import date

import pytest

from bot.content import FAQ
from bot.content.check import problems
from bot.content.reader import Reader


@pytest.fixture(scope="module")
def found():
    reader = Reader(FAQ)
    return problems(reader.library(), reader, today=date(2025, 6, 1))


def test_the_content_has_no_faults(found):
    assert [(one.file, one.line, one.rule, one.message) for one in found if one.severity == "fault"] == []
