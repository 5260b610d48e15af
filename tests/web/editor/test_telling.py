"""Problems in the editor's language, each at its field."""

from __future__ import annotations

import pytest

from bot.content.document import parse_document
from bot.content.draft_check import check_documents
from bot.content.library import load_library
from bot.content.notice_import import disagreements, import_notice
from bot.i18n.locale import LOCALES
from bot.web.editor.disagreeing import why
from bot.web.editor.telling import told
from tests.content.small_notice import BOTH
from tests.content.test_spreadsheet import DOCUMENTS
from tests.web.publishing.conftest import NOW

STIPEND = "entries/stipend.yaml"


def problems_of(change) -> tuple:
    text = change(DOCUMENTS[STIPEND])
    documents = {**DOCUMENTS, STIPEND: text}
    checked = check_documents(documents, today=NOW.date(), published=load_library(DOCUMENTS))
    return tuple(one for one in checked.problems if one.file == STIPEND), parse_document(text, file=STIPEND)


@pytest.mark.parametrize(
    ("old", "new", "rule", "way"),
    [
        ("{stipend} par mois", "1 300 euros par mois", "figure-not-in-facts", "answers.0.fr"),
        ("{stipend} a month", "{stipendium} a month", "unknown-fact", "answers.0.en"),
        ("related: [travel-reimbursement", "related: [nowhere", "unknown-entry", "related"),
        ("topic: conditions", "topic: money", "topic", "topic"),
    ],
)
def test_a_problem_stands_at_its_field(old, new, rule, way):
    problems, document = problems_of(lambda text: text.replace(old, new))
    (found,) = [one for one in told(problems, document, "en") if one["rule"] == rule][:1]
    assert found["way"] == way or found["way"].startswith(f"{way}.")


@pytest.mark.parametrize("locale", LOCALES)
def test_each_is_told_with_a_way_to_mend_it(locale):
    problems, document = problems_of(lambda text: text.replace("{stipend} par mois", "1 300 euros par mois"))
    for one in told(problems, document, locale):
        assert one["message"]
        assert one["mend"]


def test_in_french_the_words_in_question_are_quoted_as_french_quotes():
    problems, document = problems_of(lambda text: text.replace("{stipend} par mois", "1 300 euros par mois"))
    messages = [one["message"] for one in told(problems, document, "fr")]
    assert "Ce chiffre n’est dans aucune donnée\u00a0: «\u00a01 300 euros\u00a0», «\u00a0stipend\u00a0»" in messages


def test_every_disagreement_of_a_notice_has_its_french_words():
    lines = BOTH.replace("36 hours", "35 hours").replace("two (2) different", "three (3)")
    found = disagreements(import_notice(lines))
    assert found
    for one in found:
        assert why(one.why, "en") == one.why
        assert why(one.why, "fr") != one.why
