import pytest

from auditor.domain.employee import PersonName
from auditor.judging.identity import Identity, same_person

VAN_DEN_BERG = PersonName("Jan van den Berg", first="Jan", prefix="van den", last="Berg")
MARRIED = PersonName(
    "Sanne Verhoeven-de Wit", first="Sanne", last="Verhoeven", others=("Sanne de Wit", "S. Verhoeven")
)
FITS = [
    (VAN_DEN_BERG, "Jan van den Berg"),
    (VAN_DEN_BERG, "jan berg"),
    (VAN_DEN_BERG, "Jan v. d. Berg"),
    (VAN_DEN_BERG, "Jan Vandenberg"),
    (VAN_DEN_BERG, "Berg, Jan van den"),
    (VAN_DEN_BERG, "Jan B."),
    (VAN_DEN_BERG, "J. van den Berg"),
    (VAN_DEN_BERG, "Dr. Jan van den Berg, PhD 🚀"),
    (VAN_DEN_BERG, "Jan (Johnny) van den Berg MBA"),
    (MARRIED, "Sanne de Wit"),
    (MARRIED, "Sanne de Wit - Verhoeven"),
    (MARRIED, "Sanne Verhoeven"),
    (MARRIED, "Sanne V."),
    (PersonName("Müller, Jürgen"), "Juergen Mueller"),
    (PersonName("Müller, Jürgen"), "Jürgen M."),
    (PersonName("Anne-Sophie Lefèvre"), "Anne Sophie Lefevre"),
    (PersonName("Mohamed El Amrani"), "Mohamed Elamrani"),
    (PersonName("Nguyen Thi Lan"), "Lan Nguyen"),
    (PersonName("Sanne Smit", first="Sanne", last="Smit"), "Sanne S."),
    (PersonName("Sean O'Rourke"), "Sean ORourke"),
    (PersonName("María José García López"), "Maria Jose Garcia"),
]
WEAK = [
    (PersonName("Johannes Smit", first="Johannes", last="Smit"), "Hans Smit"),
    (PersonName("Elizabeth Smit", first="Elizabeth", last="Smit"), "Liz Smit"),
    (PersonName("Jan Smit", first="Jan", last="Smit"), "Jan"),
    (PersonName("Ivan Petrov"), "Иван Петров"),
    (PersonName("Li Wei"), "李伟"),
    (PersonName("Jan Smit"), "J*** S****"),
    (PersonName("Jan Smit"), ""),
    (PersonName("Jan Smit", first="Jan", last="Smit"), "J. S."),
    (PersonName("Karin Hoekstra", first="Karin", last="Hoekstra"), "Karin Hoekstar"),
]
DIFFERS = [
    (VAN_DEN_BERG, "Maria Verhoeven"),
    (VAN_DEN_BERG, "Jan Pietersen"),
    (VAN_DEN_BERG, "Jan P."),
    (MARRIED, "Peter de Groot"),
    (PersonName("Jürgen Müller"), "Petra Schmidt"),
    (PersonName("Jean Dupont"), "Van den Abeele Koen"),
]


@pytest.mark.parametrize(("roster", "shown"), FITS)
def test_the_same_person_in_another_spelling_fits(roster, shown):
    assert same_person(roster, shown) is Identity.FITS


@pytest.mark.parametrize(("roster", "shown"), WEAK)
def test_little_to_go_by_is_weak_not_different(roster, shown):
    assert same_person(roster, shown) is Identity.WEAK


@pytest.mark.parametrize(("roster", "shown"), DIFFERS)
def test_a_name_that_fits_nobody_like_the_person_differs(roster, shown):
    assert same_person(roster, shown) is Identity.DIFFERS


def test_the_order_of_words_changes_nothing():
    for roster, shown in (*FITS, *DIFFERS):
        if "," not in shown:
            assert same_person(roster, " ".join(reversed(shown.split()))) is same_person(roster, shown)


def test_any_text_gives_an_answer():
    for text in ("\ud800", "\u202e\u202e", "((((", "*" * 10_000, "a " * 5_000, ",,,", "Jan\x00Smit"):
        assert same_person(PersonName("Jan Smit"), text) in Identity
