# ruff: noqa: E501 - rows of exports are wide
"""Workbooks, pages and old files: what stands behind cells, and what is refused before it is opened."""

from __future__ import annotations

import io
import os
import stat
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import openpyxl
import pytest
import xlsxwriter

from auditor.errors import RosterError
from auditor.model.roster import rows_add_up
from auditor.roster import read_roster
from auditor.roster.readers import xml_workbook
from tests.roster.making import POLICY, THREE, codes, fates, judged, states, text_of

HEAD = [
    "Personeelsnummer",
    "Naam",
    "BSN",
    "Entiteit",
    "Status",
    "Datum in dienst",
    "Datum uit dienst",
    "LinkedIn",
]
FIXTURES = Path(__file__).parent / "fixtures"


def workbook(*sheets: tuple[str, list[list[Any]]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def person(
    number: object, name: str, status: str = "Actief", end: object = None, link: str = ""
) -> list[Any]:
    return [number, name, 999900001, "Acme", status, date(2020, 1, 13), end, link]


def test_a_workbook_with_titles_links_merged_cells_and_totals(tmp_path: Path) -> None:
    rows = [["Lijst Acme"], ["Peildatum 01-11-2026"], [], HEAD, person(1, "Verzonnen, Ann", link="profiel")]
    rows += [
        person(
            2,
            "Bob Bedacht",
            "Uit dienst",
            date(2026, 9, 30),
            '=HYPERLINK("https://www.linkedin.com/in/bob","x")',
        )
    ]
    rows += [person(3, "Cem Fictief", end=date(9999, 12, 31)), [], ["Totaal: 3"]]
    book = workbook(("Personeel", rows), ("Toelichting", [["Geen namen hier"]]))
    sheet = book["Personeel"]
    sheet["H5"].hyperlink = "https://nl.linkedin.com/in/ann-verzonnen/"
    sheet["D6"] = sheet["D7"] = None
    sheet.merge_cells("D5:D7")
    sheet.row_dimensions[6].hidden = True
    sheet["A7"].number_format = "000000"
    people = judged(tmp_path, saved(book), "roster.xlsx")
    assert states(people) == {"1": "active", "2": "leaver_overdue", "000003": "active"}
    assert [one.profile_url for one in people.employees][:2] == [
        "https://www.linkedin.com/in/ann-verzonnen/",
        "https://www.linkedin.com/in/bob/",
    ]
    assert {one.entity for one in people.employees} == {"Acme"}
    assert people.reading.reference_date == date(2026, 11, 1)
    assert {"F04", "F05", "H01", "H07", "H08", "H09", "U03"} <= codes(people)
    assert "9999000" not in repr(people)
    assert [fate for _, fate, _ in fates(people)] == [
        *["header"] * 2,
        "blank",
        "header",
        *["person"] * 3,
        "blank",
        "not_a_person",
        "header",
    ]
    assert rows_add_up(people.reading)


def test_every_sheet_of_people_is_read_and_its_name_can_be_the_status(tmp_path: Path) -> None:
    book = workbook(
        ("In dienst", [["Personeelsnummer", "Naam"], ["1", "Ann Verzonnen"]]),
        (
            "Uit dienst",
            [["Personeelsnummer", "Naam", "Datum uit dienst"], ["2", "Bob Bedacht", "30-09-2026"]],
        ),
    )
    book["Uit dienst"].sheet_state = "hidden"
    people = judged(tmp_path, saved(book), "roster.xlsx")
    assert states(people) == {"1": "active", "2": "leaver_overdue"}
    assert {"F15", "F05"} <= codes(people)
    assert "F04" not in codes(people)  # which asks HR to remove a sheet


def test_every_remark_on_a_person_names_the_sheet_of_the_row(tmp_path: Path) -> None:
    """Rows are counted from the top of each sheet, so row 2 alone may be two people."""
    contradiction = person(3, "Cem Fictief", end=date(2026, 9, 30))
    shared = [
        person(n, name, link="linkedin.com/in/bedacht")
        for n, name in ((4, "Dana Bedacht"), (5, "Edo Bedacht"))
    ]
    book = workbook(("Noord", [HEAD, person(1, "Ann Verzonnen")]), ("Zuid", [HEAD, contradiction, *shared]))
    found = judged(tmp_path, saved(book), "roster.xlsx").notices
    told = {(one.code, one.row, one.sheet) for one in found if one.code in ("P09", "U06")}
    assert told == {("P09", 2, "Zuid"), ("U06", 3, "Zuid"), ("U06", 4, "Zuid")}


@pytest.mark.parametrize(
    "title", ["Uit dienst 2026", "Ausgetreten Q3", "Leavers sep 2026", "Sortis (2025-2026)"]
)
def test_the_period_in_the_name_of_a_sheet_does_not_hide_its_status(tmp_path: Path, title: str) -> None:
    head = ["Nr", "Naam", "Datum uit dienst"]
    book = workbook(("Actief", [head, [1, "Ann Verzonnen", None]]), (title, [head, [2, "Bob Bedacht", None]]))
    assert states(judged(tmp_path, saved(book), "roster.xlsx")) == {"1": "active", "2": "conflict"}


@pytest.mark.parametrize(("start", "state"), [(date(2020, 1, 13), "conflict"), (date(2026, 10, 1), "active")])
def test_an_older_sheet_does_not_bring_a_leaver_back(tmp_path: Path, start: date, state: str) -> None:
    old = person("2", "Bob Bedacht")
    old[5] = start
    book = workbook(
        ("2026", [HEAD, person("2", "Bob Bedacht", "Uit dienst", date(2026, 8, 31))]),
        ("2025 (oud)", [HEAD, old]),
    )
    book["2025 (oud)"].sheet_state = "hidden"
    people = judged(tmp_path, saved(book), "roster.xlsx")
    assert states(people) == {"2": state}
    assert ("P21" in codes(people)) == (state == "conflict")


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (["", "", "Tijdskrediet", "", "Tewerkstelling", ""], {"1": "active", "2": "leaver_overdue"}),
        (["Personeel", "", "Project", "", "Dienstbetrekking", ""], {"1": "active", "2": "leaver_overdue"}),
        (["Personeel", "", "Spoor 1", "", "Spoor 2", ""], {"1": "conflict", "2": "conflict"}),
        (["Lijst 2026", "", "", "", "", ""], {"1": "conflict", "2": "conflict"}),
    ],
)
def test_what_a_group_of_columns_is_about_decides_which_end_counts(
    tmp_path: Path, groups: list[str], expected: dict[str, str]
) -> None:
    rows = [
        groups,
        ["Nr", "Naam", "Begindatum", "Einde", "Startdatum", "Einde"],
        [1, "Ann Verzonnen", date(2026, 1, 5), date(2026, 8, 31), date(2015, 1, 13), None],
        [2, "Bob Bedacht", None, None, date(2015, 1, 13), date(2026, 8, 31)],
    ]
    people = judged(tmp_path, saved(workbook(("Blad1", rows))), "roster.xlsx")
    assert states(people) == expected


