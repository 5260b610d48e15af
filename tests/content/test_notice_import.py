"""A notice as published becomes draft facts: every one found, nothing invented."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.notice_import import MAX_CHARACTERS, NoticeTooLarge, changes, disagreements, import_notice
from tests.content.small_notice import BOTH, ENGLISH, FRENCH

EXPECTED = Path(__file__).parent / "expected"
NOTICES = Path(__file__).parents[2].parent / "shared" / "notices"
LANGUAGES = ("en", "fr")


def stated(imported, language="en"):
    return {fact.id: fact.value for fact in imported.facts if fact.language == language}


@pytest.fixture(params=["250697", "250813"])
def published(request):
    found = list(NOTICES.glob(f"{request.param}-*.md"))
    if not found:
        pytest.skip("the published notices are not beside this checkout")
    expected = yaml.safe_load((EXPECTED / f"{request.param}.yml").read_text(encoding="utf-8"))
    return import_notice(found[0].read_text(encoding="utf-8")), expected


def test_every_fact_of_the_published_notices_is_found_and_no_other(published):
    imported, expected = published
    for place, language in enumerate(LANGUAGES):
        facts = {fact.id: (fact.value, fact.line) for fact in imported.facts if fact.language == language}
        wanted = {key: (row[0], row[1 + place]) for key, row in expected["both"].items()}
        wanted |= {key: tuple(row[place]) for key, row in expected["words"].items()}
        assert {key: facts[key] for key in facts if key not in {"competencies", *expected["begins"]}} == wanted
        assert facts["competencies"][0] == expected["competencies"][language]
        for key, beginnings in expected["begins"].items():
            assert [" ".join(item.split()[: len(words.split())]) for item, words in zip(facts[key][0], beginnings[language], strict=True)] == beginnings[language]


def test_the_published_notices_disagree_where_a_reader_sees_it(published):
    imported, expected = published
    assert sorted({one.id for one in disagreements(imported)}) == expected["disagreements"]
    assert [miss.line for miss in imported.not_understood] == expected["not_understood"]
    for key, pair in expected["comparisons"].items():
        assert [imported.of(key, language)[0].comparison for language in LANGUAGES] == pair
    for key, pair in expected["sections"].items():
        assert [imported.of(key, language)[0].section for language in LANGUAGES] == pair


def test_the_shape_is_that_of_the_contract():
    imported = import_notice(BOTH)
    shape = imported.as_json(disagreements(imported))
    assert set(shape) == {"reference", "facts", "disagreements", "not_understood"}
    assert shape["reference"] == "311222"
    assert all(set(fact) == {"id", "language", "value", "section", "line"} for fact in shape["facts"])


def test_an_invented_notice_of_another_season():
    imported = import_notice(BOTH)
    assert stated(imported, "en") == {
        "title": "NATO Internship - Office of Lighthouses (LGT)",
        "reference": "311222",
        "location": "Belgium-Mons",
        "body": "NATO International Staff (NATO IS)",
        "schedule": "Full-time",
        "stipend": {"amount": "1402.50", "currency": "EUR", "per": "month"},
        "grade": "INTERN",
        "clearance": "NR",
        "webinar-start": "2031-01-07T15:30+01:00",
        "webinar-link": "https://example.org/r/a_b",
        "duration-months": 5,
        "start-dates": ["2032-02", "2032-08"],
        "hours-per-week": 36,
        "max-applications": 2,
        "deadline": "2031-01-14T12:00+01:00",
        "minimum-age": 18,
        "study-years": 3,
        "graduate-months": 24,
        "languages": ["en"],
        "desirable": ["knowledge of boats"],
        "competencies": ["Calm", "Sight"],
        "documents": ["Copy of a diploma", "A photograph"],
    }
    same = {key: value for key, value in stated(imported, "en").items() if key not in {"title", "location", "body", "schedule", "desirable", "competencies", "documents"}}
    assert same.items() <= stated(imported, "fr").items()
    assert imported.not_understood == ()
    assert [one for one in disagreements(imported) if one.id != "max-applications"] == []


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (FRENCH, "fr")])
def test_one_language_alone(text, language):
    imported = import_notice(text)
    assert imported.languages == (language,)
    assert len(stated(imported, language)) == 22
    assert disagreements(imported) == ()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda text: text.replace(" ", "\u00a0").replace("-\u00a0", "- ").replace("#\u00a0", "# ").replace(".\u00a0", ". "), id="no-break spaces"),
        pytest.param(lambda text: text.replace("'", "’"), id="typographic apostrophes"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("**", ""), id="no bold"),
        pytest.param(lambda text: text.replace("\n- ", "\n• "), id="bullets"),
        pytest.param(lambda text: text.replace(" - ", " – "), id="dashes"),
    ],
)
def test_other_printings_of_the_same_notice_state_the_same(change):
    plain = import_notice(BOTH)
    changed = import_notice(change(BOTH))
    assert [one for one in changes(changed, plain) if one.id != "title" or "–" not in str(one.now)] == []


def test_french_first():
    assert stated(import_notice(f"{FRENCH}\n{ENGLISH}"), "fr") == stated(import_notice(BOTH), "fr")


def test_sections_in_another_order():
    head, *parts = ENGLISH.split("\n### ")
    first, *others = parts
    assert stated(import_notice("\n### ".join([head, first, *reversed(others)]))) == stated(import_notice(ENGLISH))


@pytest.mark.parametrize("heading", ["What do we offer?", "Selection Criteria", "Essential:", "Desirable:", "Competencies required:"])
def test_a_missing_section_leaves_its_facts_absent(heading):
    head, *parts = ENGLISH.split("\n### ")
    kept = import_notice("\n### ".join([head, *(part for part in parts if not part.startswith(heading))]))
    assert stated(kept).items() < stated(import_notice(ENGLISH)).items()


@pytest.mark.parametrize(
    ("line", "changed", "absent"),
    [
        pytest.param("at 12:00, Brussels time", "Brussels time", "deadline", id="a day without an hour"),
        pytest.param("at 12:00, Brussels time", "at 12:00", "deadline", id="an hour without a clock"),
        pytest.param("14 January 2031, at", "31 February 2031, at", "deadline", id="a day that does not exist"),
        pytest.param("14 January 2031, at", "14 January, at", "deadline", id="a day without a year"),
        pytest.param("07/01/2031 at 3.30pm", "07/13/2031 at 3.30pm", "webinar-start", id="month and day changed about"),
        pytest.param("February / August 2032", "February / August", "start-dates", id="months without a year"),
        pytest.param("two (2) different", "two (3) different", "max-applications", id="word and digit differ"),
        pytest.param("36 hours a week", "36 hours", "hours-per-week", id="hours of nothing"),
        pytest.param("**Grade:** INTERN", "**Grade:** to be decided", "grade", id="a grade that is no code"),
        pytest.param("5-month traineeship", "5 to 6 months of traineeship", "duration-months", id="two lengths"),
        pytest.param("at least 18 years", "18 to 20 years", "minimum-age", id="a span of ages"),
    ],
)
def test_what_is_not_clear_is_absent_and_said_so(line, changed, absent):
    imported = import_notice(ENGLISH.replace(line, changed))
    assert absent not in stated(imported)
    assert any(changed.split()[0].strip("*") in miss.text for miss in imported.not_understood)


@pytest.mark.parametrize(
    "line",
    ["- Meal vouchers of €8 a day.", "- A parking space.", "**Contract Type:** Fixed", "### What about pets?", "- 15% off at the canteen"],
)
def test_a_line_of_which_no_fact_is_made_is_reported(line):
    place = "**Grade:** INTERN" if line.startswith("**") else "- Teleworking subject to needs."
    imported = import_notice(ENGLISH.replace(place, f"{place}\n{line}"))
    assert [miss.text for miss in imported.not_understood] == [line.strip("-#* ").replace("**", "")]
    assert stated(imported) == stated(import_notice(ENGLISH))


def test_two_info_sessions_are_two_facts_of_each_id():
    second = "A webinar will take place on **09/01/2031 at 10:00 (Brussels time)**.\n\n<https://example.org/r/c>\n\n### What do we offer?"
    imported = import_notice(ENGLISH.replace("### What do we offer?", second, 1))
    assert [fact.value for fact in imported.of("webinar-start", "en")] == ["2031-01-07T15:30+01:00", "2031-01-09T10:00+01:00"]
    assert [fact.value for fact in imported.of("webinar-link", "en")] == ["https://example.org/r/a_b", "https://example.org/r/c"]


@pytest.mark.parametrize(
    ("french", "changed", "identifier"),
    [
        ("14 janvier 2031, 12h00", "14 janvier 2031, 12h30", "deadline"),
        ("14 janvier 2031, 12h00", "15 janvier 2031, 12h00", "deadline"),
        ("14-janv.-2031", "16-janv.-2031", "deadline"),
        (":1 402,50Euro", ":1 420,50Euro", "stipend"),
        ("de 1 402,50 euros", "de 1 402 euros", "stipend"),
        ("07/01/2031 à 15h30", "07/01/2031 à 16h30", "webinar-start"),
        ("07/01/2031", "08/01/2031", "webinar-start"),
        ("(https://example.org/r/a_b)", "(https://example.org/r/a_c)", "webinar-link"),
        ("stage de 5 mois", "stage de 6 mois", "duration-months"),
        ("février/août", "mars/août", "start-dates"),
        ("36 heures", "38 heures", "hours-per-week"),
        ("deux (2)", "trois (3)", "max-applications"),
        ("d'au moins 18 ans", "de plus de 18 ans", "minimum-age"),
        ("d'au moins 18 ans", "d'au moins 21 ans", "minimum-age"),
        ("au moins trois années", "au moins deux années", "study-years"),
        ("24 mois au plus", "moins de 24 mois", "graduate-months"),
        ("24 mois au plus", "un an au plus", "graduate-months"),
        ("maîtriser l'anglais", "maîtriser l'anglais ou le français", "languages"),
        ("4. maîtriser l'anglais.", "4. maîtriser l'anglais.\n5. savoir rédiger en anglais.", "drafting-language"),
        ("NR", "NS", "clearance"),
        ("**Grade** INTERN", "**Grade** G10", "grade"),
        ("Temps plein", "Temps partiel", "schedule"),
        ("Belgique-Mons", "Italie-Mons", "location"),
        ("(LGT) (311222)", "(311222)", "title"),
        ("(LGT) (311222)", "(LGT) (311223)", "reference"),
        ("- Vue : voit les navires.\n", "", "competencies"),
        ("2. une photographie.", "2. une photographie ;\n3. une lettre.", "documents"),
        ("1. une connaissance des bateaux ;", "1. une connaissance des bateaux ;\n2. le pied marin.", "desirable"),
        ("stages différents", "stages", "max-applications"),
    ],
)
def test_every_difference_between_the_languages_is_found(french, changed, identifier):
    before = {(one.id, one.why) for one in disagreements(import_notice(BOTH))}
    assert french in FRENCH
    after = {(one.id, one.why) for one in disagreements(import_notice(f"{ENGLISH}\n{FRENCH.replace(french, changed, 1)}"))}
    assert identifier in {found for found, _ in after - before}


def test_an_hour_that_names_the_wrong_clock_contradicts_itself():
    summer = ENGLISH.replace("07/01/2031 at 3.30pm (Brussels time)", "07/07/2031 at 3.30pm CET (Brussels time)")
    assert [one.id for one in disagreements(import_notice(summer))] == ["webinar-start"]
    assert stated(import_notice(summer))["webinar-start"] == "2031-07-07T15:30+02:00"
    winter = ENGLISH.replace("3.30pm (Brussels time)", "3.30pm CET (Brussels time)")
    assert disagreements(import_notice(winter)) == ()


def test_what_changed_against_an_earlier_import():
    found = changes(import_notice(BOTH.replace("€1,402.50", "€1,500").replace("1,402.50Euro", "1,500Euro").replace("4. have proficiency in English.\n", "")), import_notice(BOTH))
    assert [(one.id, one.language, one.what) for one in found] == [("stipend", "en", "changed"), ("languages", "en", "removed")]


def test_an_import_of_the_published_text_changes_nothing_in_the_content(published):
    from bot.content.library import load_library

    imported, _ = published
    assert [one for one in changes(imported, load_library().notices[imported.reference]) if one.id != "drafting-language"] == []


@given(st.text(max_size=400))
@settings(max_examples=80, deadline=None)
def test_no_text_makes_it_fail(text):
    imported = import_notice(text)
    disagreements(imported)


HOSTILE = ["| a | b |", "](#)", "**", "{x}", "<b>", "1.", "- ", "99/99/9999 at 99:99", "€" + "1," * 40, "(" * 60, "\x00", "«", "# "]
FRAGMENTS = st.lists(st.sampled_from([*BOTH.splitlines(), *HOSTILE]), max_size=60)


@given(FRAGMENTS)
@settings(max_examples=60, deadline=None)
def test_no_mixture_of_lines_makes_it_fail_or_invent(lines):
    text = "\n".join(lines)
    imported = import_notice(text)
    disagreements(imported)
    for fact in imported.facts:
        assert 1 <= fact.line <= len(lines)
        if fact.id in {"grade", "clearance", "title", "location"}:
            assert str(fact.value) in text


@pytest.mark.parametrize("text", ["**" * 50_000, "[" * 100_000, "1," * 100_000, "- " + "at 4pm " * 20_000, "<a" * 90_000, "(250697)" * 20_000, "a " * 150_000], ids=range(7))
def test_hostile_lines_take_no_longer_than_a_breath(text):
    import time

    began = time.perf_counter()
    import_notice(text)
    assert time.perf_counter() - began < 5


def test_a_text_far_longer_than_a_notice_is_refused():
    with pytest.raises(NoticeTooLarge):
        import_notice("x" * (MAX_CHARACTERS + 1))
