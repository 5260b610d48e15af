"""Entries as a table: out and in again without a change, and every slip of a spreadsheet told."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.content import FAQ
from bot.content.spreadsheet import COLUMNS, Plan, plan, read_table, rows, safe, to_csv, to_xlsx, unsafe
from bot.i18n.locale import LOCALES

DOCUMENTS = {path.relative_to(FAQ).as_posix(): path.read_text(encoding="utf-8") for path in sorted(FAQ.rglob("*.yaml"))}
ANSWER = "Les stagiaires touchent {stipend} par mois."


def csv_of(*lines: dict[str, str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    held = io.StringIO()
    headers = list(dict.fromkeys(key for line in lines for key in line))
    writer = csv.writer(held, delimiter=delimiter)
    writer.writerow(headers)
    writer.writerows([line.get(key, "") for key in headers] for line in lines)
    return held.getvalue().encode(encoding)


@pytest.fixture
def planned(library):
    def of(data: bytes, mapping=None, documents=DOCUMENTS) -> Plan:
        return plan(read_table(data, mapping), documents, library)

    return of


def whys(found: Plan) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.why) for fault in found.faults]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("write", [to_csv, to_xlsx])
def test_out_and_in_again_changes_nothing(planned, locale, write):
    found = planned(write(rows(DOCUMENTS), locale))
    assert (found.changes, found.faults, found.ignored) == ((), (), ())
    assert found.rows == len(list(rows(DOCUMENTS))) > 100


def test_facts_leave_as_they_stand_in_the_text():
    exported = to_csv(rows(DOCUMENTS), "en").decode("utf-8-sig")
    assert "{deadline|date}" in exported
    assert "22 June 2025" not in exported


def test_a_changed_cell_is_one_change(planned):
    found = planned(csv_of({"id": "stipend", "answer-fr": ANSWER}))
    (change,) = found.changes
    assert (change.path, [(field.column, field.now) for field in change.fields]) == ("entries/stipend.yaml", [("answer-fr", ANSWER)])
    assert change.now["answers"][0]["fr"] == ANSWER
    assert change.now["answers"][0]["en"] == change.was["answers"][0]["en"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_delimiter_and_encoding(planned, delimiter, encoding):
    text = "Les stagiaires sont payés {stipend} : c’est tout."
    found = planned(csv_of({"Identifiant": "stipend", "Réponse (français)": text}, delimiter=delimiter, encoding=encoding))
    assert [field.now for field in found.changes[0].fields] == [text]


def test_columns_in_another_order_with_others_between(planned):
    data = csv_of({"Reviewer": "x", "Réponse (français)": ANSWER, "Done?": "yes", "ID": "stipend"})
    found = planned(data)
    assert len(found.changes) == 1
    assert found.ignored == ("Reviewer", "Done?")


def test_a_title_above_the_headers_is_no_matter(planned):
    assert len(planned(b"Our entries,,\n,,\nid,answer-fr\nstipend," + ANSWER.encode()).changes) == 1


@pytest.mark.parametrize("name", ["Zieltext", 1])
def test_a_column_can_be_named(planned, name):
    data = csv_of({"id": "stipend", "Zieltext": ANSWER})
    assert planned(data).changes == ()
    assert len(planned(data, {"answer-fr": name}).changes) == 1


@pytest.mark.parametrize("name", ["Elsewhere", 99, -1])
def test_a_named_column_that_is_not_there_is_told(planned, name):
    assert (1, "answer-fr", "mapping") in whys(planned(csv_of({"id": "stipend", "notes": "x"}), {"answer-fr": name}))


def test_which_wording_is_meant_stands_in_the_condition(planned):
    text = "Trop tard depuis le {deadline|date}."
    (change,) = planned(csv_of({"id": "deadline", "condition": "", "answer-fr": text})).changes
    assert [answer["fr"] == text for answer in change.now["answers"]] == [False, False, True]
    assert whys(planned(csv_of({"id": "deadline", "condition": "after noon", "answer-fr": text}))) == [(2, "condition", "unknown-condition")]


def test_an_empty_cell_deletes_nothing(planned):
    assert planned(csv_of({"id": "stipend", "answer-fr": "", "question-fr": "", "phrasings-fr": ""})).changes == ()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ({"id": "", "answer-fr": ANSWER}, ("id", "no-id")),
        ({"id": "Stipend", "answer-fr": ANSWER}, ("id", "unknown-id")),
        ({"id": "stipend", "answer-fr": "Il faut {stipendium}."}, ("answer-fr", "unknown-fact")),
        ({"id": "stipend", "answer-fr": "Il faut { stipend }."}, ("answer-fr", "broken-fact")),
        ({"id": "stipend", "answer-fr": "Il faut {stipend."}, ("answer-fr", "broken-fact")),
        ({"id": "stipend", "answer-fr": "Il faut {rémunération}."}, ("answer-fr", "broken-fact")),
        ({"id": "stipend", "answer-fr": '=HYPERLINK("x")'}, ("answer-fr", "formula")),
        ({"id": "stipend", "topic": "money"}, ("topic", "unknown-topic")),
        ({"id": "stipend", "notices": "123"}, ("notices", "unknown-notice")),
        ({"id": "quite-new", "question-en": "Is it new?", "topic": "offer"}, ("answer-en", "incomplete")),
        ({"id": "stipend", "answer-fr": "x" * 20_001}, ("answer-fr", "cell-too-long")),
    ],
)
def test_a_bad_row_is_told_with_what_to_do_and_the_others_are_taken(planned, line, fault):
    found = planned(csv_of({"id": "grade", "notes": "mind the tone", "answer-fr": "", **{key: "" for key in line if key != "id"}}, line))
    assert (3, *fault) in whys(found)
    assert [change.entry for change in found.changes] == ["grade"]
    for told in found.faults:
        for locale in LOCALES:
            assert told.message(locale)
            assert told.mend(locale)


def test_two_rows_that_disagree_are_told(planned):
    found = planned(csv_of({"id": "stipend", "question-fr": "Combien ?"}, {"id": "stipend", "question-fr": "Quel montant ?"}))
    assert whys(found) == [(3, "question-fr", "said-twice")]


def test_a_quotation_mark_that_never_closes_is_told_and_its_row_left_out(planned):
    found = planned(b'id,answer-fr\ngrade,"Non.\nstipend,Oui.\n')
    assert whys(found) == [(2, "", "quotes")]
    assert found.changes == ()


def test_a_new_entry_with_everything_is_a_new_document(planned):
    line = {
        "id": "quite-new",
        "topic": "offer",
        "question-en": "Is it new?",
        "question-fr": "Est-ce nouveau ?",
        "answer-en": "Yes.",
        "answer-fr": "Oui.",
        "phrasings-en": "new?\nnew?\nreally new?",
    }
    (change,) = planned(csv_of(line)).changes
    assert (change.path, change.was) == ("entries/quite-new.yaml", None)
    assert change.now["phrasings"] == {"en": ["new?", "really new?"]}
    assert change.now["answers"] == [{"en": "Yes.", "fr": "Oui."}]


@pytest.mark.parametrize("text", ["=1+1", "+33", "-x", "@cmd", "\t=1", "'=1", "''x", "'quoted'", " =1", "＝1", "plain", "", "• list\n• two"])
def test_no_spreadsheet_runs_a_cell_and_the_words_come_back(text):
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "＝"))
    assert unsafe(safe(text)) == text.strip()


def test_hostile_words_leave_as_text(planned):
    hostile = {"entries/stipend.yaml": DOCUMENTS["entries/stipend.yaml"] + 'notes: "=cmd|calc!A1"\n'}
    book = load_workbook(io.BytesIO(to_xlsx(rows(hostile), "en")))
    cell = book.worksheets[0].cell(2, COLUMNS.index("notes") + 1)
    assert (cell.value, cell.data_type) == ("'=cmd|calc!A1", "s")
    assert planned(to_xlsx(rows(hostile), "en"), documents=hostile).changes == ()


def test_a_formula_in_a_workbook_is_refused(planned):
    book = Workbook()
    book.active.append(["id", "answer-fr"])
    book.active.append(["stipend", "=1+1"])
    held = io.BytesIO()
    book.save(held)
    assert whys(planned(held.getvalue())) == [(2, "answer-fr", "formula")]


def test_a_workbook_that_unpacks_beyond_measure_is_refused():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (61 * 1024 * 1024))
    assert [fault.why for fault in read_table(held.getvalue()).faults] == ["file-too-large"]


WHOLE = to_xlsx(list(rows(DOCUMENTS))[:3], "fr")


@given(data=st.binary(max_size=300) | st.text(alphabet=st.sampled_from("id,;\t|\"\n'={}stipend answer-fr réponse"), max_size=200).map(str.encode))
@example(data=b"")
@example(data=b"PK\x03\x04")
@example(data=b'id,answer-fr\n"')
@settings(max_examples=300)
def test_no_bytes_are_too_odd_to_be_read(library, data):
    found = plan(read_table(data), DOCUMENTS, library)
    assert found.changes == () or found.rows


@given(at=st.integers(0, len(WHOLE) - 1), byte=st.integers(0, 255), end=st.integers(0, len(WHOLE)))
@settings(max_examples=150)
def test_no_broken_workbook_is_too_odd_to_be_read(library, at, byte, end):
    spoilt = bytearray(WHOLE)
    spoilt[at] = byte
    for data in (bytes(spoilt), WHOLE[:end]):
        table = read_table(data)
        assert table.rows or table.faults
        plan(table, DOCUMENTS, library)
