"""Dates that may be those of a leave or of another period, and people who come back: no leaver among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import RosterError
from auditor.model.policy import RosterPolicy
from tests.roster.making import judged, state_of_row, states, text_of, told_of


@pytest.mark.parametrize(
    ("ended", "beside"),
    [
        ("Leave date", "Return date"),
        ("employeeLeaveDateTime", "Expected return"),
        ("Leave date time", "Back to work on"),
        ("Departure date", "First day back"),
        ("End date", "Return to work date"),
        ("Last day worked", "Return from leave"),
        ("Leave date", "Leave type"),
        ("Leave date", "Leave end date"),
        ("Vertrekdatum", "Terugkeerdatum"),
        ("Laatste werkdag", "Verwachte werkhervatting"),
        ("Einddatum", "Datum terug"),
        ("Einde", "Begin verlof"),
        ("Einddatum", "Startdatum functie"),
        ("Date de départ", "Date de retour prévue"),
        ("Date de départ", "Type de congé"),
        ("Dernier jour", "Reprise du travail"),
        ("Fin", "Début congé"),
        ("Letzter Arbeitstag", "Rückkehr"),
        ("Ende", "Abwesend ab"),
        ("Einddatum", "Ingangsdatum verlof"),
        ("Vertrekdatum", "Back"),
        ("Date de départ", "Date de rentrée"),
        ("Enddatum", "Wiedereinstieg am"),
        ("Enddatum", "Voraussichtliche Rückkehr am"),
    ],
)
def test_a_date_that_may_begin_or_end_a_leave_makes_no_leaver(
    tmp_path: Path, ended: str, beside: str
) -> None:
    header = f"Nr;Naam;Status;{beside};{ended}"
    rows = ("1;Fay Kok;;01-12-2026;01-09-2026", "2;Gus Kok;Actief;;", "3;Ine Kok;Uit dienst;;30-09-2026")
    people = judged(tmp_path, text_of(*rows, header=header))
    assert states(people)["1"] == "conflict"
    assert states(people)["2"] == "active"
    (told,) = told_of(people, "H12")
    assert (ended in told, beside in told, "end_date" in told) == (True, True, True)
    policy = RosterPolicy(columns={ended: "end_date"})
    mapped = judged(tmp_path, text_of(rows[1], rows[2], header=header), policy=policy)
    assert states(mapped) == {"2": "active", "3": "leaver_overdue"}
    assert not told_of(mapped, "H12")


@pytest.mark.parametrize(
    ("header", "row", "state"),
    [
        ("Nr;Name;Hire date;Leave date", "13-01-2020;01-09-2026", "leaver_overdue"),
        ("Nr;Name;Leave date;Laptop return date", "01-09-2026;02-09-2026", "leaver_overdue"),
        ("Nr;Name;Leave date;Annual leave balance", "01-09-2026;12", "leaver_overdue"),
        ("Nr;Nom;Date de départ;Reprise ancienneté", "01-09-2026;02-09-2010", "leaver_overdue"),
        ("Nr;Naam;Functie;Einddatum", "Planner;01-09-2026", "leaver_overdue"),
        ("Nr;Naam;Begindatum contract;Einddatum", "13-01-2020;01-09-2026", "leaver_overdue"),
        ("Nr;Name;Termination date;Return date", "01-09-2026;", "leaver_overdue"),
        ("Nr;Name;Termination date;Return date", "01-09-2026;no", "leaver_overdue"),
        ("Nr;Name;Termination date;Return date", "01-09-2026;01-03-2025", "leaver_overdue"),
        ("Nr;Name;Termination date;Return date", "01-09-2026;01-03-2027", "conflict P21"),
        ("Nr;Name;Termination date;Return date", "01-09-2026;01-10-2026", "conflict P21"),
        ("Nr;Nom;Date de sortie;Date de rentrée", "01-09-2026;01-12-2026", "conflict P21"),
        ("Nr;Name;Austritt;Wiedereintritt geplant", "01.09.2026;01.12.2026", "conflict P21"),
        ("Nr;Name;Leave date;Eligible for rehire", "01-09-2026;yes", "leaver_overdue"),
        ("Nr;Nom;Départ;Retour PC", "01-09-2026;01-09-2026", "leaver_overdue"),
        ("Nr;Name;Termination date;Eligible for return", "01-09-2026;yes", "leaver_overdue"),
        ("Nr;Naam;Uit dienst;Terug in dienst", "01-09-2026;01-10-2026", "active"),
        ("Nr;Name;Termination date;Actual return;Expected return", "01-09-2026;;01-03-2027", "conflict P21"),
        ("Nr;Name;Status;End date;Return date", "Terminated;01-09-2026;", "leaver_overdue"),
        ("Nr;Name;Status;End date;Return date", "Terminated;01-09-2026;01-03-2027", "conflict P08"),
        ("Nr;Name;Status;End date;Return date", "Active;01-09-2026;", "active"),
        ("Nr;Name;Status;Last day of work;Estimated last day of leave", "Active;01-09-2026;", "active"),
        ("Nr;Naam;Status;Begindatum;Einddatum;Soort verlof", "Actief;01-09-2020;01-09-2026;x", "active"),
        ("Nr;Nom;Date début;Date fin;Motif", "01-09-2020;01-09-2026;x", "leaver_overdue"),
        ("Nr;Name;Status;Beginn;Ende;Abwesenheitsart", "Aktiv;01-09-2020;01-09-2026;x", "active"),
        (
            "Nr;Name;Status;Start date;End date;Absence reason",
            "left;13-01-2020;01-09-2026;",
            "leaver_overdue",
        ),
        (
            "Nr;Naam;Status;Begindatum;Einddatum;Soort verlof",
            "Uit dienst;13-01-2020;01-09-2026;",
            "leaver_overdue",
        ),
        ("Nr;Name;Hire date;End date;Leave type", "13-01-2020;01-09-2026;", "leaver_overdue"),
    ],
)
def test_who_is_to_come_back_is_no_leaver_and_what_returns_is_a_person(
    tmp_path: Path, header: str, row: str, state: str
) -> None:
    assert state_of_row(tmp_path, header, row) == state


def test_a_list_in_which_everybody_has_an_end_and_a_reason_may_be_one_of_leaves(tmp_path: Path) -> None:
    rows = ("1;Fay Kok;Actif;01-09-2026;30-09-2026;x", "2;Gus Kok;Actif;01-10-2026;15-10-2026;x")
    people = judged(tmp_path, text_of(*rows, header="Nr;Nom;Statut;Date début;Date fin;Motif"))
    assert states(people) == {"1": "active", "2": "active"}


def test_a_list_of_sick_days_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RosterError) as caught:
        judged(tmp_path, "Nr;Naam;Eerste ziektedag;Hersteld;Einddatum\n1;Fay Kok;01-09-2026;ja;15-09-2026\n")
    assert "By column Einddatum alone" in caught.value.hint


def test_a_list_of_leaves_alone_is_refused_with_the_column_named(tmp_path: Path) -> None:
    with pytest.raises(RosterError) as caught:
        judged(tmp_path, "Nr;Name;Leave date;Return date\n1;Fay Kok;01-09-2026;01-03-2027\n2;Gus Kok;;\n")
    assert caught.value.code == "H06"
    assert "By column Leave date alone, nobody counts as having left" in caught.value.hint


def test_the_policy_outranks_what_a_group_of_columns_is_about(tmp_path: Path) -> None:
    body = ";;Verlof;\nNr;Naam;Begin;Einde\n1;Fay Kok;13-01-2020;31-08-2026\n2;Gus Kok;;\n"
    policy = RosterPolicy(columns={"Einde": "end_date"})
    assert states(judged(tmp_path, body, policy=policy)) == {"1": "leaver_overdue", "2": "active"}
