from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditor.errors import ReportError
from auditor.files.archives import check_archive
from auditor.model.document import (
    CellKind,
    Column,
    Grid,
    Heading,
    InputLimit,
    Link,
    Notice,
    Page,
    Paragraph,
    Picture,
    Table,
    Workbook,
)
from auditor.writers import xlsx
from auditor.writers._cells import (
    EDITABLE,
    EDITABLE_HEADING,
    GRAVE,
    HEADING,
    LINK_COLOUR,
    MILD,
    PAST,
    QUIET,
    SEVERITY_COLOURS,
)
from auditor.writers._page_sheet import lines_needed, row_height
from auditor.writers._table_sheet import MOST_PRINTED
from auditor.writers.xlsx import WRITER, sheet_name
from tests.reports.invented import banner

HOSTILE = (
    "=1+1",
    "+31 20",
    "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "＝1+1",
    "\t=1",
    "a\x00b\x07c",
    "lone \ud800 surrogate",
    "\ufffe\uffff",
    "<r><t>not & markup</r>",
    "{=SUM(A1)}",
    "https://evil.example/",
    "file:///etc/passwd",
    "mailto:x@y.example",
    "00123",
    "_x0041_",
)


def table(rows: tuple[tuple[object, ...], ...], *columns: Column, **more: object) -> Table:
    return Table("findings", "Findings", columns, rows, **more)  # type: ignore[arg-type]


def book(*tables: Table | Page, **more: object) -> Workbook:
    created = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)
    return Workbook("book.xlsx", "A report", tables, "Confidential", created, **more)  # type: ignore[arg-type]


def test_every_string_stays_a_string_whatever_it_looks_like(tmp_path: Path) -> None:
    columns = (
        Column("a", "Name", 20),
        Column("b", "Seen", 20, CellKind.WRAPPED),
        Column("c", "Number", 9, CellKind.NUMBER),
    )
    rows = tuple((text, text, text) for text in HOSTILE)
    page = Page(
        "p",
        "=Page",
        (20, 20),
        (Heading("=1+1", 1), Notice("=2"), Paragraph("@x"), Grid(columns[:2], (("=3", "+4"),))),
    )
    (path,) = WRITER.write(book(table(rows, *columns), page), tmp_path)
    sheets = openpyxl.load_workbook(path)
    cells = [cell for sheet in sheets for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    shown = [sheets["Findings"].cell(n + 2, 1).value for n in range(len(HOSTILE))]
    assert shown[:5] == list(HOSTILE[:5])
    assert shown[6] == "abc"
    assert shown[7] == "lone \ufffd surrogate"
    assert shown[9].strip() == HOSTILE[9]
    assert shown[14] == "00123"
    assert sheets["Findings"].cell(2, 1).quotePrefix
    with zipfile.ZipFile(path) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]


@pytest.mark.parametrize("text", ["x" * 40_000, "\U0001f600" * 40_000])
def test_a_cell_holds_at_most_what_excel_can_hold(tmp_path: Path, text: str) -> None:
    (path,) = WRITER.write(book(table(((text,),), Column("a", "Name", 20))), tmp_path)
    value = openpyxl.load_workbook(path)["Findings"]["A2"].value
    assert text.startswith(value)
    assert 32_000 < len(value.encode("utf-16-le")) // 2 <= 32_767


def test_numbers_dates_and_what_is_none_of_them(tmp_path: Path) -> None:
    columns = (
        Column("a", "Number", 9, CellKind.NUMBER),
        Column("b", "Day", 12, CellKind.DATE),
        Column("c", "Moment", 16, CellKind.DATETIME),
    )
    moment = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)
    rows = (
        (3, date(2026, 11, 22), moment),
        (float("nan"), date(1066, 10, 14), None),
        (float("inf"), "unknown", date(2026, 1, 2)),
    )
    (path,) = WRITER.write(book(table(rows, *columns), language="nl"), tmp_path)
    sheet = openpyxl.load_workbook(path)["Findings"]
    values = [[str(cell.value) for cell in row] for row in sheet["A2:C4"]]
    assert values == [
        ["3", "2026-11-22 00:00:00", "2026-11-22 10:05:00"],
        ["None", "1066-10-14", "None"],
        ["None", "unknown", "2026-01-02 00:00:00"],
    ]
    assert sheet["B2"].number_format == "dd-mm-yyyy"


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    columns = (Column("a", "Name", 20), Column("b", "Banner", 23, CellKind.PICTURE))
    document = book(table((("Anneke", Picture(banner(1), "a banner")),), *columns))
    first, second = (WRITER.write(document, tmp_path / name)[0].read_bytes() for name in ("a", "b"))
    assert first == second


