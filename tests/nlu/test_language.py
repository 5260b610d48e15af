"""Which language a message is in, also when it is typed in haste: what looks foreign may be English or French with slips of the keys."""

from __future__ import annotations

import pytest

from bot.i18n.locale import Locale
from bot.nlu.language import CERTAIN, LanguageModel
from bot.nlu.normalise import canonical
from bot.nlu.spelling import Speller
from bot.nlu.utterances import read_utterances
from bot.webinar.understanding import Learnt, TrainedModel

HASTY = [  # each looks foreign before its slips are mended
    ("combein duurree tottale", "fr"),
    ("entretein telephoniqe ?", "fr"),
    ("bugdet logememt mensuell ?", "fr"),
    ("avantges sociaaux ?", "fr"),
    ("laptopp provded?", "en"),
]
FOREIGN = [
    "Wann erfahre ich das Ergebnis meiner Bewerbung?",
    "Werden die Fahrkosten erstattet?",
    "¿Cuándo empieza el periodo de prácticas?",
    "¿Hay que enviar una carta de motivación?",
    "Quanti posti ci sono?",
    "Quando comincia lo stage e quanto dura?",
    "Qual é a data limite da candidatura?",
    "Wanneer beginnen jullie met de selectie?",
    "Krijg ik een vergoeding voor de stage?",
    "Kiedy zaczyna się staż?",
    "Når starter praksisplassen, og hva betaler de?",
    "Când începe stagiul?",
    "Staj ne zaman başlıyor?",
    "Mikor kezdődik a gyakornoki program?",
]


@pytest.fixture(scope="module")
def learnt() -> tuple[LanguageModel, Speller]:
    found = list(read_utterances())
    texts, locales = [canonical(one.text) for one in found], [one.locale for one in found]
    return LanguageModel.fit(texts, locales), Speller.fit(texts, locales)


@pytest.fixture(scope="module")
def heard(learnt):
    """Return the locale of a text as the pipeline finds it."""
    model = TrainedModel(Learnt(_Ranker(), *learnt), None)
    return model.locale


class _Ranker:
    intents = ()


@pytest.mark.parametrize(("text", "locale"), HASTY)
def test_haste_is_no_other_language(heard, learnt, text: str, locale: Locale):
    assert learnt[0].guess(text).may_be_slips
    assert heard(text) == locale


@pytest.mark.parametrize("text", FOREIGN)
def test_another_language_is_told_from_haste(heard, text: str):
    assert heard(text) is None


def test_words_that_only_another_language_has_are_no_slips(learnt):
    languages, speller = learnt
    told = languages.guess("serve la lettera di motivazione?")
    assert (told.locale, told.confidence, told.may_be_slips) == (None, CERTAIN, False)
    assert speller.recognised("serve la lettera di motivazione?") is not None, "by its words alone it might be haste"


def test_a_foreign_sentence_full_of_words_that_applicants_use_is_foreign(learnt):
    languages, _ = learnt
    assert languages.guess("Gibt es ein Webinar während des Praktikums?").locale is None
    assert languages.guess("is the Stage in Brussels or at the Ecole?").locale == "en"
    assert languages.guess("how do I put «ich spreche gut Deutsch» into English on the application form, please?").locale == "en", "it quotes"


def test_what_both_languages_share_is_heard_in_the_conversation_s(learnt):
    _, speller = learnt
    assert {speller.recognised("instrcutions docments", prior) for prior in ("en", "fr")} == {"en", "fr"}
