"""Reads old Excel workbooks (xls), and refuses workbooks with a password."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from auditor.model.policy import RosterPolicy
from auditor.model.roster import RosterReading
from auditor.ports import RosterReader
from auditor.roster.grid import NO_LINKS, Grid, MergedArea, OpenedRoster, Row, fill_down
from auditor.roster.intake import read_opened, rejected
from auditor.roster.readers._number_cells import is_day_format, padding_of, shown_number
from auditor.roster.reading import kind_of


def accepts(body: bytes) -> bool:
    """True for the container of old Office files, which encrypted new ones use too."""
    return kind_of(body) == "ole"


def read(path: Path, body: bytes, policy: RosterPolicy, hosts: frozenset[str]) -> RosterReading:
    """Read an old workbook. Raises RosterError (F02 with a password, F03, F10, H06)."""
    import xlrd

    if _is_encrypted(body):
        raise rejected(path, "F02")
    try:
        book = xlrd.open_workbook(file_contents=body, formatting_info=True, logfile=io.StringIO())
        grids = tuple(_grid(book, sheet) for sheet in book.sheets())
    except xlrd.XLRDError as trouble:
        if "encrypt" in str(trouble).lower():
            raise rejected(path, "F02") from trouble
        raise rejected(path, "F10", reason="the old workbook is damaged") from trouble
    except Exception as trouble:  # xlrd raises whatever its parsing of a damaged file runs into
        raise rejected(path, "F10", reason="the old workbook is damaged") from trouble
    return read_opened(OpenedRoster(grids), path, body, policy, hosts)


def _is_encrypted(body: bytes) -> bool:
    import msoffcrypto

    if "EncryptedPackage".encode("utf-16-le") in body:
        return True
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(body)).is_encrypted())
    except Exception:  # a container that is damaged or of another program is told apart by the reader
        return False


def _grid(book: Any, sheet: Any) -> Grid:
    grid = Grid(sheet.name, iter(()), hidden=bool(sheet.visibility), epoch_1904=bool(book.datemode))
    areas = [MergedArea(top + 1, left, bottom) for top, bottom, left, _ in sheet.merged_cells]
    grid.rows = fill_down(_rows(book, sheet), areas, grid.filled_down)
    return grid


def _rows(book: Any, sheet: Any) -> Iterator[Row]:
    links: dict[int, dict[int, str]] = {}
    for (row, column), link in sheet.hyperlink_map.items():
        links.setdefault(row, {})[column] = link.url_or_path or link.textmark or ""
    for index in range(_used_rows(sheet)):
        cells = [_shown(book, cell) for cell in sheet.row(index)]
        info = sheet.rowinfo_map.get(index)
        yield Row(index + 1, cells, links.get(index, NO_LINKS), bool(info and info.hidden))


def _used_rows(sheet: Any) -> int:
    used = int(sheet.nrows)
    while used and not any(str(value).strip() for value in sheet.row_values(used - 1)):
        used -= 1
    return used


def _shown(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        number = book.xf_list[cell.xf_index].format_key if cell.xf_index is not None else 0
        code = book.format_map[number].format_str if number in book.format_map else ""
        is_day = cell.ctype == xlrd.XL_CELL_DATE or is_day_format(number, code)
        return shown_number(
            repr(cell.value), is_day=is_day, padding=padding_of(code), epoch_1904=bool(book.datemode)
        )
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return ""


READER = RosterReader(name="old_xls", accepts=accepts, read=read)
