"""Words, typography, length, dates and what changed in one language only."""

from datetime import date

import pytest

from bot.content.reader import Reader
from tests.content.small_content import checked, entry, rules


@pytest.mark.parametrize(
    ("language", "text", "rule", "severity"),
    [
        ("en", "Use <b>this</b>.", "markup", "fault"),
        ("en", "Use **this**.", "markup", "fault"),
        ("en", "Use [this](https://example.org).", "markup", "fault"),
        ("en", "See https://example.org/a.", "address-in-text", "fault"),
        ("en", "Write to someone@example.org.", "address-in-text", "fault"),
        ("en", "See https:example.org now.", "broken-link", "fault"),
        ("en", "For more, click here.", "broken-link", "style"),
        ("en", "Un\u200bseen.", "unreadable", "fault"),
        ("en", "It's fine.", "apostrophe", "style"),
        ("en", "It is «fine».", "quotation-marks", "style"),
        ("en", "It is fine !", "no-break-space", "style"),
        ("en", "It is  fine.", "spaces", "style"),
        ("en", "It is is fine.", "doubled-word", "style"),
        ("en", "It is fine", "end", "style"),
        ("en", "It is (fine.", "brackets", "style"),
        ("en", "Vous pouvez le faire dans les deux cas, et c’est pour vous.", "wrong-language", "fault"),
        ("fr", "L'avis le dit.", "apostrophe", "style"),
        ("fr", "Est-ce vrai ?", "no-break-space", "style"),
        ("fr", "Il dit : oui.", "no-break-space", "style"),
        ("fr", "Il dit « oui ».", "no-break-space", "style"),
        ("fr", 'Il dit "oui".', "quotation-marks", "style"),
        ("fr", "You may do this and that in the office, with the others.", "wrong-language", "fault"),
    ],
)
def test_each_rule_finds_its_fault(tmp_path, language, text, rule, severity):
    found = [one for one in checked(tmp_path, entry(**{language: text})) if one.rule == rule]
    assert [(one.language, one.severity) for one in found][:1] == [(language, severity)]


def test_the_same_words_in_both_languages_are_no_translation(tmp_path):
    assert "untranslated" in rules(checked(tmp_path, entry(en="Many thanks.", fr="Many thanks.")), "fault")


@pytest.mark.parametrize(("count", "expected"), [(90, set()), (91, {"style"}), (160, {"style"}), (161, {"fault"})])
def test_length(tmp_path, count, expected):
    text = " ".join(["Go on."] * (count // 2) + ["Go."] * (count % 2))
    found = checked(tmp_path, entry(en=text))
    assert {one.severity for one in found if one.rule == "length"} == expected


def test_a_long_sentence_is_hard_to_read(tmp_path):
    assert "hard-to-read" in rules(checked(tmp_path, entry(en=" ".join(["word"] * 20 + ["and"] + ["more"] * 20) + ".")), "style")


@pytest.mark.parametrize(("today", "due"), [(date(2031, 1, 1), False), (date(2031, 1, 2), True)])
def test_an_entry_is_due_from_the_day_after(tmp_path, today, due):
    assert ("review" in rules(checked(tmp_path, today=today), "style")) is due


@pytest.mark.parametrize(("today", "past"), [(date(2031, 5, 20), False), (date(2031, 5, 21), True)])
def test_a_deadline_is_past_on_the_next_day(tmp_path, today, past):
    assert ("past-fact" in rules(checked(tmp_path, today=today))) is past


@pytest.mark.parametrize(
    ("changes", "languages"),
    [({"en": "Now other words."}, {"fr"}), ({"fr": "D’autres mots."}, {"en"}), ({"en": "New.", "fr": "Neuf."}, set()), ({}, set())],
)
def test_one_language_changed_since_the_release(tmp_path, changes, languages):
    checked(tmp_path)
    published = Reader(tmp_path).library()
    found = checked(tmp_path, entry(**changes), published=published)
    assert {one.language for one in found if one.rule == "one-language-changed"} == languages
