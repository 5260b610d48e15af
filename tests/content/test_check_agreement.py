"""Every way in which English and French may come to differ is caught."""

import pytest

from tests.content.small_content import checked, entry, rules


def test_texts_that_agree_have_no_problem(tmp_path):
    assert checked(tmp_path) == []


SEEDED = [
    pytest.param("The fee is €12.50.", "Les frais sont de 12,60\u00a0€.", "figures-differ", id="amount"),
    pytest.param("The fee is €1,250.", "Les frais sont de 1\u00a0205\u00a0€.", "figures-differ", id="amount transposed"),
    pytest.param("The fee is €12.", "Les frais sont de 12\u00a0$.", "figures-differ", id="currency"),
    pytest.param("It is on 3 May 2031.", "C’est le 4 mai 2031.", "figures-differ", id="day"),
    pytest.param("It is on 3 May 2031.", "C’est le 3 mars 2031.", "figures-differ", id="month"),
    pytest.param("It is on 3 May 2031.", "C’est le 3 mai 2032.", "figures-differ", id="year"),
    pytest.param("It is on 3 May.", "C’est le 5 mai.", "figures-differ", id="day without a year"),
    pytest.param("It begins in June 2031.", "Cela débute en juillet 2031.", "figures-differ", id="month of a year"),
    pytest.param("It starts at 4 pm.", "Cela commence à 15\u00a0h.", "figures-differ", id="hour"),
    pytest.param("It starts at 16:05.", "Cela commence à 16\u00a0h\u00a030.", "figures-differ", id="minutes"),
    pytest.param("It starts at 4 am.", "Cela commence à 16\u00a0h.", "figures-differ", id="morning and afternoon"),
    pytest.param("Brussels is at UTC+2.", "Bruxelles est à UTC+1.", "figures-differ", id="offset"),
    pytest.param("It takes 12 weeks.", "Cela prend 13 semaines.", "figures-differ", id="quantity"),
    pytest.param("It takes 12 weeks.", "Cela prend 12 jours.", "figures-differ", id="unit"),
    pytest.param("It takes 12 weeks.", "Cela prend du temps.", "figures-differ", id="figure left out"),
    pytest.param("It takes time.", "Cela prend 12 semaines.", "figures-differ", id="figure added"),
    pytest.param("It is paid at 50%.", "C’est payé à 60\u00a0%.", "figures-differ", id="share"),
    pytest.param("It has four parts.", "Il y a cinq parties.", "numbers", id="number in letters"),
    pytest.param("It has four parts.", "Il y a 5 parties.", "numbers", id="number in letters and in digits"),
    pytest.param("Take at least 12 weeks.", "Prenez plus de 12 semaines.", "comparisons-differ", id="at least, more than"),
    pytest.param("Take at most 12 weeks.", "Prenez au moins 12 semaines.", "comparisons-differ", id="at most, at least"),
    pytest.param("Take up to 12 weeks.", "Prenez 12 semaines.", "comparisons-differ", id="limit left out"),
    pytest.param("Take no more than 12 weeks.", "Prenez moins de 12 semaines.", "comparisons-differ", id="no more than, less than"),
    pytest.param("Work at least {hours|unit}.", "Travaillez au plus {hours|unit}.", "comparisons-differ", id="comparison with a fact"),
    pytest.param("Work up to {hours|unit}.", "Travaillez {hours|unit}.", "comparisons-differ", id="limit of a fact left out"),
    pytest.param("You work {hours|unit}.", "Vous touchez {stipend}.", "facts-differ", id="another fact"),
    pytest.param("You get {stipend}.", "Vous touchez une bourse.", "facts-differ", id="fact left out"),
    pytest.param("You get {stipend} a month.", "Vous touchez {stipend} par semaine.", "periods-differ", id="period"),
    pytest.param("Ask the ABC.", "Demandez à l’ABD.", "acronyms-differ", id="acronym"),
    pytest.param("Ask the UN.", "Demandez à l’UE.", "acronyms-differ", id="acronym that has another form"),
    pytest.param("Write to a@example.org.", "Écrivez à b@example.org.", "addresses-differ", id="e-mail"),
    pytest.param("See https://example.org/en.", "Voir https://example.org/fr.", "addresses-differ", id="link"),
    pytest.param("Write it in English.", "Écrivez-le en français.", "languages-differ", id="language"),
    pytest.param("Yes, you may do that.", "Non, vous ne pouvez pas.", "answers-differ", id="yes and no"),
    pytest.param("It is on Monday.", "C’est mardi.", "weekdays-differ", id="day of the week"),
    pytest.param("There are:\n• one\n• other", "Il y a\u00a0:\n• une chose", "items-differ", id="items of a list"),
]


