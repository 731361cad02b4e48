"""Writes CSV files: a workbook's tables for spreadsheet programs, and lists that other programs import."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from auditor.files.writing import write_document
from auditor.model.document import CsvFile, Link, Picture, Table, Workbook
from auditor.ports import Writer
from auditor.writers._clean import cell_text, guarded


def write_csv(document: Workbook | CsvFile, folder: Path) -> Sequence[Path]:
    """Write a list as one file, a workbook as one file per table into the folder `csv` (pages have none);
    the name of one that has only a part of the rows ends with `_part`.

    UTF-8; text that a spreadsheet could take for a formula begins with an apostrophe; dates as yyyy-mm-dd. A
    list has commas and no byte order mark, as importing programs want it. A workbook's tables have the mark,
    and `;` where the comma is a decimal sign, so that European spreadsheet programs open them rightly. Raises
    ReportError.
    """
    if isinstance(document, CsvFile):
        body = partial(_write, document.headings, document.rows, "utf-8", ",", csv.QUOTE_ALL)
        return [write_document(folder / document.folder, document.file_name, body)]
    separator = "," if document.language == "en" else ";"
    stem = Path(document.file_name).stem
    written: list[Path] = []
    for table in document.tables:
        if isinstance(table, Table) and not table.hidden:
            headings = [column.heading for column in table.columns]
            body = partial(_write, headings, table.rows, "utf-8-sig", separator, csv.QUOTE_MINIMAL)
            part = "_part" if table.partial else ""
            name = f"{stem}_{re.sub('[^a-z0-9]+', '-', table.key)}{part}.csv"
            written.append(write_document(folder / "csv", name, body, document.created))
    return written


def _write(
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    encoding: str,
    separator: str,
    quoting: Any,
    path: Path,
) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        lines = csv.writer(file, delimiter=separator, quoting=quoting, lineterminator="\r\n")
        lines.writerow([_plain(heading) for heading in headings])
        lines.writerows([_plain(value) for value in row] for row in rows)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, (date, int, float)):
        return str(value)
    if isinstance(value, (Link, Picture)):
        value = value.address if isinstance(value, Link) else value.words
    return guarded(cell_text(value))


WRITER = Writer("csv", (Workbook, CsvFile), write_csv)
