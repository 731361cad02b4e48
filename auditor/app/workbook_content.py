"""What stands in a workbook beside the cells that people fill in: the part that nobody has a reason to
change."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter, range_boundaries

from auditor.app.written_cells import CellRow, written_sheets
from auditor.feedback.opening import LARGEST_FILE, Unlock, open_workbook
from auditor.files.archives import check_archive
from auditor.files.reading import MEGABYTE, read_file
from auditor.model.document import Table, Workbook

OpenCells = Mapping[str, tuple[str, ...]]
_MOST = 200 * MEGABYTE


def open_cells(document: Workbook) -> tuple[tuple[str, ...], ...]:
    """The ranges to fill in of every sheet, in the order of the sheets."""
    return tuple(_ranges(part) if isinstance(part, Table) else () for part in document.tables)


def rest_digest(path: Path, ranges: OpenCells, unlock: Unlock | None = None) -> str:
    """SHA-256 of the values outside these ranges. Rows may be sorted, and the file saved by another program:
    formats do not count. Raises RefusedWorkbook."""
    book = open_workbook(path, unlock).book
    try:
        return _digest(((sheet.title, _cell_rows(sheet)) for sheet in book.worksheets), ranges)
    finally:
        book.close()


def rest_of_new(path: Path, cells: Sequence[tuple[str, ...]]) -> tuple[dict[str, tuple[str, ...]], str]:
    """The ranges to fill in by the name of the sheet, and the digest of the rest, of a workbook that was
    just written. Raises BadArchive where it is larger than any workbook that is read back."""
    check_archive(path, LARGEST_FILE)
    with zipfile.ZipFile(path) as archive:
        sheets = list(written_sheets(archive))
        ranges = {name: one for (name, _), one in zip(sheets, cells, strict=False) if one}
        return ranges, _digest(sheets, ranges)


def pictures_digest(path: Path, unlock: Unlock | None = None) -> str:
    """SHA-256 of the pictures in the workbook, whatever their names; empty where there is none. Raises
    OSError, and BadZipFile for what is no workbook."""
    body = read_file(path, _MOST)
    with zipfile.ZipFile(io.BytesIO(unlock(body) if unlock else body)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/media/")]
        found = sorted({hashlib.sha256(archive.read(name)).hexdigest() for name in names})
    return hashlib.sha256("\n".join(found).encode()).hexdigest() if found else ""


def _digest(sheets: Iterable[tuple[str, Iterable[CellRow]]], ranges: OpenCells) -> str:
    whole = hashlib.sha256()
    for title, rows in sheets:
        # as the JSON of a list of title and rows, in pieces: that of a long sheet fills the memory
        before = f"[{json.dumps(title)}, ["
        for row in sorted(_lines(rows, ranges.get(title, ()))):
            whole.update(f"{before}{json.dumps(row)}".encode())
            before = ", "
        whole.update(b"]]" if before == ", " else f"{before}]]".encode())
    return whole.hexdigest()


def _ranges(table: Table) -> tuple[str, ...]:
    first = len(table.alerts) + len(table.lead) + 2
    last = first + len(table.rows) - 1
    letters = (get_column_letter(n) for n, column in enumerate(table.columns, 1) if column.editable)
    return tuple(f"{letter}{first}:{letter}{last}" for letter in letters) if table.rows else ()


def _cell_rows(sheet: Any) -> Iterator[CellRow]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, list(enumerate(row, 1))


def _lines(rows: Iterable[CellRow], ranges: Iterable[str]) -> Iterator[str]:
    bounds = [range_boundaries(one) for one in ranges]
    columns = {left: (top, bottom) for left, top, _, bottom in bounds}
    for number, row in rows:
        kept = [
            (place, _plain(value))
            for place, value in row
            if value not in (None, "") and not _is_open(columns.get(place), number)
        ]
        if kept:
            yield json.dumps(kept)


def _is_open(rows: Any, number: int) -> bool:
    return rows is not None and rows[0] <= number <= rows[1]


def _plain(value: Any) -> str:
    """A value as every spreadsheet program gives it back."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.9g}"
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").rstrip()