@pytest.mark.parametrize(("english", "french", "rule"), SEEDED)
def test_a_difference_is_a_fault(tmp_path, english, french, rule):
    assert rule in rules(checked(tmp_path, entry(en=english, fr=french)), "fault")


@pytest.mark.parametrize(
    ("english", "french"),
    [
        pytest.param("It is on 3 May 2031 at 4 pm.", "C’est le 3 mai 2031 à 16\u00a0h.", id="day and hour"),
        pytest.param("It is on 1 May 2031.", "C’est le 1er mai 2031.", id="first of the month"),
        pytest.param("The fee is €1,250.75.", "Les frais sont de 1\u202f250,75\u00a0€.", id="amount"),
        pytest.param("It has four parts.", "Il y a quatre parties.", id="number in letters"),
        pytest.param("It lasts one year.", "Cela dure 12 mois.", id="a year is twelve months"),
        pytest.param("NATO and the EU use AI.", "L’OTAN et l’UE utilisent l’IA.", id="acronyms with two forms"),
        pytest.param("No more than {hours|unit}.", "Pas plus de {hours|unit}.", id="no more than"),
        pytest.param("Up to {hours|unit}.", "{hours|unit} au plus.", id="comparison behind the figure"),
        pytest.param("Use English or French.", "Utilisez le français ou l’anglais.", id="languages in another order"),
        pytest.param("The French text differs.", "Le texte anglais diffère.", id="each quotes the other version"),
        pytest.param("Both texts agree.", "Les textes concordent.", id="«both» may be left out"),
    ],
)
def test_the_same_said_in_each_way_is_no_fault(tmp_path, english, french):
    assert not {rule for rule in rules(checked(tmp_path, entry(en=english, fr=french))) if rule.endswith("-differ") or rule == "numbers"}


def test_a_problem_says_where_it_is_and_how_to_mend_it(tmp_path):
    [problem] = [one for one in checked(tmp_path, entry(en="Ask on 3 May.", fr="Demandez maintenant.")) if one.rule == "figures-differ"]
    assert (problem.file, problem.entry, problem.language, problem.severity) == ("entries/pay.yaml", "pay", "en", "fault")
    assert "Ask on 3 May." in (tmp_path / problem.file).read_text().splitlines()[problem.line - 1]
    assert problem.mend


def test_a_criterion_s_words_are_compared_too(tmp_path):
    (tmp_path / "criteria").mkdir()
    (tmp_path / "criteria" / "age.yaml").write_text("id: age\nsays:\n  meets: {en: 'Above 20 years.', fr: 'Plus de 30 ans.'}\n", encoding="utf-8")
    assert "figures-differ" in rules(checked(tmp_path), "fault")


@pytest.mark.parametrize(
    ("english", "french", "differs"),
    [
        pytest.param("The French text differs.", "Le texte français diffère.", False, id="the same version"),
        pytest.param("The French text differs.", "Le texte anglais diffère.", False, id="each the other one"),
        pytest.param("The English text says so, the French text does not.", "Le texte français le dit, le texte français non.", True, id="one version twice"),
    ],
)
def test_the_versions_of_the_notice_that_are_quoted(tmp_path, english, french, differs):
    assert ("languages-differ" in rules(checked(tmp_path, entry(en=english, fr=french)))) is differs


def test_a_unit_left_out_is_a_fault(tmp_path):
    assert "formats-differ" in rules(checked(tmp_path, entry(en="You work {hours|unit}.", fr="Vous travaillez {hours}.")), "fault")
