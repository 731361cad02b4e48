"""Writes a workbook as an Excel file with XlsxWriter; the same document gives the same bytes."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from auditor.files.writing import write_document
from auditor.model.document import CellKind, Page, Table, Workbook
from auditor.ports import Writer
from auditor.writers._cells import Formats
from auditor.writers._clean import cell_text
from auditor.writers._page_sheet import write_page
from auditor.writers._table_sheet import MOST_PRINTED, write_table

_A4 = 9
_LISTS = "_lists"
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format knows no zone
#: with more rows the parts of the file are written beside it, in a private folder, before they are packed; a
#: sheet of so many goes there row by row
MOST_IN_MEMORY = 5_000
_OPTIONS = {
    "in_memory": True,  # no half-made copy of personal data in the machine's temporary folder
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write_xlsx(document: Workbook, folder: Path) -> Sequence[Path]:
    """Write one Excel file and return its path; a dated sibling where the wanted file is open.

    Raises ReportError where nothing can be written.
    """
    return [write_document(folder, document.file_name, lambda path: _write(document, path), document.created)]


def sheet_name(title: str, taken: set[str]) -> str:
    """A sheet name as Excel allows it: at most 31 signs, none of `[]:*?/\\`, unique without case."""
    plain = re.sub(r"[\[\]:*?/\\\n\r\t]", "-", cell_text(title)).strip().strip("'") or "-"
    name, number = plain[:31], 2
    while name.casefold() in taken or name.casefold() == "history":
        tail = f" {number}"
        name, number = plain[: 31 - len(tail)] + tail, number + 1
    taken.add(name.casefold())
    return name


def _write(document: Workbook, path: Path) -> None:
    rows = sum(len(part.rows) for part in document.tables if isinstance(part, Table))
    if rows <= MOST_IN_MEMORY:
        _fill(document, path, _OPTIONS)
        return
    with tempfile.TemporaryDirectory(prefix=".", suffix=".parts", dir=path.parent) as parts:
        _fill(document, path, {**_OPTIONS, "in_memory": False, "constant_memory": True, "tmpdir": parts})


def _fill(document: Workbook, path: Path, options: dict[str, Any]) -> None:
    with xlsxwriter.Workbook(str(path), options) as book:
        created = document.created or _EPOCH
        naive = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
        book.set_properties({"title": cell_text(document.title)[:255], "created": naive, "category": "HR"})
        formats = Formats(book, document.language)
        taken = {_LISTS}
        sheets = [book.add_worksheet(sheet_name(part.title, taken)) for part in document.tables]
        lists = _choice_lists(book, document)
        for sheet, part in zip(sheets, document.tables, strict=True):
            # only what is written from top to bottom can leave the memory row by row
            long = isinstance(part, Table) and len(part.rows) > MOST_IN_MEMORY
            sheet.constant_memory = sheet.constant_memory and long
            _print_setup(sheet, document, part)
            if isinstance(part, Page):
                write_page(book, sheet, part, formats)
            else:
                write_table(book, sheet, part, formats, lists, document.pictures == "in_cell")
                if part.hidden:
                    sheet.very_hidden()
            if document.alarming:
                sheet.set_tab_color("#A61B1B")
        if sheets:
            sheets[0].activate()


def _choice_lists(book: Any, document: Workbook) -> dict[tuple[str, ...], str]:
    tables = [part for part in document.tables if isinstance(part, Table)]
    wanted = dict.fromkeys(
        column.choices for table in tables for column in table.columns if column.kind is CellKind.CHOICE
    )
    if not wanted:
        return {}
    sheet = book.add_worksheet(_LISTS)
    sheet.constant_memory = False
    sheet.very_hidden()
    ranges = {}
    for number, words in enumerate(wanted):
        for row, word in enumerate(words):
            sheet.write_string(row, number, cell_text(word))
        letter = xl_col_to_name(number)
        ranges[words] = f"{_LISTS}!${letter}$1:${letter}${max(len(words), 1)}"
    return ranges


def _print_setup(sheet: Any, document: Workbook, part: Table | Page) -> None:
    if part.landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    one_page = isinstance(part, Page) and part.one_page
    across = part.print_across if isinstance(part, Table) and part.rows else 1
    sheet.fit_to_pages(across, 1 if one_page else 0)
    if across > 1:
        sheet.print_across()
    pages = _print_text(document.page_of).replace("{page}", "&P").replace("{pages}", "&N")
    title = _print_text(part.title)
    if isinstance(part, Table) and len(part.rows) > MOST_PRINTED:
        rows = document.part_printed.replace("{n}", f"{MOST_PRINTED}").replace("{all}", f"{len(part.rows)}")
        title = f"{title} · {_print_text(rows)}"
    sheet.set_footer(f"&L&8{_print_text(document.footer)}&C&8{title}&R&8{pages}"[:255])
    if document.page_header:
        sheet.set_header(f"&C&8&B{_print_text(document.page_header)}"[:255])


def _print_text(text: str) -> str:
    return cell_text(text).replace("\n", " ")[:80].replace("&", "&&")


WRITER = Writer("xlsx", (Workbook,), write_xlsx)
