"""Words by which something is named and not asked are told from those that ask."""

import pytest

from bot.nlu.aside import sets_aside, tells_known


@pytest.mark.parametrize(
    "text",
    ["Not the tram, the flight home", "I'm not asking about housing", "Leaving aside the visa: insurance?", "Oubliez le logement", "Pas l'entretien, le test"],
)
def test_what_is_set_aside(text: str) -> None:
    assert sets_aside(text)


@pytest.mark.parametrize("text", ["I know the month.", "The visa is clear to me", "J’ai trouvé le barème", "Le lieu, je sais"])
def test_what_is_known_already(text: str) -> None:
    assert tells_known(text)


@pytest.mark.parametrize("text", ["Do you know the month?", "How do I know it arrived?", "Faut-il un visa ?", "Je ne trouve pas le barème", "Une note est demandée ?"])
def test_what_is_asked(text: str) -> None:
    assert not sets_aside(text)
    assert not tells_known(text)
