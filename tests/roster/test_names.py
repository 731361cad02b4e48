"""Names as rosters write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.roster.names import NameParts, read_name
from tests.roster.making import judged


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Jansen, Jan", "Jan Jansen"),
        ("Vries, Jan de", "Jan de Vries"),
        ("Berg, van der, Jan", "Jan van der Berg"),
        ("Berg, van der", "van der Berg"),
        ("de Vries, Jan", "Jan de Vries"),
        ("dr. ir. Jan de Vries MSc", "Jan de Vries"),
        ("Jansen, Jan, PhD", "Jan Jansen"),
        ("Jan de Vries (Terminated)", "Jan de Vries"),
        ("Jan de Vries (m/w)", "Jan de Vries"),
        ("An Peeters [C]", "An Peeters"),
        ("DUPONT Marie", "DUPONT Marie"),
        ("VAN DEN BROECK Jan", "VAN DEN BROECK Jan"),
        ("JAN PEETERS", "JAN PEETERS"),
        ("JP Peeters", "JP Peeters"),
        ("Aminata BA", "Aminata BA"),
        ("Zoë  van 't\tHof", "Zoë van 't Hof"),
        ("Ingrid Ing", "Ingrid Ing"),
        ("Marie Curie épouse Fictief", "Marie Curie"),
        ("Ã‰lodie Fictief", "Élodie Fictief"),
        ("Plato", "Plato"),
        ("", ""),
    ],
)
def test_full_names_are_shown_first_name_first(typed: str, shown: str) -> None:
    assert read_name(NameParts(full=typed)).name.display == shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (NameParts(calling="Hans", given="Johannes", prefix="van der", last="Berg"), "Hans van der Berg"),
        (NameParts(given="Jan", last="Van Den Broeck"), "Jan Van Den Broeck"),
        (NameParts(given="Jan", last="Berg, van den"), "Jan van den Berg"),
        (NameParts(given="Jan", prefix="van den", last="van den Berg"), "Jan van den Berg"),
        (NameParts(given="Jan", prefix="017", last="Berg"), "Jan Berg"),
        (NameParts(given="Jeanne", prefix="d'", last="Arc"), "Jeanne d'Arc"),
        (NameParts(given="Ine", prefix="v.d.", last="Kuil"), "Ine v.d. Kuil"),
        (NameParts(given="Ine", prefix="v/d", last="Kuil"), "Ine v/d Kuil"),
        (NameParts(given="Ine", prefix="v. d.", last="Kuil"), "Ine v. d. Kuil"),
        (NameParts(given="Ine", prefix="v 't", last="Hek"), "Ine v 't Hek"),
        (NameParts(initials="J.", last="Berg"), "J. Berg"),
        (NameParts(full="Jansen, Jan", calling="Jan", last="Jansen"), "Jan Jansen"),
        (NameParts(calling="An", last="Berg", partner="Boer", partner_prefix="de", order="1"), "An Berg"),
        (NameParts(calling="An", last="Berg", partner="Boer", partner_prefix="de", order="2"), "An de Boer"),
        (
            NameParts(calling="An", last="Berg", partner="Boer", partner_prefix="de", order="3"),
            "An de Boer-Berg",
        ),
        (
            NameParts(calling="An", last="Berg", partner="Boer", partner_prefix="de", order="4"),
            "An Berg-de Boer",
        ),
    ],
)
def test_parts_are_put_in_the_order_people_show(parts: NameParts, shown: str) -> None:
    assert read_name(parts).name.display == shown


@pytest.mark.parametrize(
    ("header", "row", "shown"),
    [
        ("Nom;Nom d'usage;Prénom", "Mercier;;Odile", "Odile Mercier"),
        ("Nom;Nom d'usage;Prénom", "Mercier;Faure;Odile", "Odile Faure"),
        ("Nom;Nom d'usage;Prénom", "LA GARDE;;Odile", "Odile LA GARDE"),
        ("Name;Nachname;Vorname", "Mertens;;Ute", "Ute Mertens"),
        ("Name;Nachname;Vorname", "Mertens, Ute;Mertens;Ute", "Ute Mertens"),
        ("Name;Nachname;Vorname", "Ute Mertens;;Ute", "Ute Mertens"),
        ("Name;Nachname;Vorname", "Ute Mertens;;", "Ute Mertens"),
        ("Naam;Achternaam;Voornaam", "Kok, Ine;;", "Ine Kok"),
    ],
)
def test_a_name_beside_its_parts_is_the_family_name_or_the_whole(
    tmp_path: Path, header: str, row: str, shown: str
) -> None:
    people = judged(tmp_path, f"{header};Matricule;Statut\n{row};1;Actif\n")
    assert [one.full_name for one in people.employees] == [shown]
    if "Faure" in row:
        assert "Odile Mercier" in people.employees[0].name.others


def test_other_names_of_one_person_are_kept_for_recognition() -> None:
    name = read_name(
        NameParts(calling="An", given="Anna", prefix="van", last="Berg", partner="Boer", order="3")
    ).name
    assert {"An van Berg", "An Boer", "Anna van Berg"} <= set(name.others)


def test_damage_that_cannot_be_undone_is_told_and_left() -> None:
    read = read_name(NameParts(full="Kim M\ufffdller"))
    assert (read.name.display, read.codes, read.damaged) == ("Kim M\ufffdller", ("E04",), "Kim M\ufffdller")


@pytest.mark.parametrize("typed", ["DUPONT Marie", "VAN DEN BROECK Jan-Marie"])
def test_leading_capitals_are_the_family_name(typed: str) -> None:
    name = read_name(NameParts(full=typed)).name
    assert name.last.isupper()
    assert not name.first.isupper()