def test_a_formula_without_a_value_never_becomes_an_open_end(tmp_path: Path) -> None:
    book = workbook(
        (
            "Blad1",
            [HEAD, person("1", "Ann Verzonnen", end="=VLOOKUP(1,X!A1:B9,2)"), person("2", "Bob Bedacht")],
        )
    )
    people = judged(tmp_path, saved(book), "roster.xlsx")
    assert states(people) == {"1": "conflict", "2": "active"}
    assert "H10" in codes(people)


def test_days_before_1904_workbooks_are_the_same_days(tmp_path: Path) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"date_1904": True})
    sheet, day = book.add_worksheet("Blad1"), book.add_format({"num_format": "dd-mm-yyyy"})
    sheet.write_row(0, 0, ["Personeelsnummer", "Naam", "Datum uit dienst"])
    sheet.write_row(1, 0, ["1", "Ann Verzonnen"])
    sheet.write_datetime(1, 2, date(2026, 9, 30), day)
    book.close()
    people = judged(tmp_path, stream.getvalue(), "roster.xlsx")
    assert people.employees[0].last_day == date(2026, 9, 30)


@pytest.mark.parametrize(
    "end", ["31/12/9999", date(9999, 12, 31), 2958465, "2958465", "00-00-0000", date(1900, 1, 1), "onbepaald"]
)
def test_no_end_in_a_workbook_is_no_end(tmp_path: Path, end: object) -> None:
    people = judged(
        tmp_path, saved(workbook(("Blad1", [HEAD, person("1", "Ann Verzonnen", end=end)]))), "roster.xlsx"
    )
    assert states(people) == {"1": "active"}


def test_the_bytes_decide_not_the_name(tmp_path: Path) -> None:
    body = saved(workbook(("Blad1", [HEAD, person("1", "Ann Verzonnen")])))
    people = judged(tmp_path, body, "roster.xls")
    assert states(people) == {"1": "active"}
    assert "F01" in codes(people)


def test_a_page_named_xls(tmp_path: Path) -> None:
    page = (
        "<html><head><meta charset=utf-8></head><body><table><tr><td colspan=5>Lijst</td></tr>"
        "<tr><th>Personeelsnummer</th><th>Naam</th><th>Entiteit</th><th>Status</th><th>LinkedIn</th></tr>"
        "<tr><td>001</td><td>Ann Verzónnen</td><td rowspan=2>Acme</td><td>Actief</td>"
        "<td><a href='https://www.linkedin.com/in/ann'>profiel</a></td></tr>"
        "<tr style='display:none'><td>002</td><td>Bob Bedacht</td><td>Overleden</td><td></td></tr></table></body></html>"
    )
    people = judged(tmp_path, page, "roster.xls")
    assert states(people) == {"001": "active", "002": "excluded"}
    assert people.employees[0].full_name == "Ann Verzónnen"
    assert people.employees[0].profile_url == "https://www.linkedin.com/in/ann/"
    assert {one.entity for one in people.employees} == {"Acme"}
    assert {"F01", "F05", "H07"} <= codes(people)


