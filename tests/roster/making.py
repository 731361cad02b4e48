# ruff: noqa: E501 - rows of exports are wide
"""Rosters made for tests: everybody in them is invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from auditor.model.policy import RosterPolicy
from auditor.model.roster import Population, RosterReading, rows_add_up
from auditor.roster import read_roster
from auditor.roster.population import population

TODAY = date(2026, 11, 22)
POLICY = RosterPolicy()
HEADER = "Personeelsnummer;Roepnaam;Achternaam;E-mail;Entiteit;Status;Datum in dienst;Datum uit dienst;LinkedIn;Functie"
ANN = "101;Ann;Verzonnen;ann@acme.example;Acme;Actief;13-01-2020;;linkedin.com/in/ann-verzonnen;Developer"
BOB = "102;Bob;Bedacht;bob@acme.example;Acme;Uit dienst;13-01-2020;30-09-2026;linkedin.com/in/bob-bedacht;Seller"
CEM = "103;Cem;Fictief;cem@acme.example;Acme;Actief;20-05-2021;;linkedin.com/in/cem-fictief;Planner"
THREE = (ANN, BOB, CEM)


def text_of(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def read(
    folder: Path, body: str | bytes, name: str = "roster.csv", policy: RosterPolicy = POLICY
) -> RosterReading:
    path = folder / name
    path.write_bytes(body.encode("utf-8") if isinstance(body, str) else body)
    return read_roster(path, policy)


def judged(
    folder: Path, body: str | bytes, name: str = "roster.csv", policy: RosterPolicy = POLICY
) -> Population:
    return population(read(folder, body, name, policy), TODAY, policy)


def states(people: Population) -> dict[str, str]:
    return {one.employee_id: str(one.roster_state) for one in people.employees}


def fates(people: Population) -> list[tuple[int, str, str]]:
    return [(record.row, str(record.fate), record.code) for record in people.reading.rows]


def codes(people: Population) -> set[str]:
    return {one.code for one in people.notices} | {record.code for record in people.reading.rows}


def told_of(people: Population, code: str) -> list[str]:
    return [one.message for one in people.notices if one.code == code]


def state_of_row(folder: Path, header: str, row: str) -> str:
    """The state of the first of two people; the second is in service without any doubt."""
    empty = ";" * (header.count(";") - 1)
    people = judged(folder, text_of(f"1;Fay Verzonnen;{row}", f"2;Gus Bedacht{empty}", header=header))
    assert rows_add_up(people.reading)
    fay = people.employees[0]
    if fay.roster_state == "conflict":
        assert (2, fay.state_code) in {(one.row, one.code) for one in people.notices}
    return f"{fay.roster_state} {fay.state_code}".strip()