def test_a_large_workbook_is_put_together_beside_the_file_and_leaves_nothing_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = (Column("a", "Name", 20), Column("b", "Banner", 23, CellKind.PICTURE))
    document = book(table((("=Anneke ", Picture(banner(1), "a banner")), (" \x07b", None)), *columns))
    (small,) = WRITER.write(document, tmp_path / "small")
    monkeypatch.setattr(xlsx, "MOST_IN_MEMORY", 1)
    (large,) = WRITER.write(document, tmp_path / "large")
    texts = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"}  # a long sheet holds its texts itself
    with zipfile.ZipFile(small) as one, zipfile.ZipFile(large) as other:
        assert one.namelist() == other.namelist()
        for name in set(one.namelist()) - texts:
            assert one.read(name) == other.read(name), name
    before, after = (openpyxl.load_workbook(path)["Findings"] for path in (small, large))
    assert _all_of(after) == _all_of(before)
    assert [path.name for path in (tmp_path / "large").iterdir()] == [large.name]


def _all_of(sheet: Any) -> list[list[tuple[object, ...]]]:
    """Every cell with its look and its row's height."""
    return [
        [(cell.value, cell._style, cell.quotePrefix, sheet.row_dimensions[cell.row].height) for cell in row]
        for row in sheet
    ]


def test_links_are_words_and_only_web_addresses_become_links(tmp_path: Path) -> None:
    good = "https://www.linkedin.com/in/anneke-voorbeeld"
    addresses = (
        good,
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://x.example/" + "y" * 3000,
        "internal:Sheet1!A1",
    )
    rows = tuple((Link(address, "Open profile 7"),) for address in addresses)
    (path,) = WRITER.write(book(table(rows, Column("a", "Profile", 20, CellKind.LINK))), tmp_path)
    cells = [row[0] for row in openpyxl.load_workbook(path)["Findings"]["A2:A6"]]
    assert {cell.value for cell in cells} == {"Open profile 7"}
    assert [cell.hyperlink.target if cell.hyperlink else None for cell in cells] == [
        good,
        None,
        None,
        None,
        None,
    ]


def test_beyond_the_limit_links_become_plain_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.writers._cells.LINKS_A_SHEET", 2)
    rows = tuple((Link(f"https://x.example/{n}", str(n)),) for n in range(4))
    (path,) = WRITER.write(book(table(rows, Column("a", "Profile", 20, CellKind.LINK))), tmp_path)
    cells = [row[0] for row in openpyxl.load_workbook(path)["Findings"]["A2:A5"]]
    assert [bool(cell.hyperlink) for cell in cells] == [True, True, False, False]
    assert [cell.value for cell in cells] == ["0", "1", "2", "3"]


def test_a_table_can_be_filtered_printed_and_filled_in(tmp_path: Path) -> None:
    severities = ("Hoog", "Middel", "Laag", "Ter info")
    columns = (
        Column("severity", "Ernst", 12, CellKind.SEVERITY, choices=severities),
        Column("due", "Uiterlijk", 12, CellKind.DUE),
        Column(
            "decision",
            "Beslissing",
            18,
            CellKind.CHOICE,
            editable=True,
            choices=("Hersteld, gezien", "Gevraagd"),
        ),
        Column(
            "until",
            "Tot",
            12,
            CellKind.DATE,
            editable=True,
            limit=InputLimit.WITHIN_A_YEAR,
            note="binnen een jaar",
        ),
    )
    part = table((("Hoog", date(2026, 1, 1), None, None),), *columns, freeze_columns=1)
    (path,) = WRITER.write(book(part), tmp_path)
    sheets = openpyxl.load_workbook(path)
    sheet = sheets["Findings"]
    assert sheet.tables["tblFindings"].ref == "A1:D2"
    assert sheet.freeze_panes == "B2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert "Confidential" in sheet.oddFooter.left.text
    drop_down = next(rule for rule in sheet.data_validations.dataValidation if rule.type == "list")
    assert str(drop_down.sqref) == "C2"
    assert sheets["_lists"].sheet_state == "veryHidden"
    assert [cell.value for cell in sheets["_lists"]["A"]] == ["Hersteld, gezien", "Gevraagd"]
    assert drop_down.formula1 == "_lists!$A$1:$A$2"
    assert sheets.properties.title == "A report"


def test_an_empty_table_says_so_in_one_row(tmp_path: Path) -> None:
    part = table((), Column("a", "Name", 20), Column("b", "Due", 9, CellKind.DUE), empty="No findings")
    (path,) = WRITER.write(book(part), tmp_path)
    sheet = openpyxl.load_workbook(path)["Findings"]
    assert sheet.tables["tblFindings"].ref == "A1:B2"
    assert sheet["A2"].value == "No findings"


