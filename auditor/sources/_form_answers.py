"""Rows of a form's answers (xlsx or csv), by the fields of the attestation."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from auditor.domain.decoding import decode_text
from auditor.sources._file_bytes import MEGABYTE, read_bytes
from auditor.zip_limits import BadArchive, check_archive

FORM_LIMIT = 20 * MEGABYTE
MOST_ROWS = 100_000
_MOST_HEADING_ROWS = 10

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "employee_id": (
        "employee id", "employee number", "employee no", "personnel number", "staff id",
        "personeelsnummer", "medewerkernummer", "werknemersnummer",
        "matricule", "numero de personnel", "numero d employe", "id employe",
        "personalnummer", "mitarbeiternummer", "personalnr",
    ),
    "headline": (
        "headline", "linkedin headline", "your headline", "kopregel", "profielkop", "linkedin kopregel",
        "titre du profil", "titre linkedin", "accroche", "slogan", "profilslogan", "profil slogan",
    ),
    "company_link": (
        "company link", "company page", "link to company page", "company page link", "linkedin company page",
        "bedrijfspagina", "link bedrijfspagina", "link naar bedrijfspagina",
        "page entreprise", "lien page entreprise", "page de l entreprise", "lien de la page entreprise",
        "unternehmensseite", "link unternehmensseite", "link zur unternehmensseite", "firmenseite",
    ),
    "banner": (
        "banner", "banner picture", "banner picture file", "banner file", "banner image", "your banner",
        "bannerfoto", "bannerafbeelding", "omslagfoto", "banniere", "image de banniere",
        "photo de couverture",
        "bannerbild", "titelbild", "hintergrundbild",
    ),
    "answered_on": (
        "date", "answered on", "completion time", "timestamp", "submitted at", "submitted on",
        "datum", "tijd van voltooiing", "voltooid op", "tijdstempel", "ingevuld op",
        "heure de fin", "horodateur", "date de reponse", "rempli le",
        "fertigstellungszeit", "zeitstempel", "abgeschlossen am", "ausgefullt am",
    ),
}  # fmt: skip


class BadForm(Exception):
    """The file cannot be used as a form's answers; the text says why, in plain words."""


def form_rows(path: Path, columns: Mapping[str, str]) -> list[dict[str, Any]]:
    """The answers, each as field -> cell. `columns` names headings of the form's own. Raises BadForm."""
    rows = _workbook_rows(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv_rows(path)
    names = {_plain(heading): name for name, known in HEADINGS.items() for heading in known}
    names.update({_plain(heading): name for name, heading in columns.items()})
    places: dict[str, int] | None = None
    answers = []
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise BadForm(f"the form holds more than {MOST_ROWS} rows")
        if places is None:
            places = _heading(row, names)
            if places is None and number >= _MOST_HEADING_ROWS:
                break
        elif any(cell not in (None, "") for cell in row):
            answers.append({name: row[at] for name, at in places.items() if at < len(row)})
    if places is None:
        raise BadForm("the form has no column with the employee id")
    return answers


def cell_text(cell: Any) -> str:
    """A cell as text: whole numbers without a decimal point, dates as ISO."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return " ".join(str(cell)[:20_000].split())


def _heading(row: Sequence[Any], names: Mapping[str, str]) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = names.get(_plain(cell_text(cell)))
        if name:
            found.setdefault(name, place)
    return found if "employee_id" in found else None


def _plain(heading: str) -> str:
    letters = unicodedata.normalize("NFKD", heading.casefold())
    return " ".join(
        re.sub(r"[^a-z0-9]+", " ", "".join(c for c in letters if not unicodedata.combining(c))).split()
    )


def _csv_rows(path: Path) -> Iterator[Sequence[Any]]:
    found = read_bytes(path, FORM_LIMIT)
    if found.trouble:
        raise BadForm(found.trouble)
    text = decode_text(found.body)
    if "\0" in text:
        raise BadForm("it is neither a workbook nor a CSV file")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as trouble:
        raise BadForm("the CSV is damaged or cut off") from trouble


def _workbook_rows(path: Path) -> Iterable[Sequence[Any]]:
    try:
        check_archive(path, FORM_LIMIT)
    except BadArchive as trouble:
        raise BadForm(str(trouble)) from trouble
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=200, values_only=True)
            return [tuple(row) for row in rows if any(cell is not None for cell in row)]
        finally:
            book.close()
    except Exception as trouble:  # openpyxl raises whatever the XML library meets in a broken file
        raise BadForm("the workbook is damaged") from trouble