def test_an_xml_spreadsheet(tmp_path: Path) -> None:
    cells = [
        ["Personeelsnummer", "Naam", "Status"],
        ["1", "Ann Verzonnen", "Actief"],
        ["2", "Bob Bedacht", "Ziek"],
    ]
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in cells
    )
    body = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="Blad1"><Table>{rows}</Table></Worksheet></Workbook>'
    )
    assert states(judged(tmp_path, body, "roster.xls")) == {"1": "active", "2": "long_leave"}


def test_a_merged_cell_of_an_xml_spreadsheet_ends_with_the_last_column(tmp_path: Path) -> None:
    """Three million columns take 24 MB for each row; a sheet has 16,384."""
    cells = (
        '<Cell ss:MergeAcross="2"><Data ss:Type="String">Personeelsnummer</Data></Cell>'
        "<Cell><Data>Naam</Data></Cell><Cell><Data>Status</Data></Cell>",
        '<Cell ss:MergeAcross="2"><Data ss:Type="String">1</Data></Cell>'
        '<Cell><Data>Ann Verzonnen</Data></Cell><Cell ss:MergeAcross="3000000"><Data>Actief</Data></Cell>',
    )
    body = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Blad1"><Table>'
        + "".join(f"<Row>{row}</Row>" for row in cells)
        + "</Table></Worksheet></Workbook>"
    )
    tracemalloc.start()
    try:
        reading = xml_workbook.read(tmp_path / "roster.xls", body.encode(), POLICY, frozenset())
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [one.name.display for one in reading.people] == ["Ann Verzonnen"]
    assert most < 10_000_000


@pytest.mark.parametrize("moment", [253_402_300_799, 1_000_000_000_000])
def test_a_file_time_outside_the_calendar_says_nothing_of_the_roster(
    tmp_path: Path, moment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last second of 9999 in UTC is already in the year 10000 here."""
    path = tmp_path / "roster.csv"
    path.write_text(text_of(*THREE))
    facts = list(path.stat())
    facts[stat.ST_MTIME] = moment
    monkeypatch.setattr(Path, "stat", lambda self, **_: os.stat_result(facts))
    assert read_roster(path, POLICY).file_date in (None, date(9999, 12, 31))


def test_an_old_workbook(tmp_path: Path) -> None:
    people = judged(tmp_path, (FIXTURES / "old_workbook.xls").read_bytes(), "roster.xls")
    assert states(people) == {"000101": "active", "000102": "leaver_overdue", "000103": "active"}
    assert [one.full_name for one in people.employees] == [
        "Tess van Voorbeeld",
        "Odd Verzinsel",
        "Ömer Fictief",
    ]
    assert {one.entity for one in people.employees} == {"Verzonnen BV"}
    assert {"F05", "H01", "H07", "H09"} <= codes(people)
    assert "9999000" not in repr(people)


def test_a_password_is_told_in_those_words(tmp_path: Path) -> None:
    plain = io.BytesIO(saved(workbook(("Blad1", [HEAD, person("1", "Ann Verzonnen")]))))
    locked = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("geheim", locked)
    with pytest.raises(RosterError) as caught:
        judged(tmp_path, locked.getvalue(), "roster.xlsx")
    assert caught.value.code == "F02"
    assert "password" in caught.value.message


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    good = saved(workbook(("Blad1", [HEAD, person("1", "Ann Verzonnen")])))
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            body = source.read(name)
            if name.endswith("sheet1.xml"):
                body = body.replace(b"</sheetData>", b" " * 60_000_000 + b"</sheetData>")
            target.writestr(name, body)
    with pytest.raises(RosterError) as caught:
        judged(tmp_path, stream.getvalue(), "roster.xlsx")
    assert caught.value.code == "F11"


def test_a_document_type_cannot_grow_a_workbook(tmp_path: Path) -> None:
    good = saved(workbook(("Blad1", [HEAD, person("1", "Ann Verzonnen")])))
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    declared = f'<!DOCTYPE x [<!ENTITY e0 "ha">{levels}]>'.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            if name.endswith("sheet1.xml"):
                body = declared + body.replace(
                    b"<sheetData>", b"<sheetData><row r='9'><c t='str'><v>&e8;</v></c></row>"
                )
            target.writestr(name, body)
    with pytest.raises(RosterError) as caught:
        judged(tmp_path, stream.getvalue(), "roster.xlsx")
    assert caught.value.code == "F10"


@pytest.mark.parametrize("keep", [30, 500, 2_000, 4_000])
def test_a_cut_off_workbook_is_refused(tmp_path: Path, keep: int) -> None:
    with pytest.raises(RosterError) as caught:
        judged(
            tmp_path, saved(workbook(("Blad1", [HEAD, person("1", "Ann Verzonnen")])))[:keep], "roster.xlsx"
        )
    assert caught.value.code == "F10"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("word/document.xml", "<x/>")
    with pytest.raises(RosterError) as caught:
        judged(tmp_path, stream.getvalue(), "roster.xlsx")
    assert caught.value.code == "F10"
