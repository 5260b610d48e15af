"""What a keyboard gives becomes what each language prints."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.typography import typeset
from bot.content.wording import placeholders
from bot.i18n.locale import LOCALES

NB = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("l'avis", "l’avis"),
        ("Qui peut postuler ?", f"Qui peut postuler{NB}?"),
        ("Qui peut postuler?", f"Qui peut postuler{NB}?"),
        ("Quoi ?!", f"Quoi{NB}?!"),
        ('les stages "longs" ici', f"les stages «{NB}longs{NB}» ici"),
        ("« court »", f"«{NB}court{NB}»"),
        ("«court»", f"«{NB}court{NB}»"),
        ("Voici : un", f"Voici{NB}: un"),
        ("Voici: un", f"Voici{NB}: un"),
        ("à 23:59", "à 23:59"),
        ("à 16 h 30", f"à 16{NB}h{NB}30"),
        ("1 286 €", f"1 286{NB}€"),
        ("{deadline|date} ; fin", f"{{deadline|date}}{NB}; fin"),
        ("voir https://example.org/a?b=1", "voir https://example.org/a?b=1"),
        ("- un\n- deux", "• un\n• deux"),
        ("Attendez...", "Attendez…"),
        ("deux  espaces", "deux espaces"),
        ("candidat(e)s ; non", f"candidat(e)s{NB}; non"),
        ("peut-être", "peut-être"),
    ],
)
def test_french_is_set_as_french(typed, set_):
    assert typeset(typed, "fr") == set_


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("don't", "don’t"),
        ('a "word" here', "a “word” here"),
        ("Who can apply ?", "Who can apply?"),
        ("« so »", "“so”"),
        ("at 23:59", "at 23:59"),
        ("the interns' day", "the interns' day"),
    ],
)
def test_english_is_set_as_english(typed, set_):
    assert typeset(typed, "en") == set_


@pytest.mark.parametrize("locale", LOCALES)
@given(text=st.text(alphabet=st.sampled_from("ab é1€h'\"«»“”:;!?.-•{}|/ \n\u00a0\u202fdeadline"), max_size=60))
def test_twice_changes_no_more_than_once_and_facts_stay(locale, text):
    once = typeset(text, locale)
    assert typeset(once, locale) == once
    assert placeholders(once) == placeholders(text)
    assert re.findall(r"[^\W_]", once) == re.findall(r"[^\W_]", text)


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_published_is_set_already(library, locale):
    for entry in library.entries.values():
        for words in (entry.question, *(answer.words for answer in entry.answers)):
            assert typeset(words[locale], locale) == words[locale]
