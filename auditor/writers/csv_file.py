"""Writes every table of a workbook as a CSV file that European spreadsheet programs open rightly."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from auditor.files.writing import write_document
from auditor.model.document import Link, Picture, Table, Workbook
from auditor.ports import Writer
from auditor.writers._clean import cell_text, guarded


def write_csv(document: Workbook, folder: Path) -> Sequence[Path]:
    """Write one file per table into the folder `csv` (pages have none) and return their paths.

    UTF-8 with a byte order mark; `,` in English, `;` elsewhere, where the comma is a decimal sign;
    dates as yyyy-mm-dd; text that a spreadsheet could take for a formula begins with an apostrophe.
    """
    separator = "," if document.language == "en" else ";"
    stem = Path(document.file_name).stem
    written = []
    for table in document.tables:
        if isinstance(table, Table) and not table.hidden:
            body = _body(table, separator)
            name = f"{stem}_{re.sub('[^a-z0-9]+', '-', table.key)}.csv"
            written.append(write_document(folder / "csv", name, body, document.created))
    return written


def _body(table: Table, separator: str) -> bytes:
    """The table as a frame of plain strings: nothing is guessed, so nothing can be lost."""
    import pandas as pd  # here: it takes half a second that other commands need not wait for

    headings = [guarded(cell_text(column.heading)) for column in table.columns]
    rows = [[_plain(value) for value in row] for row in table.rows]
    frame = pd.DataFrame(rows, columns=headings, dtype=object)
    text = io.StringIO(newline="")
    frame.to_csv(text, sep=separator, index=False, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    return text.getvalue().encode("utf-8-sig")


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


WRITER = Writer("csv", (Workbook,), write_csv)