def test_broken_pictures_leave_their_words(tmp_path: Path) -> None:
    bodies = (b"", b"<html>", banner(1)[:300], b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    rows = tuple((Picture(body, f"banner {n}"),) for n, body in enumerate(bodies))
    column = Column("a", "Banner", 23, CellKind.PICTURE)
    (path,) = WRITER.write(book(table(rows, column), pictures="in_cell"), tmp_path)
    values = [row[0].value for row in openpyxl.load_workbook(path)["Findings"]["A2:A5"]]
    assert values == ["banner 0", "banner 1", "banner 2", "banner 3"]


@pytest.mark.parametrize("way", ["floating", "in_cell"])
def test_pictures_carry_their_words_and_are_stored_small(tmp_path: Path, way: str) -> None:
    rows = ((Picture(banner(1, 1600), "Banner of Anneke"),), (Picture(banner(1, 1600), "Banner of Bram"),))
    column = Column("a", "Banner", 23, CellKind.PICTURE)
    (path,) = WRITER.write(book(table(rows, column), pictures=way), tmp_path)
    check_archive(path, 1_000_000)  # as when it comes back
    with zipfile.ZipFile(path) as parts:
        pictures = [name for name in parts.namelist() if name.startswith("xl/media/")]
        told = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
        assert len(pictures) == 1
        assert len(parts.read(pictures[0])) < 12_000
        assert b"Banner of Anneke" in told


def test_sheet_names_fit_excel_and_are_unique() -> None:
    taken: set[str] = set()
    names = [
        sheet_name(title, taken) for title in ("A/B [C]", "a-b -c-", "x" * 40, "X" * 40, "", "History", "'q'")
    ]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert "history" not in {name.casefold() for name in names}


def _lightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    "pair",
    [
        *SEVERITY_COLOURS,
        HEADING,
        EDITABLE_HEADING,
        EDITABLE,
        GRAVE,
        MILD,
        PAST,
        QUIET,
        ("#FFFFFF", LINK_COLOUR),
    ],
)
def test_every_colour_pair_can_be_read(pair: tuple[str, str]) -> None:
    dark, light = sorted(map(_lightness, pair))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("lock", ["~$book.xlsx", ".~lock.book.xlsx#"])
def test_an_open_workbook_is_left_alone_and_a_dated_sibling_written(tmp_path: Path, lock: str) -> None:
    (tmp_path / "book.xlsx").write_bytes(b"open elsewhere")
    (tmp_path / lock).touch()
    document = book(table((("Anneke",),), Column("a", "Name", 20)))
    first, second = (WRITER.write(document, tmp_path)[0] for _ in range(2))
    assert first.name == "book_2026-11-22.xlsx"
    assert second == first
    assert (tmp_path / "book.xlsx").read_bytes() == b"open elsewhere"
    assert not list(tmp_path.glob("*.part"))


def test_where_nothing_can_be_written_the_reason_is_said(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file stands in the way")
    with pytest.raises(ReportError, match="could not be written"):
        WRITER.write(book(table((), Column("a", "Name", 20))), tmp_path / "reports")


def test_files_are_for_the_owner_only(tmp_path: Path) -> None:
    (path,) = WRITER.write(book(table((), Column("a", "Name", 20))), tmp_path)
    assert path.stat().st_mode & 0o077 == 0


def test_long_texts_make_higher_rows_and_words_of_east_asia_are_wide() -> None:
    columns = (Column("a", "Name", 20, CellKind.WRAPPED), Column("b", "Seen", 30, CellKind.WRAPPED))
    one = row_height(columns, ("Anneke Voorbeeld", "short"))
    assert one < row_height(columns, ("Anneke Voorbeeld", "word " * 12))
    assert lines_needed("Zuiderzon Logistiek & Waterbeheer Nederland", 15) == 4, "words are kept whole"
    assert lines_needed("山" * 18, 20) == 2 > lines_needed("m" * 18, 20)
    assert lines_needed("Energieversorgungsgesellschaft", 15) == 2, "a word longer than the column is cut"


def test_a_table_that_is_printed_across_repeats_its_frozen_columns(tmp_path: Path) -> None:
    columns = (Column("a", "Name", 20), Column("b", "Seen", 20), Column("c", "Due", 20))
    part = table((("x", "y", "z"),), *columns, freeze_columns=1, print_across=2)
    empty = Table("other", "Other", columns, (), freeze_columns=1, print_across=2)
    (path,) = WRITER.write(book(part, empty), tmp_path)
    first, second = (openpyxl.load_workbook(path)[name] for name in ("Findings", "Other"))
    assert (first.page_setup.fitToWidth, first.page_setup.fitToHeight) == (2, 0)
    assert first.page_setup.pageOrder == "overThenDown"
    assert (first.print_title_rows, first.print_title_cols) == ("$1:$1", "$A:$A")
    assert (second.page_setup.fitToWidth or 1) == 1, "an empty sheet is one page"


def test_of_a_very_long_table_the_first_rows_are_printed_and_every_page_says_so(tmp_path: Path) -> None:
    rows = tuple((f"person {n}",) for n in range(MOST_PRINTED + 500))
    part = table(rows, Column("a", "Name", 20))
    (path,) = WRITER.write(book(part, part_printed="de eerste {n} van {all} rijen"), tmp_path)
    sheet = openpyxl.load_workbook(path)["Findings"]
    assert sheet.print_area.endswith(f"$A${MOST_PRINTED + 1}")
    assert sheet.oddFooter.center.text == "Findings · de eerste 1000 van 1500 rijen"
    assert sheet.max_row == MOST_PRINTED + 501
