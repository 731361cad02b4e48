"""The roster as the invented group's HR system exports it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from auditor.demo.addresses import profile_path
from auditor.demo.careers import TODAY, Spell
from auditor.demo.cases import Address
from auditor.demo.firms import GROUP
from auditor.demo.people import Person

_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Employee number", 16),
    ("First name", 16),
    ("Last name", 22),
    ("Work e-mail", 44),
    ("Legal entity", 26),
    ("Job title", 26),
    ("Manager", 24),
    ("Language", 10),
    ("Status", 12),
    ("Worker type", 13),
    ("Start date", 12),
    ("End date", 12),
    ("LinkedIn profile", 62),
)
_HEADER_ROW = 3
#: every so many rows the address hides behind the word that is shown
_HIDDEN_LINK = 5
_SHOWN = "Profile"


def write_roster(path: Path, people: tuple[Person, ...], origin: str) -> None:
    """Write the workbook: a title, a reference date, a header, and one row per contract.

    The same people and `origin` give the same bytes.
    """
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False})
    book.set_properties({"title": "Staff list", "created": datetime(2026, 11, 20, 9, 0)})  # noqa: DTZ001
    sheet = book.add_worksheet("Staff")
    bold = book.add_format({"bold": True})
    sheet.write_string(0, 0, f"Staff list of the {GROUP}, including people who have left", bold)
    sheet.write_string(1, 0, f"Reference date {TODAY.isoformat()}")
    for column, (heading, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADER_ROW, column, heading, bold)
    sheet.freeze_panes(_HEADER_ROW + 1, 3)
    managers = _managers(people)
    row = _HEADER_ROW
    for person in people:
        for spell in person.spells:
            row += 1
            _write_row(sheet, row, _cells(person, spell, managers), _address(person, origin))
    book.close()


def _managers(people: tuple[Person, ...]) -> dict[str, str]:
    first: dict[str, str] = {}
    for person in people:
        first.setdefault(person.firm.code, person.name)
    return first


def _cells(person: Person, spell: Spell, managers: dict[str, str]) -> tuple[str | date | None, ...]:
    return (
        person.number,
        person.first,
        person.last,
        person.mail,
        person.firm.entity,
        person.title,
        managers[person.firm.code],
        person.language,
        spell.status,
        spell.worker_type,
        spell.start,
        spell.end,
    )


def _write_row(sheet: Any, row: int, cells: tuple[str | date | None, ...], address: str) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, date):
            sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001
        elif cell:
            sheet.write_string(row, column, cell)
    if address.startswith("http") and row % _HIDDEN_LINK == 0:
        sheet.write_url(row, len(cells), address, string=_SHOWN)
    elif address:
        sheet.write_string(row, len(cells), address)


def _address(person: Person, origin: str) -> str:
    if person.case.address is Address.EMPTY:
        return ""
    if person.case.address is Address.NONE_SAID:
        return "has no LinkedIn"
    endings = ("", "/", "", "?trk=people-guest_people_search-card", f"/{person.language}")
    return origin + profile_path(person) + endings[person.index % len(endings)]
